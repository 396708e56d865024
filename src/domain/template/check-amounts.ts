// Amounts that could never be charged: more decimals than a currency has, a currency that does not exist, or none.
import { tooPrecise } from "../pricing/currency"
import type { Amounts, InputZone } from "./definition"
import { issue, type Findings, type Path } from "./findings"

const KNOWN = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()))

/**
 * Adds what is wrong with the amounts of a zone's price. A currency that ISO 4217 does not know may be a store's own; one of
 * the store's that a price lacks keeps designs that use the zone from being bought in it.
 * @param currencies what the store sells in
 */
export function checkAmounts(
  zone: InputZone,
  at: Path,
  currencies: readonly string[],
  { issues, warnings }: Findings
): void {
  const { price } = zone
  if (!price) {
    return
  }
  const rules: [Path, Amounts | undefined][] = [
    [["flat"], price.flat],
    [
      ["per_character", "amounts"],
      "per_character" in price ? price.per_character?.amounts : undefined,
    ],
    [["per_image"], "per_image" in price ? price.per_image : undefined],
  ]
  for (const [rule, amounts] of rules) {
    if (!amounts) {
      continue
    }
    const lacking = currencies.filter((currency) => !Object.hasOwn(amounts, currency))
    // Nothing costs nothing everywhere.
    if (lacking.length > 0 && Object.values(amounts).some((amount) => Number(amount) !== 0)) {
      const path = [...at, "price", ...rule]
      const names = lacking.map((currency) => currency.toUpperCase()).join(", ")
      const message = `${path.join(".")}: there is no amount in ${names}, so designs that use ${zone.key} cannot be bought in it.`
      warnings.push(issue(path, "no_price_in_currency", message, { currencies: lacking }))
    }
    for (const [currency, amount] of Object.entries(amounts)) {
      const path = [...at, "price", ...rule, currency]
      if (!KNOWN.has(currency)) {
        const message = `${path.join(".")}: ISO 4217 has no currency ${currency.toUpperCase()}.`
        warnings.push(issue(path, "unknown_currency", message, { currency_code: currency }))
        continue
      }
      const fault = tooPrecise(amount, currency, path)
      if (fault) {
        issues.push(fault)
      }
    }
  }
}
