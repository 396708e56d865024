// Documents that look like definitions, more or less: seeds with something changed, and anything at all.
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../../__tests__/sample"

const frame = SAMPLE_TEXT_ZONE.frame

/** One definition that has something of everything. */
export const FULL_DEFINITION = {
  schema: 1,
  placements: [
    SAMPLE_PLACEMENT,
    {
      ...SAMPLE_PLACEMENT,
      key: "back",
      base_color: "#ffffff",
      background: { backdrop: "#eeeeee" },
      print_area: {
        width_mm: 100,
        height_mm: 100,
        dpi: 150,
        bleed_mm: 3,
        safe_margin_mm: 2,
        on_canvas_quad: {
          top_left: { x: 0, y: 0 },
          top_right: { x: 700, y: 50 },
          bottom_right: { x: 650, y: 700 },
          bottom_left: { x: 20, y: 640 },
        },
      },
    },
  ],
  zones: [
    {
      ...SAMPLE_TEXT_ZONE,
      help: { en: "Up to ten letters", de: "Bis zu zehn Zeichen" },
      placeholder: "Name",
      default: "AB-12",
      min_length: 1,
      characters: { sets: ["latin", "digits"], extra: "-" },
      pattern: "[A-Z]{1,3}-\\d{2}",
      require_if: {
        any: [{ zone: "tint", is: "#ff0000" }, { all: [{ zone: "photo", filled: true }] }],
      },
      price: {
        flat: { usd: 2.5 },
        per_character: { free: 2, amounts: { eur: "0.10" } },
        percent_of_base: 5,
      },
      arc: { radius_mm: 40, direction: "down" },
      outline: { width_mm: 0.5, color: "#ffffff" },
      letter_case: "upper",
    },
    {
      kind: "image",
      key: "photo",
      label: "Photo",
      placement: "back",
      frame: { x: -3, y: -3, width: 106, height: 46 },
      rotation: 180,
      accept: ["image/jpeg"],
      max_bytes: 5000,
      dpi: { warn: 100, block: 50 },
      adjust: { pan: false },
      default: { asset: "shirt" },
      mask: { shape: "path", d: "M0 0L10 0L10 10Z", view_box: { width: 10, height: 10 } },
      price: { per_image: { usd: "3" } },
    },
    {
      kind: "color",
      key: "tint",
      label: "Tint",
      colors: [{ name: { en: "Red" }, value: "#FF0000" }],
      default: "#ff0000",
      paints: { target: "shape", zone: "bar" },
    },
    {
      kind: "option",
      key: "size",
      label: "Size",
      option_set: "size",
      show_if: { zone: "tint", not_in: ["#ff0000"] },
      appearance: [
        {
          value: "m",
          swatch: { color: "#000000" },
          backgrounds: { front: "shirt" },
          images: { logo: "shirt" },
          fills: { bar: "#00ff00" },
        },
      ],
    },
    {
      kind: "shape",
      key: "bar",
      placement: "front",
      frame,
      figure: { shape: "rounded", radius_mm: 2 },
      fill: "#000000",
    },
    { kind: "static_image", key: "logo", placement: "front", frame, asset: "shirt" },
    {
      kind: "static_text",
      key: "motto",
      placement: "front",
      frame,
      text: "Hello",
      font: "inter",
      size: 12,
      color: "#000000",
    },
  ],
}

/** The least that a definition needs. */
export const SMALL_DEFINITION = {
  schema: 1,
  placements: [SAMPLE_PLACEMENT],
  zones: [SAMPLE_TEXT_ZONE],
}

export const FULL_CONTEXT = { fonts: new Set(["inter"]), assets: new Set(["shirt"]) }

const KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "größe",
  "鍵",
  "",
  "kind",
  "key",
  "zone",
  "all",
  "label",
  "frame",
  "is",
]

/** A value as it may stand in JSON: of any type, extreme, or one that the language has elsewhere. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      1e21,
      Infinity,
      NaN,
      -0,
      2 ** 53,
      "",
      "0.1",
      "#00ff00",
      "front",
      "name",
      "tint",
      "text",
      "color",
      [],
      {},
      [[]],
      "a".repeat(3000),
      "\u202e",
      "\ud800",
      "😀",
      "(((",
      "[z-a]",
      "a{99}{99}",
      { en: "x" },
      { DE: 1 },
      { zone: "tint", filled: true },
      { all: [] },
      { zone: "name" },
      { shape: "ellipse" },
      { target: "base" }
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.double() }
)

type Change = {
  at: number
  how: "set" | "delete" | "add" | "double" | "rename"
  key: string
  value: unknown
}

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom<Change["how"]>("set", "set", "delete", "add", "double", "rename"),
    key: fc.oneof(fc.constantFrom(...KEYS), fc.string({ unit: "grapheme" })),
    value: values,
  }),
  { minLength: 1, maxLength: 4 }
)

type Place = { parent: object; key: string }

function placesOf(root: object): Place[] {
  const places: Place[] = []
  const open = [root]
  for (let parent = open.pop(); parent; parent = open.pop()) {
    for (const [key, value] of Object.entries(parent)) {
      places.push({ parent, key })
      if (typeof value === "object" && value !== null) {
        open.push(value)
      }
    }
  }
  return places
}

/** Sets an own property, `__proto__` too, as JSON.parse does. */
function put(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  })
}

function change(root: object, { at, how, key, value: given }: Change): void {
  // A copy: the same value must neither come to lie inside of itself nor carry changes to the next document.
  const value: unknown = structuredClone(given)
  const places = placesOf(root)
  const place = places[at % places.length]
  if (!place) {
    return
  }
  const held: unknown = Reflect.get(place.parent, place.key)
  const inside = typeof held === "object" && held !== null ? held : place.parent
  if (how === "set") {
    put(place.parent, place.key, value)
  } else if (how === "delete" || how === "rename") {
    if (Array.isArray(place.parent)) {
      place.parent.splice(Number(place.key), 1)
    } else {
      Reflect.deleteProperty(place.parent, place.key)
      if (how === "rename") {
        put(place.parent, key, held)
      }
    }
  } else if (how === "add") {
    put(inside, Array.isArray(inside) ? String(inside.length) : key, value)
  } else if (Array.isArray(place.parent)) {
    place.parent.push(structuredClone(held))
  }
}

/** A definition with a few changes at random places. */
export function mutations(seeds: readonly object[]): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...seeds), changes).map(([seed, list]) => {
    const document = structuredClone(seed)
    for (const one of list) {
      change(document, one)
    }
    return document
  })
}
