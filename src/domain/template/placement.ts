// Placements: the sides of a product that can be printed, and how they look on a screen.
import { z } from "@medusajs/framework/zod"
import { DEFINITION_LIMITS } from "./limits"
import { hexColorSchema, keySchema, localizedSchema, rotationSchema } from "./values"

const canvasSide = z.int().min(64).max(DEFINITION_LIMITS.canvasPx)
const printSide = z.number().positive().max(DEFINITION_LIMITS.printMm)
/** Canvas pixels; a mockup may show a part of the print area only. */
const canvasPosition = z
  .number()
  .min(-4 * DEFINITION_LIMITS.canvasPx)
  .max(4 * DEFINITION_LIMITS.canvasPx)
const canvasLength = z
  .number()
  .positive()
  .max(4 * DEFINITION_LIMITS.canvasPx)
const corner = z.strictObject({ x: canvasPosition, y: canvasPosition })

/**
 * The area that is printed, in millimetres; files have `dpi` pixels an inch, and `bleed_mm` more on every side. What
 * lies less than `safe_margin_mm` from the edge may be cut off.
 *
 * It lies on the preview's canvas as a rectangle (`on_canvas`, canvas pixels, turned clockwise about its centre) or, on
 * a photo taken at an angle, between four corners (`on_canvas_quad`); exactly one of the two is given.
 */
const printAreaSchema = z.strictObject({
  width_mm: printSide,
  height_mm: printSide,
  dpi: z.int().min(36).max(DEFINITION_LIMITS.dpi),
  bleed_mm: z.number().min(0).max(50).default(0),
  safe_margin_mm: z.number().min(0).max(200).default(0),
  on_canvas: z
    .strictObject({
      x: canvasPosition,
      y: canvasPosition,
      width: canvasLength,
      height: canvasLength,
      rotation: rotationSchema,
    })
    .optional(),
  on_canvas_quad: z
    .strictObject({
      top_left: corner,
      top_right: corner,
      bottom_right: corner,
      bottom_left: corner,
    })
    .optional(),
})

export const placementSchema = z.strictObject({
  key: keySchema,
  label: localizedSchema,
  /** The preview's canvas in pixels. */
  canvas: z.strictObject({ width: canvasSide, height: canvasSide }),
  /** The product's photo, drawn over the whole canvas; transparent pixels, or no photo at all, show `backdrop`. */
  background: z.strictObject({
    asset: keySchema.optional(),
    backdrop: hexColorSchema.default("#ffffff"),
  }),
  /** The colour that the photo of a white product is tinted with until a zone that paints the base says otherwise. */
  base_color: hexColorSchema.optional(),
  print_area: printAreaSchema,
})
