// Amounts on their way out: exact decimals as JSON numbers.
import { BigNumber, MathBN } from "@medusajs/framework/utils"
import type { BigNumberInput } from "@medusajs/framework/types"
import { currencyDigits } from "../../domain/pricing/currency"

/** An amount in major units as a JSON number, cut to the currency's decimals so that no float tail shows. */
export function toAmount(amount: BigNumberInput, currency: string): number {
  return Number(toDecimal(amount, currency))
}

/** An amount in major units as a decimal string with the currency's decimals at most. */
export function toDecimal(amount: BigNumberInput, currency: string): string {
  return MathBN.convert(amount, currencyDigits(currency)).toFixed()
}

/** A price's exact value as Medusa calculated it, as a decimal string. */
export function exact(amount: BigNumberInput): string {
  return MathBN.convert(
    amount instanceof BigNumber ? (amount.raw ?? amount.numeric) : amount
  ).toFixed()
}
