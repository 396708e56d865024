// Whatever the validator accepted before and refuses now is announced by a breaking change.
import fc from "fast-check"
import { missingInputs, validateSelection, type SelectionContext } from "../selection/validate"
import { definitionOf, selectionContext, selections, versions } from "./__tests__/versions"
import { compareDefinitions } from "./compare"

function holds(context: SelectionContext, input: Record<string, unknown>): boolean {
  const result = validateSelection(context, input)
  return result.success && missingInputs(context, result.value).length === 0
}

describe("compareDefinitions", () => {
  it("finds no change between a version and itself, and a breaking one wherever a selection stops to hold", () => {
    let broken = 0
    fc.assert(
      fc.property(
        versions,
        fc.array(selections, { minLength: 12, maxLength: 12 }),
        (pair, inputs) => {
          const [before, after] = [definitionOf(pair.before), definitionOf(pair.after)]
          if (!before || !after) {
            return
          }
          expect(compareDefinitions(before, before)).toEqual([])
          const changes = compareDefinitions(before, after)
          const breaks = changes.some(({ severity }) => severity === "breaking")
          const stopped = inputs.filter(
            (input) =>
              holds(selectionContext(before), input) && !holds(selectionContext(after), input)
          )
          broken += stopped.length
          expect(breaks ? [] : stopped).toEqual([])
        }
      ),
      { numRuns: 1000 }
    )
    expect(broken).toBeGreaterThan(25)
  })
})
