// The template language, `schema: 1`: what a designer may define. One zod schema; its types are inferred from it.
import { z } from "@medusajs/framework/zod"
import { DEFINITION_LIMITS } from "./limits"
import { placementSchema } from "./placement"
import { zoneSchema } from "./zones"

export { DEFINITION_LIMITS } from "./limits"
export { amountSchema, amountsSchema, keySchema, localize, localizedSchema } from "./values"
export type { Amounts, Figure, Localized } from "./values"

const schema = z.literal(1).describe("The version of the template language.")

function placementsOf<T extends z.ZodType>(placement: T) {
  return z.array(placement).min(1).max(DEFINITION_LIMITS.placements)
}

function zonesOf<T extends z.ZodType>(zone: T) {
  return z.array(zone).min(1).max(DEFINITION_LIMITS.zones)
}

/** A template's definition. */
export const definitionSchema = z.strictObject({
  schema,
  placements: placementsOf(placementSchema).describe("The sides of the product that are printed."),
  zones: zonesOf(zoneSchema).describe("In drawing order: the first lies at the bottom."),
})

/** The same, not looking into placements and zones: what is wrong with the whole can be told before them. */
export const outlineSchema = z.strictObject({
  schema,
  placements: placementsOf(z.unknown()),
  zones: zonesOf(z.unknown()),
})

/** A parsed definition: every default filled in. */
export type Definition = z.output<typeof definitionSchema>
/** A definition as a designer writes it. */
export type DefinitionInput = z.input<typeof definitionSchema>
export type Placement = Definition["placements"][number]
export type PrintArea = Placement["print_area"]
export type Zone = Definition["zones"][number]
export type ZoneOf<K extends Zone["kind"]> = Extract<Zone, { kind: K }>
/** The zones that a visitor fills. */
export type InputZone = ZoneOf<"text" | "image" | "color" | "option">

/** The smallest zoom that an image zone allows: what covers its frame is not made smaller than that unless it may. */
export function minZoom({ fit, adjust }: Pick<ZoneOf<"image">, "fit" | "adjust">): number {
  return adjust.min_zoom ?? (fit === "cover" ? 1 : 0.1)
}

/** True for the zones that a visitor fills. */
export function isInputZone(zone: Zone): zone is InputZone {
  return (
    zone.kind === "text" || zone.kind === "image" || zone.kind === "color" || zone.kind === "option"
  )
}
