// The rules of a zone that have amounts by currency, and when each of them asks for its amount.
import { BigNumber } from "bignumber.js"
import type { Amounts, InputZone } from "../definition"
import type { Path } from "../findings"

/**
 * - `words`: what a designer calls the amount.
 * - `from`: how many characters, or pictures of the visitor's own, a zone must hold for the amount to be asked for; 0: whatever
 *   it holds.
 */
export type Rule = { path: Path; words: string; from: number; amounts: Amounts | undefined }

/** Every rule that a zone may have, in a fixed order and with the lowest `from` first, whether it has it or not. */
export function rulesOf({ price }: InputZone): Rule[] {
  const perCharacter = price && "per_character" in price ? price.per_character : undefined
  return [
    { path: ["flat"], words: "surcharge", from: 0, amounts: price?.flat },
    {
      path: ["per_character", "amounts"],
      words: "surcharge for each character",
      from: (perCharacter?.free ?? 0) + 1,
      amounts: perCharacter?.amounts,
    },
    {
      path: ["per_image"],
      words: "surcharge for a picture",
      from: 1,
      amounts: price && "per_image" in price ? price.per_image : undefined,
    },
  ]
}

/** The amount that a rule itself has in a currency. */
export function ownAmount({ amounts }: Rule, currency: string): string | undefined {
  return amounts && Object.hasOwn(amounts, currency) ? amounts[currency] : undefined
}

/** Whether a rule adds nothing, in whatever currency: it is not there, or all its amounts are zero. */
export function isFree({ amounts = {} }: Rule): boolean {
  return Object.values(amounts).every((amount) => new BigNumber(amount).isZero())
}

/** What a rule adds in a currency; null where nothing can be bought that it asks its amount for. */
export function amountIn(rule: Rule, currency: string): string | null {
  return plain(ownAmount(rule, currency)) ?? (isFree(rule) ? "0" : null)
}

/** A decimal as it is written once for each number: 2.50 and 02.5 are the same. */
export function plain(amount: string | undefined): string | null {
  if (amount === undefined) {
    return null
  }
  const number = new BigNumber(amount)
  return number.isZero() ? "0" : number.toFixed()
}
