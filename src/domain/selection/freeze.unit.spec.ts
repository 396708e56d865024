// A design that was bought must come to the same for ever, and say nothing of what it does not show.
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { definitionSchema } from "../template/definition"
import { freezeSelection } from "./freeze"
import { optionValuesOf, resolveSelection } from "./resolve"
import type { Selection } from "./selection"

const definition = definitionSchema.parse({
  schema: 1,
  placements: [SAMPLE_PLACEMENT],
  zones: [
    { ...SAMPLE_TEXT_ZONE, default: "Ada", show_if: { zone: "fit", is: "slim" } },
    { ...SAMPLE_TEXT_ZONE, key: "note", show_if: { zone: "name", filled: false } },
    { kind: "option", key: "fit", label: "Fit", option_set: "fits", default: "slim" },
  ],
})
const set = (...values: string[]) => ({ key: "fits", required: false, values })
const note: Selection = { note: { kind: "text", value: { text: "secret" } } }

describe("freezeSelection", () => {
  it("keeps what the visitor chose, but for hidden zones", () => {
    const own: Selection = { ...note, gift: { kind: "option", value: "yes" } }
    const frozen = freezeSelection({ definition, option_sets: [set("slim")] }, own)
    expect(frozen.selection).toEqual({ gift: own.gift })
    expect(frozen.definition).toEqual(definition)
    expect(frozen.values).toEqual({
      name: { kind: "text", value: { text: "Ada" } },
      fit: { kind: "option", value: "slim" },
      gift: own.gift,
    })
  })

  it("forgets a default that the option set did not have", () => {
    const frozen = freezeSelection({ definition, option_sets: [set("loose")] }, note)
    expect(frozen.selection).toEqual(note)
    expect(JSON.stringify(frozen.definition)).toBe(
      JSON.stringify(definition).replace(',"default":"slim"', "")
    )
    expect(frozen.values).toEqual(note)
  })

  it("comes to the same with or without the option sets of its day", () => {
    const text = fc.constantFrom("", "A").map((words) => ({
      kind: "text" as const,
      value: { text: words },
    }))
    const option = fc.constantFrom("slim", "loose").map((value) => ({
      kind: "option" as const,
      value,
    }))
    const selections = fc.record({ name: text, note: text, fit: option }, { requiredKeys: [] })
    const sets = fc.subarray([set("slim", "loose"), set("loose"), set("slim")], { maxLength: 1 })
    fc.assert(
      fc.property(selections, sets, (own, option_sets) => {
        const frozen = freezeSelection({ definition, option_sets }, own)
        const before = resolveSelection(definition, own, optionValuesOf(option_sets))
        const after = resolveSelection(frozen.definition, frozen.selection)
        expect(after).toEqual(before)
        expect(frozen.values).toEqual(before.values)
      })
    )
  })
})
