// Whatever held, had a price and was printed before, and is refused or prints otherwise now, is announced by a breaking change.
import fc from "fast-check"
import { quote } from "../pricing/quote"
import { selectContent } from "../rendering/content"
import type { Selection } from "../selection/selection"
import { missingInputs, validateSelection } from "../selection/validate"
import {
  definitionOf,
  PRICED_SETS,
  selectionContext,
  selections,
  versions,
} from "./__tests__/versions"
import { compareDefinitions } from "./compare"
import type { Definition } from "./definition"

/** What the validator makes of an input; null where it is refused or something is missing. */
function held(definition: Definition, input: Record<string, unknown>): Selection | null {
  const context = selectionContext(definition)
  const result = validateSelection(context, input)
  return result.success && missingInputs(context, result.value).length === 0 ? result.value : null
}

/** Whether a selection has no price in a currency. */
function isUnpriced(definition: Definition, selection: Selection, currency_code: string): boolean {
  const result = quote({
    definition,
    selection,
    option_sets: PRICED_SETS,
    base_price: "10",
    currency_code,
  })
  return !result.success && result.issues.some(({ code }) => code === "no_price_in_currency")
}

/** The colours of shapes and the shop's pictures as they are printed. */
function printed(definition: Definition, selection: Selection): Record<string, string> {
  const content = selectContent({
    definition,
    selection,
    placement: "front",
    target: "print",
    placeholders: false,
  })
  return Object.fromEntries(
    content.zones.flatMap((zone) =>
      zone.key === "name"
        ? []
        : zone.kind === "shape"
          ? [[zone.key, zone.fill]]
          : zone.kind === "static_image"
            ? [[zone.key, zone.asset]]
            : []
    )
  )
}

describe("compareDefinitions", () => {
  it("finds no change between a version and itself, and a breaking one wherever a selection does not come out as before", () => {
    const found = { stopped: 0, unpriced: 0, reprinted: 0 }
    fc.assert(
      fc.property(
        versions,
        fc.array(selections, { minLength: 8, maxLength: 8 }),
        (pair, inputs) => {
          const [before, after] = [definitionOf(pair.before), definitionOf(pair.after)]
          if (!before || !after) {
            return
          }
          expect(compareDefinitions(before, before)).toEqual([])
          const kept = inputs.flatMap((input) => {
            const was = held(before, input)
            return was ? [{ input, was, now: held(after, input) }] : []
          })
          const stopped = kept.filter(({ now }) => !now)
          const unpriced = kept.filter(({ was }) =>
            ["usd", "eur", "gbp"].some(
              (currency) => !isUnpriced(before, was, currency) && isUnpriced(after, was, currency)
            )
          )
          const reprinted = kept.filter(
            ({ was, now }) =>
              now && JSON.stringify(printed(before, was)) !== JSON.stringify(printed(after, now))
          )
          found.stopped += stopped.length
          found.unpriced += unpriced.length
          found.reprinted += reprinted.length
          const breaks = compareDefinitions(before, after).some(
            ({ severity }) => severity === "breaking"
          )
          expect(breaks ? [] : [...stopped, ...unpriced, ...reprinted]).toEqual([])
        }
      ),
      { numRuns: 800 }
    )
    expect(found.stopped).toBeGreaterThan(100)
    expect(found.unpriced).toBeGreaterThan(50)
    expect(found.reprinted).toBeGreaterThan(25)
  })
})
