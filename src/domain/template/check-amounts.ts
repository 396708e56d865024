// Amounts that could never be charged: more decimals than a currency has, or a currency that does not exist.
import { tooPrecise } from "../pricing/currency"
import type { Amounts, InputZone } from "./definition"
import { issue, type Findings, type Path } from "./findings"

const KNOWN = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()))

/** Adds what is wrong with the amounts of a zone's price. A currency that ISO 4217 does not know may be a store's own. */
export function checkAmounts(zone: InputZone, at: Path, { issues, warnings }: Findings): void {
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
  for (const [rule, amounts = {}] of rules) {
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
