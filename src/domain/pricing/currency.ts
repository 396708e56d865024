// Currencies' decimals.

/** Decimals of a currency's amounts by ISO 4217, as the runtime's CLDR data has them (2 for eur, 0 for jpy, 3 for kwd). */
export function currencyDigits(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}
