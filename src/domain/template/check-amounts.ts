// Amounts that could never be charged: more decimals than a currency has, or a currency that does not exist.
import { currencyDigits } from "../pricing/currency"
import type { Amounts, InputZone } from "./definition"
import { issue, type Findings, type Path } from "./findings"

const KNOWN = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()))
/** Asking the runtime takes longer than everything else about an amount. As many entries as there are currencies. */
const digitsByCurrency = new Map<string, number>()

function digitsOf(currency: string): number {
  const digits = digitsByCurrency.get(currency) ?? currencyDigits(currency)
  digitsByCurrency.set(currency, digits)
  return digits
}

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
      const code = currency.toUpperCase()
      if (!KNOWN.has(currency)) {
        const message = `${path.join(".")}: ISO 4217 has no currency ${code}.`
        warnings.push(issue(path, "unknown_currency", message, { currency_code: currency }))
        continue
      }
      const digits = digitsOf(currency)
      const decimals = amount.split(".")[1]?.replace(/0+$/, "").length ?? 0
      if (decimals > digits) {
        const message = `${path.join(".")}: ${code} has ${digits} decimals.`
        issues.push(issue(path, "too_precise", message, { currency_code: currency, digits }))
      }
    }
  }
}
