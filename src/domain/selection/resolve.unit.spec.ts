// Which zones are there, which must be filled, and what each one comes to.
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import type { Condition } from "../template/condition"
import { definitionSchema, type Definition, type DefinitionInput } from "../template/definition"
import { resolveSelection } from "./resolve"
import type { Selection, ZoneValue } from "./selection"

type ZoneInput = DefinitionInput["zones"][number]

const text = (key: string, more: object = {}): ZoneInput => ({ ...SAMPLE_TEXT_ZONE, key, ...more })
const image = (key: string, more: object = {}): ZoneInput => ({
  kind: "image",
  key,
  label: "Photo",
  placement: "front",
  frame: SAMPLE_TEXT_ZONE.frame,
  accept: ["image/png"],
  max_bytes: 10_000,
  ...more,
})
const color = (key: string, more: object = {}): ZoneInput => ({
  kind: "color",
  key,
  label: "Colour",
  colors: [
    { name: "Red", value: "#ff0000" },
    { name: "Blue", value: "#0000ff" },
  ],
  paints: { target: "base" },
  ...more,
})
const option = (key: string, more: object = {}): ZoneInput => ({
  kind: "option",
  key,
  label: "Fit",
  option_set: "fits",
  ...more,
})
const shape = (key: string, show_if?: Condition): ZoneInput => ({
  kind: "shape",
  key,
  placement: "front",
  frame: SAMPLE_TEXT_ZONE.frame,
  figure: { shape: "ellipse" },
  fill: "#00ff00",
  ...(show_if && { show_if }),
})
const template = (...zones: ZoneInput[]): Definition =>
  definitionSchema.parse({ schema: 1, placements: [SAMPLE_PLACEMENT], zones })

const written = (words: string): ZoneValue => ({ kind: "text", value: { text: words } })
const chosen = (value: string): ZoneValue => ({ kind: "option", value })
const picture: ZoneValue = {
  kind: "image",
  value: { upload_id: "u", zoom: 1, x: 0, y: 0, rotation: 0 },
}

describe("effective values", () => {
  const zones = template(
    text("name", { default: "Ada" }),
    image("photo", { default: { asset: "logo" } }),
    color("tint", { default: "#0000ff" }),
    option("fit", { default: "slim" }),
    text("note")
  )

  it("are the defaults of what the visitor left open", () => {
    expect(resolveSelection(zones, {}).values).toEqual({
      name: written("Ada"),
      photo: { kind: "asset", value: { asset: "logo" } },
      tint: { kind: "color", value: "#0000ff" },
      fit: chosen("slim"),
    })
  })

  it("are the visitor's own where there are any", () => {
    const own: Selection = {
      name: written("Grace"),
      photo: picture,
      tint: { kind: "color", value: "#ff0000" },
      fit: chosen("loose"),
      note: written("Hi"),
    }
    expect(resolveSelection(zones, own).values).toEqual(own)
  })

  it.each(["", "  \n ", "\u200b", " \u2060\u00ad"])(
    "have no text for %j, which takes the default away",
    (blank) => {
      const { values } = resolveSelection(zones, { name: written(blank), note: written(blank) })
      expect(Object.keys(values)).toEqual(["photo", "tint", "fit"])
    }
  )

  it("take an option's default only while its set has it, where that is known", () => {
    const fit = (sets: Record<string, string[]>) =>
      resolveSelection(zones, {}, (key) => sets[key] && new Set(sets[key])).values.fit
    expect(fit({ fits: ["loose", "slim"] })).toEqual(chosen("slim"))
    expect(fit({ fits: ["loose"] })).toBeUndefined()
    expect(fit({})).toBeUndefined()
  })

  it("pass on what was chosen of sets that no zone takes, and nothing else that is no zone's", () => {
    const own: Selection = {
      gift: chosen("yes"),
      fits: chosen("slim"),
      stranger: written("Hi"),
      note: chosen("slim"),
    }
    expect(Object.keys(resolveSelection(zones, own).values)).toEqual([
      "name",
      "photo",
      "tint",
      "fit",
      "gift",
    ])
  })
})

