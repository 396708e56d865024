// Currencies' decimals, and amounts that have more of them than can be charged.
import type { Issue } from "../issue"

/** Asking the runtime takes longer than everything else about an amount. As many entries as there are codes. */
const digitsByCurrency = new Map<string, number>()

/** Decimals of a currency's amounts by ISO 4217, as the runtime's CLDR data has them (2 for eur, 0 for jpy, 3 for kwd). */
export function currencyDigits(currency: string): number {
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) {
    return known
  }
  const format = new Intl.NumberFormat("en", { style: "currency", currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  digitsByCurrency.set(currency, digits)
  return digits
}

/**
 * The fault `too_precise` of an amount with more decimals than its currency has; zeros at the end do not count.
 * @param amount decimal in major units
 * @param path where the amount is in the input
 */
export function tooPrecise(amount: string, currency: string, path: Issue["path"]): Issue | null {
  const max_decimals = currencyDigits(currency)
  const decimals = (amount.split(".")[1] ?? "").replace(/0+$/, "").length
  if (decimals <= max_decimals) {
    return null
  }
  return {
    path,
    code: "too_precise",
    message: `${path.join(".")} may have at most ${max_decimals} decimals in ${currency.toUpperCase()}.`,
    params: { currency_code: currency, max_decimals },
  }
}
