// What a used zone costs.
import type { Amounts, InputZone } from "../definition"
import type { Path } from "../findings"
import type { Changes } from "./change"
import { nameOf } from "./names"

type Rule = { path: Path; words: string; amounts: Amounts | undefined }

/** A notice for every amount, percentage and free allowance that differs. */
export function comparePrices(was: InputZone, zone: InputZone, at: Path, changes: Changes): void {
  const before = rulesOf(was)
  for (const [index, { path, words, amounts = {} }] of rulesOf(zone).entries()) {
    const old = before[index]?.amounts ?? {}
    for (const currency of new Set([...Object.keys(old), ...Object.keys(amounts)])) {
      report({ words: `${words} in ${currency.toUpperCase()}`, currency }, [...path, currency], {
        before: old[currency],
        after: amounts[currency],
      })
    }
  }
  report({ words: "the percentage of the product's price" }, ["percent_of_base"], {
    before: was.price?.percent_of_base,
    after: zone.price?.percent_of_base,
  })
  report({ words: "the number of free characters" }, ["per_character", "free"], {
    before: freeOf(was),
    after: freeOf(zone),
  })

  function report(
    what: { words: string; currency?: string },
    path: Path,
    values: { before: string | undefined; after: string | undefined }
  ): void {
    const [from, to] = [plain(values.before), plain(values.after)]
    if (from === to) {
      return
    }
    const told =
      to === null
        ? `was ${from} and falls away`
        : from === null
          ? `is ${to} now`
          : `is ${to} instead of ${from}`
    changes.notice(
      [...at, "price", ...path],
      "price_changed",
      `For ${nameOf(zone)}, ${what.words} ${told}.`,
      {
        zone: zone.key,
        before: from,
        after: to,
        ...(what.currency !== undefined && { currency_code: what.currency }),
      }
    )
  }
}

function rulesOf({ price }: InputZone): Rule[] {
  return [
    { path: ["flat"], words: "the surcharge", amounts: price?.flat },
    {
      path: ["per_character", "amounts"],
      words: "the surcharge for each character",
      amounts: price && "per_character" in price ? price.per_character?.amounts : undefined,
    },
    {
      path: ["per_image"],
      words: "the surcharge for a picture",
      amounts: price && "per_image" in price ? price.per_image : undefined,
    },
  ]
}

function freeOf({ price }: InputZone): string | undefined {
  const free = price && "per_character" in price ? price.per_character?.free : undefined
  return free === undefined ? undefined : String(free)
}

/** A decimal without zeros at its end, so that 2.50 and 2.5 are the same. */
function plain(amount: string | undefined): string | null {
  if (amount === undefined) {
    return null
  }
  return amount.includes(".") ? amount.replace(/0+$/, "").replace(/\.$/, "") : amount
}
