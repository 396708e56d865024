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
const printAreaSchema = z
  .strictObject({
    width_mm: printSide,
    height_mm: printSide,
    dpi: z.int().min(36).max(DEFINITION_LIMITS.dpi).describe("Pixels an inch of the print file."),
    bleed_mm: z
      .number()
      .min(0)
      .max(50)
      .default(0)
      .describe("Printed besides on every side, and cut off."),
    safe_margin_mm: z
      .number()
      .min(0)
      .max(200)
      .default(0)
      .describe("What lies less than this from the edge may be cut off."),
    on_canvas: z
      .strictObject({
        x: canvasPosition,
        y: canvasPosition,
        width: canvasLength,
        height: canvasLength,
        rotation: rotationSchema,
      })
      .optional()
      .describe("Where the print area lies on the canvas, in canvas pixels."),
    on_canvas_quad: z
      .strictObject({
        top_left: corner,
        top_right: corner,
        bottom_right: corner,
        bottom_left: corner,
      })
      .optional()
      .describe("In place of on_canvas, on a photo taken at an angle: canvas pixels."),
  })
  .meta({
    description:
      "What is printed, in millimetres; on_canvas or on_canvas_quad says where it is seen.",
    oneOf: [{ required: ["on_canvas"] }, { required: ["on_canvas_quad"] }],
  })

export const placementSchema = z.strictObject({
  key: keySchema,
  label: localizedSchema,
  canvas: z
    .strictObject({ width: canvasSide, height: canvasSide })
    .describe("The preview's canvas in pixels."),
  background: z
    .strictObject({
      asset: keySchema.optional(),
      backdrop: hexColorSchema.default("#ffffff"),
    })
    .describe(
      "The product's photo, drawn over the whole canvas; transparent pixels, or no photo at all, show backdrop."
    ),
  base_color: hexColorSchema
    .optional()
    .describe(
      "What the photo of a white product is tinted with until a zone that paints the base says otherwise."
    ),
  print_area: printAreaSchema,
})
