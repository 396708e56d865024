// Definitions and selections that differ in a few places, for what compares versions.
import fc from "fast-check"
import { SAMPLE_PLACEMENT } from "../../__tests__/sample"
import type { PricedOptionSet } from "../../pricing/quote"
import type { SelectionContext } from "../../selection/validate"
import { checkDefinition } from "../check"
import type { Definition } from "../definition"

const context = { fonts: new Set(["inter", "oswald"]), assets: new Set(["shirt", "logo"]) }
const RED = { name: "Red", value: "#ff0000" }
const BLUE = { name: "Blue", value: "#0000ff" }
const palettes = [[RED, BLUE], [RED], [BLUE]]
const conditions = [
  undefined,
  { zone: "tint", is: "#ff0000" },
  { zone: "size", filled: true },
  {
    any: [
      { zone: "tint", not_in: ["#ff0000"] },
      { zone: "size", is: "m" },
    ],
  },
]
const flags = [false, true]

/** Every field that is varied, with what it may be. The first is where a version starts from. */
export const FIELDS = {
  has_name: [true, true, false],
  name_kind: ["text", "text", "text", "color", "shape"],
  name_placement: ["front", "back"],
  max_length: [10, 3, 20],
  min_length: [0, 2],
  max_lines: [1, 2],
  characters: [
    undefined,
    { sets: ["latin", "digits"] },
    { sets: ["latin_basic", "emoji"] },
    { sets: ["latin"], extra: "1" },
    { extra: "abé😀" },
  ],
  pattern: [undefined, "[ab1]*", "\\l*"],
  letter_case: ["as_typed", "upper"],
  fonts: [["inter", "oswald"], ["inter"], ["oswald"]],
  size: [
    { min: 10, max: 40, default: 20 },
    { min: 12, max: 40, default: 20 },
    { min: 10, max: 30, default: 12, auto_fit: false },
  ],
  text_colors: palettes,
  text_default: [undefined, "ab", "aba"],
  text_required: flags,
  text_show: conditions,
  text_require: conditions,
  text_price: [
    { flat: { usd: 5, eur: 5 } },
    undefined,
    { flat: { usd: 5 } },
    { flat: { usd: 0 } },
    { per_character: { free: 2, amounts: { usd: 1 } } },
    { flat: { usd: 1, eur: 1 }, per_character: { free: 1, amounts: { usd: 1, eur: 0 } } },
    { percent_of_base: 5 },
  ],
  has_photo: [true, true, false],
  accept: [["image/jpeg", "image/png"], ["image/png"], ["image/jpeg"]],
  max_bytes: [1_000_000, 50_000],
  min_width: [1, 400],
  min_height: [1, 400],
  dpi: [undefined, { warn: 100, block: 50 }, { warn: 150, block: 100 }],
  fit: ["cover", "contain"],
  frame: [
    { x: 0, y: 0, width: 100, height: 100 },
    { x: 0, y: 0, width: 50, height: 100 },
    { x: 0, y: 0, width: 200, height: 50 },
  ],
  pan: [true, false],
  rotate: [true, false],
  min_zoom: [undefined, 0.5, 1],
  max_zoom: [10, 2],
  photo_default: [undefined, { asset: "logo" }],
  photo_required: flags,
  photo_price: [
    { per_image: { usd: 5, eur: 5 } },
    undefined,
    { per_image: { eur: 5 } },
    { flat: { eur: 5 } },
  ],
  tint_colors: palettes,
  tint_default: [undefined, "#ff0000", "#0000ff"],
  tint_required: flags,
  tint_require: [undefined, { zone: "size", in: ["m", "l"] }, { zone: "size", in: ["l", "m"] }],
  tint_paints: [
    { target: "base" },
    { target: "shape", zone: "bar" },
    { target: "shape", zone: "edge" },
  ],
  tint_price: [undefined, { flat: { usd: 5, eur: 5 } }, { flat: { usd: "05" } }],
  tint_last: flags,
  option_set: ["size", "cut"],
  option_default: [undefined, "m"],
  option_required: flags,
  option_show: [undefined, { zone: "photo", filled: true }],
  option_price: [undefined, { flat: { usd: 5 } }],
  appearance: [
    undefined,
    [{ value: "m", base_color: "#00ff00", fills: { bar: "#00ff00" } }],
    [
      { value: "l", images: { badge: "logo" } },
      { value: "m", fills: { bar: "#00ff00" } },
    ],
    [{ value: "m", swatch: { color: "#00ff00" }, fills: { edge: "#00ff00" } }],
  ],
  has_option: [true, true, false],
  has_extra: [false, false, true],
  extra_required: flags,
} as const

type Fields = { [K in keyof typeof FIELDS]: (typeof FIELDS)[K][number] }

const shape = (key: string) => ({
  kind: "shape",
  key,
  placement: "front",
  frame: { x: 0, y: 0, width: 50, height: 5 },
  figure: { shape: "rectangle" },
  fill: "#000000",
})

