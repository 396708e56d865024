// Zones with prices and values for them, for specs of pricing.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../../__tests__/sample"
import type { Selection } from "../../selection/selection"
import { definitionSchema, type DefinitionInput } from "../../template/definition"
import { quote, type PricedOptionSet, type Quote } from "../quote"

export type ZoneInput = DefinitionInput["zones"][number]

export const text = (price?: object, more: object = {}): ZoneInput => ({
  ...SAMPLE_TEXT_ZONE,
  max_length: 200,
  ...(price && { price }),
  ...more,
})
export const photo = (price: object, more: object = {}): ZoneInput => ({
  kind: "image",
  key: "photo",
  label: "Photo",
  placement: "front",
  frame: SAMPLE_TEXT_ZONE.frame,
  accept: ["image/png"],
  max_bytes: 10_000,
  price,
  ...more,
})
export const tint = (price: object, more: object = {}): ZoneInput => ({
  kind: "color",
  key: "tint",
  label: "Colour",
  colors: [{ name: "Red", value: "#ff0000" }],
  paints: { target: "base" },
  price,
  ...more,
})
export const size = (more: object = {}): ZoneInput => ({
  kind: "option",
  key: "size_zone",
  label: "Size",
  option_set: "size",
  ...more,
})

export const sets = (amount: string | null): PricedOptionSet[] => [
  { key: "size", title: "Size", options: [{ value: "xl", label: "XL", amount }] },
]
export const own: Selection = {
  name: { kind: "text", value: { text: "Ada Byron" } },
  photo: { kind: "image", value: { upload_id: "u", zoom: 1, x: 0, y: 0, rotation: 0 } },
  tint: { kind: "color", value: "#ff0000" },
  size_zone: { kind: "option", value: "xl" },
}
export const sized: Selection = { size: { kind: "option", value: "xl" } }

export function price(
  zones: ZoneInput[],
  selection: Selection,
  more: Partial<Omit<Parameters<typeof quote>[0], "definition" | "selection">> = {}
) {
  const definition = definitionSchema.parse({ schema: 1, placements: [SAMPLE_PLACEMENT], zones })
  const rest = { option_sets: [], base_price: "10", currency_code: "usd", ...more }
  return quote({ definition, selection, ...rest })
}

export function priced(...args: Parameters<typeof price>): Quote {
  const result = price(...args)
  if (!result.success) {
    throw new Error(result.issues.map(({ message }) => message).join(" "))
  }
  return result.value
}