describe("conditions", () => {
  it.each<[string, Condition, Selection, boolean]>([
    ["filled text", { zone: "name", filled: true }, { name: written("A") }, true],
    ["blank text", { zone: "name", filled: true }, { name: written(" ") }, false],
    ["filled by default", { zone: "tint", filled: true }, {}, true],
    ["picture", { zone: "photo", filled: true }, { photo: picture }, true],
    ["no picture", { zone: "photo", filled: false }, {}, true],
    ["text as typed", { zone: "name", is: "ada" }, { name: written("Ada") }, false],
    ["color", { zone: "tint", is: "#0000ff" }, { tint: { kind: "color", value: "#0000ff" } }, true],
    ["option", { zone: "fit", in: ["slim", "wide"] }, { fit: chosen("wide") }, true],
    ["not this option", { zone: "fit", not_in: ["slim"] }, { fit: chosen("slim") }, false],
    ["unknown zone", { zone: "gone", is_not: "x" }, {}, true],
  ])("%s", (_, show_if, selection, holds) => {
    const zones = template(
      text("target", { show_if, required: true }),
      shape("fixed", show_if),
      text("name"),
      image("photo"),
      color("tint", { default: "#ff0000" }),
      option("fit")
    )
    const { shown, required } = resolveSelection(zones, selection)
    expect({ target: shown.has("target"), fixed: shown.has("fixed") }).toEqual({
      target: holds,
      fixed: holds,
    })
    expect(required.has("target")).toBe(holds)
  })

  it("hide what depends on a hidden zone, wherever it stands in the drawing order", () => {
    const zones = template(
      text("third", { show_if: { zone: "second", filled: true } }),
      text("second", { show_if: { zone: "first", filled: true }, default: "2" }),
      text("first")
    )
    const own = { third: written("3"), second: written("two") }
    expect([...resolveSelection(zones, own).shown]).toEqual(["first"])
    expect(resolveSelection(zones, own).values).toEqual({})
    const all = resolveSelection(zones, { ...own, first: written("1") })
    expect(Object.keys(all.values)).toEqual(["third", "second", "first"])
  })

  it("require a zone for as long as it is there", () => {
    const require_if = { zone: "fit", is: "slim" }
    const zones = template(
      text("name", { require_if }),
      text("note", { require_if, show_if: { zone: "fit", is: "loose" } }),
      option("fit")
    )
    const required = (fit: string) => [...resolveSelection(zones, { fit: chosen(fit) }).required]
    expect(required("slim")).toEqual(["name"])
    expect(required("loose")).toEqual([])
  })

  it("come to an end even where they go round in a circle", () => {
    const zones = template(
      text("a", { show_if: { zone: "b", filled: true }, default: "A" }),
      text("b", { show_if: { zone: "a", filled: true }, default: "B" }),
      text("self", { show_if: { zone: "self", filled: true }, default: "S" })
    )
    expect(resolveSelection(zones, {}).values).toEqual({})
  })
})

describe("any template and selection", () => {
  const keys = ["a", "b", "c", "d"]
  const condition = fc.option(
    fc.record({ zone: fc.constantFrom(...keys), filled: fc.boolean() }, { noNullPrototype: true }),
    { nil: undefined }
  )
  const zones = fc
    .tuple(fc.shuffledSubarray(keys, { minLength: 4 }), fc.array(condition, { minLength: 4 }))
    .map(([order, conditions]) =>
      template(
        ...order.map((key, index) =>
          text(key, {
            ...(index % 2 === 0 && { default: key }),
            ...(conditions[index] && { show_if: conditions[index] }),
          })
        )
      )
    )
  const selection = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom("", "x").map(written))

  it("gives a value or a duty to shown zones only, and no empty text", () => {
    fc.assert(
      fc.property(zones, selection, (definition, own) => {
        const { values, shown, required } = resolveSelection(definition, own)
        expect([...Object.keys(values), ...required].every((key) => shown.has(key))).toBe(true)
        expect(Object.values(values)).not.toContainEqual(written(""))
      })
    )
  })

  it("does not depend on the order of the values, nor on those of hidden zones", () => {
    fc.assert(
      fc.property(zones, selection, (definition, own) => {
        const all = resolveSelection(definition, own)
        const entries = Object.entries(own)
        expect(resolveSelection(definition, Object.fromEntries(entries.reverse()))).toEqual(all)
        const visible = Object.fromEntries(entries.filter(([key]) => all.shown.has(key)))
        expect(resolveSelection(definition, visible)).toEqual(all)
      })
    )
  })
})