/** The definition of some fields; null where they do not fit together. */
export function definitionOf(fields: Fields): Definition | null {
  const name = { key: "name", label: "Name", required: fields.text_required }
  const tint = {
    kind: "color",
    key: "tint",
    label: "Tint",
    required: fields.tint_required,
    require_if: fields.tint_require,
    colors: fields.tint_colors,
    default: fields.tint_default,
    paints: fields.tint_paints,
    price: fields.tint_price,
  }
  const zones = [
    fields.has_name && fields.name_kind === "text"
      ? {
          ...name,
          kind: "text",
          placement: fields.name_placement,
          frame: { x: 0, y: 0, width: 100, height: 40 },
          max_length: fields.max_length,
          min_length: fields.min_length,
          max_lines: fields.max_lines,
          characters: fields.characters,
          pattern: fields.pattern,
          letter_case: fields.letter_case,
          fonts: fields.fonts,
          size: fields.size,
          colors: fields.text_colors,
          default: fields.text_default,
          show_if: fields.text_show,
          require_if: fields.text_require,
          price: fields.text_price,
        }
      : null,
    fields.has_name && fields.name_kind === "color"
      ? { ...name, kind: "color", colors: fields.text_colors, paints: { target: "base" } }
      : null,
    fields.has_name && fields.name_kind === "shape" ? shape("name") : null,
    fields.has_photo
      ? {
          kind: "image",
          key: "photo",
          label: "Photo",
          required: fields.photo_required,
          placement: "front",
          frame: fields.frame,
          accept: fields.accept,
          max_bytes: fields.max_bytes,
          min_width: fields.min_width,
          min_height: fields.min_height,
          dpi: fields.dpi,
          fit: fields.fit,
          adjust: {
            pan: fields.pan,
            rotate: fields.rotate,
            min_zoom: fields.min_zoom,
            max_zoom: fields.max_zoom,
          },
          default: fields.photo_default,
          price: fields.photo_price,
        }
      : null,
    ...(fields.tint_last ? [] : [tint]),
    fields.has_option
      ? {
          kind: "option",
          key: "size",
          label: "Size",
          required: fields.option_required,
          option_set: fields.option_set,
          default: fields.option_default,
          show_if: fields.option_show,
          price: fields.option_price,
          appearance: fields.appearance,
        }
      : null,
    ...(fields.tint_last ? [tint] : []),
    fields.has_extra
      ? {
          kind: "option",
          key: "form",
          label: "Form",
          required: fields.extra_required,
          option_set: "form_set",
        }
      : null,
    shape("bar"),
    shape("edge"),
    { ...shape("badge"), kind: "static_image", figure: undefined, fill: undefined, asset: "shirt" },
  ]
  const result = checkDefinition(
    JSON.parse(
      JSON.stringify({
        schema: 1,
        placements: [SAMPLE_PLACEMENT, { ...SAMPLE_PLACEMENT, key: "back" }],
        zones: zones.filter((zone) => zone !== null),
      })
    ),
    context
  )
  return result.success ? result.value : null
}

function recordOf<T>(each: (values: readonly unknown[]) => fc.Arbitrary<unknown>): fc.Arbitrary<T> {
  const arbitraries = Object.fromEntries(
    Object.entries(FIELDS).map(([name, values]) => [name, each(values)])
  )
  return fc.record(arbitraries) as fc.Arbitrary<T>
}

/** A version, and the next one with a few fields changed. */
export const versions: fc.Arbitrary<{ before: Fields; after: Fields }> = fc
  .tuple(
    recordOf<Fields>((values) =>
      fc.oneof(
        { weight: 12, arbitrary: fc.constant(values[0]) },
        { weight: 1, arbitrary: fc.constantFrom(...values) }
      )
    ),
    recordOf<Fields>((values) => fc.constantFrom(...values)),
    fc.uniqueArray(fc.constantFrom(...(Object.keys(FIELDS) as (keyof Fields)[])), {
      minLength: 1,
      maxLength: 4,
    })
  )
  .map(([before, other, changed]) => ({
    before,
    after: {
      ...before,
      ...Object.fromEntries(changed.map((field): [string, unknown] => [field, other[field]])),
    },
  }))

/** Half of the time a value, more or less often where told; else nothing. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>, weight = 5): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight, arbitrary }, { weight: 10 - weight, arbitrary: fc.constant(undefined) })
}

/** What a visitor may have sent. */
export const selections: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    name: sometimes(
      fc.oneof(
        fc.constantFrom("ab", "b1a", "aé", "a", "abababab", "a\nb", "😀", ""),
        fc.record({
          text: fc.constantFrom("ab", "a"),
          font: fc.constantFrom("inter", "oswald"),
          size: fc.constantFrom(11, 20, 40),
          color: fc.constantFrom("#ff0000", "#0000ff"),
        })
      )
    ),
    photo: sometimes(
      fc.record(
        {
          upload_id: fc.constantFrom("jpeg", "png"),
          zoom: fc.constantFrom(1, 2, 5),
          x: fc.constantFrom(0, 0.5),
          rotation: fc.constantFrom(0, 90),
        },
        { requiredKeys: ["upload_id"] }
      )
    ),
    tint: sometimes(fc.constantFrom("#ff0000", "#0000ff")),
    size: sometimes(fc.constantFrom("m", "l"), 7),
    form: sometimes(fc.constant("round"), 1),
    form_set: sometimes(fc.constant("round"), 3),
  })
  .map((input) =>
    Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  )

/** The option sets that a selection is checked with, and priced with in whatever currency. */
const OPTION_SETS = [
  { key: "size", required: false, values: ["m", "l"] },
  { key: "cut", required: false, values: ["m"] },
  { key: "form_set", required: false, values: ["round"] },
]
export const PRICED_SETS: PricedOptionSet[] = OPTION_SETS.map(({ key, values }) => ({
  key,
  title: key,
  options: values.map((value) => ({ value, label: value, amount: "0" })),
}))

export function selectionContext(definition: Definition): SelectionContext {
  return {
    definition,
    option_sets: OPTION_SETS,
    uploads: {
      jpeg: { mime_type: "image/jpeg", bytes: 40_000, width: 300, height: 500 },
      png: { mime_type: "image/png", bytes: 400_000, width: 1200, height: 350 },
    },
  }
}
