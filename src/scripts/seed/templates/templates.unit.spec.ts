// The catalog's templates are valid, fit their drawings, and are priced in both currencies.
import { checkDefinition } from "../../../domain/template/check"
import { isInputZone, type Definition } from "../../../domain/template/definition"
import { BUNDLED_FONTS } from "../../../modules/personalization_rendering/fonts/catalog"
import { PICTURES, type PictureKey } from "../art"
import { PRODUCTS } from "../products"

const context = {
  fonts: new Set(BUNDLED_FONTS.map(({ key }) => key)),
  assets: new Set<string>(Object.keys(PICTURES)),
  currencies: ["eur", "usd"],
}

function parsed(template: unknown): Definition {
  const result = checkDefinition(template, context)
  if (!result.success) {
    throw new Error(JSON.stringify(result.issues))
  }
  return result.value
}

describe.each(PRODUCTS)("template of $handle", ({ template, option_sets, pictures }) => {
  const definition = parsed(template)

  it("leaves nothing to be warned of", () => {
    expect(checkDefinition(template, context)).toMatchObject({ success: true, warnings: [] })
  })

  it("uses the product's own pictures at their size", () => {
    for (const { background, canvas } of definition.placements) {
      expect(pictures).toContain(background.asset)
      const { width, height } = PICTURES[background.asset as PictureKey]()
      expect(canvas).toEqual({ width, height })
    }
  })

  it("shows each print area undistorted and within its canvas", () => {
    for (const { print_area, canvas } of definition.placements) {
      const { width_mm, height_mm } = print_area
      const on_canvas = print_area.on_canvas ?? { x: -1, y: -1, width: 0, height: 0 }
      expect(on_canvas.width / on_canvas.height).toBeCloseTo(width_mm / height_mm, 6)
      expect(on_canvas.x).toBeGreaterThanOrEqual(0)
      expect(on_canvas.y).toBeGreaterThanOrEqual(0)
      expect(on_canvas.x + on_canvas.width).toBeLessThanOrEqual(canvas.width)
      expect(on_canvas.y + on_canvas.height).toBeLessThanOrEqual(canvas.height)
    }
  })

  it("keeps every drawn zone within the print area and its bleed", () => {
    for (const zone of definition.zones) {
      if (!("placement" in zone)) {
        continue
      }
      const placement = definition.placements.find(({ key }) => key === zone.placement)
      const { width_mm = 0, height_mm = 0, bleed_mm = 0 } = placement?.print_area ?? {}
      const { x, y, width, height } = zone.frame
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-bleed_mm)
      expect(x + width).toBeLessThanOrEqual(width_mm + bleed_mm)
      expect(y + height).toBeLessThanOrEqual(height_mm + bleed_mm)
    }
  })

  it("has an option set for every option zone and no other", () => {
    const wanted = definition.zones.flatMap((zone) =>
      zone.kind === "option" ? [zone.option_set] : []
    )
    expect(option_sets.map(({ key }) => key)).toEqual(wanted)
  })

  it("prices every surcharge in USD and EUR", () => {
    for (const zone of definition.zones.filter(isInputZone)) {
      const { price } = zone
      const rules = price
        ? [
            price.flat,
            "per_character" in price ? price.per_character?.amounts : undefined,
            "per_image" in price ? price.per_image : undefined,
          ]
        : []
      for (const amounts of rules) {
        if (amounts) {
          expect(Object.keys(amounts).sort()).toEqual(["eur", "usd"])
        }
      }
    }
  })
})
