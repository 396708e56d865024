// The kinds of zones: what a visitor fills (text, image, color, option) and what is fixed (shape, static image and text).
import { z } from "@medusajs/framework/zod"
import { namesKinds } from "../zod-issues"
import { CHARACTER_SETS } from "./characters"
import { conditionSchema } from "./condition"
import { DEFINITION_LIMITS } from "./limits"
import { prepareText } from "./letter-case"
import { imagePriceSchema, priceSchema, textPriceSchema } from "./price"
import {
  figureSchema,
  frameSchema,
  hexColorSchema,
  keySchema,
  localizedHelpSchema,
  localizedSchema,
  paletteSchema,
  rotationSchema,
} from "./values"

const LIMITS = DEFINITION_LIMITS

const input = {
  key: keySchema,
  label: localizedSchema,
  help: localizedHelpSchema.optional(),
  required: z.boolean().default(false),
  show_if: conditionSchema
    .optional()
    .describe(
      "The zone is there only while this holds; a hidden zone's value is kept, but neither priced nor printed."
    ),
  require_if: conditionSchema
    .optional()
    .describe("The zone is required while this holds, whatever required says."),
}

const drawn = {
  placement: keySchema,
  frame: frameSchema,
  rotation: rotationSchema,
}

const fixed = { key: keySchema, show_if: conditionSchema.optional(), ...drawn }

const fontSize = z.number().min(2).max(2000).describe("Points (1/72 inch) on the print.")

const textLayout = {
  align: z.enum(["left", "center", "right"]).default("center"),
  valign: z.enum(["top", "middle", "bottom"]).default("middle"),
  letter_case: z.enum(["as_typed", "upper", "lower", "title"]).default("as_typed"),
  arc: z
    .strictObject({
      radius_mm: z.number().min(1).max(LIMITS.printMm),
      direction: z.enum(["up", "down"]).default("up"),
    })
    .optional()
    .describe(
      "Sets the baseline on a circle: up on top of it, like a rainbow, or down along its lower side, like a smile. One line only."
    ),
  outline: z
    .strictObject({ width_mm: z.number().positive().max(20), color: hexColorSchema })
    .optional()
    .describe("A line around the letters, outside of their shape."),
}

/** Words that are printed, in the form in which visitors' texts are kept. */
const printedText = z
  .string()
  .min(1)
  .max(2000)
  .transform((text) => prepareText(text, "as_typed"))

const COUNTED =
  "In grapheme clusters (UAX #29), what a reader counts as characters; line breaks do not count."

/**
 * A line or a paragraph of the visitor's. Without `characters`, everything that the font can draw is allowed, but no
 * emoji. With it, only characters of the named sets and of `extra`; spaces and line breaks are always allowed.
 */
const textZone = z.strictObject({
  kind: z.literal("text"),
  ...input,
  price: textPriceSchema.optional(),
  ...drawn,
  default: printedText
    .optional()
    .describe("Printed until the visitor writes something else; an empty text takes it away."),
  placeholder: localizedSchema
    .optional()
    .describe("A hint, drawn faintly in previews of unfinished designs and never printed."),
  min_length: z.int().min(0).default(0).describe(COUNTED),
  max_length: z.int().min(1).max(LIMITS.textGraphemes).describe(COUNTED),
  max_lines: z.int().min(1).max(LIMITS.textLines).default(1),
  characters: z
    .strictObject({
      sets: z.array(z.enum(CHARACTER_SETS)).max(CHARACTER_SETS.length).default([]),
      extra: z.string().max(LIMITS.extraCharacters).default(""),
    })
    .optional()
    .describe("The characters of these named sets and of extra, besides spaces and line breaks."),
  pattern: z
    .string()
    .min(1)
    .max(LIMITS.patternLength)
    .optional()
    .describe(
      "What the whole text must look like, such as [A-Z]{1,3}-\\d{4}: characters, . [..] [^..] \\d \\l \\s \\n, groups (..|..), repeated by ? * + {n} {n,} {n,m}."
    ),
  pattern_hint: localizedSchema
    .optional()
    .describe(
      "What the pattern asks for, in words or by an example, for those whose text does not fit."
    ),
  fonts: z.array(keySchema).min(1).max(LIMITS.fonts),
  size: z.strictObject({
    min: fontSize,
    max: fontSize,
    default: fontSize,
    auto_fit: z
      .boolean()
      .default(true)
      .describe("Shrinks from the chosen size down to min until the text fits its frame."),
  }),
  colors: paletteSchema,
  ...textLayout,
})

/** A picture of the visitor's. */
const imageZone = z.strictObject({
  kind: z.literal("image"),
  ...input,
  price: imagePriceSchema.optional(),
  ...drawn,
  default: z
    .strictObject({ asset: keySchema })
    .optional()
    .describe("A picture of the shop's, printed until the visitor sends another."),
  accept: z
    .array(z.enum(["image/jpeg", "image/png", "image/webp"]))
    .min(1)
    .max(3),
  max_bytes: z.int().min(1024).max(LIMITS.uploadBytes).describe("Bytes of the file as sent."),
  min_width: z.int().min(1).max(LIMITS.uploadPx).default(1).describe("Pixels."),
  min_height: z.int().min(1).max(LIMITS.uploadPx).default(1).describe("Pixels."),
  dpi: z
    .strictObject({
      warn: z.number().min(1).max(LIMITS.dpi),
      block: z.number().min(1).max(LIMITS.dpi),
    })
    .optional()
    .describe(
      "Effective resolution on the print, in pixels an inch: below warn the visitor is warned, below block the picture is refused."
    ),
  fit: z.enum(["cover", "contain"]).default("cover"),
  adjust: z
    .strictObject({
      pan: z.boolean().default(true),
      rotate: z.boolean().default(true),
      min_zoom: z
        .number()
        .min(0.1)
        .max(1)
        .optional()
        .describe(
          "1 when left out where the picture covers its frame, 0.1 where it lies within it."
        ),
      max_zoom: z.number().min(1).max(10).default(10),
    })
    .prefault({})
    .describe("What the visitor may do with the picture in its frame."),
  mask: figureSchema.default({ shape: "rectangle" }),
})

/** A colour that paints the product itself on every placement, or the fill of one shape zone. */
const colorZone = z.strictObject({
  kind: z.literal("color"),
  ...input,
  price: priceSchema.optional(),
  colors: paletteSchema,
  default: hexColorSchema.optional(),
  paints: z.discriminatedUnion(
    "target",
    [
      z.strictObject({ target: z.literal("base") }),
      z.strictObject({ target: z.literal("shape"), zone: keySchema }),
    ],
    namesKinds
  ),
})

/** One option's button, and what choosing it changes in the picture. */
const appearanceSchema = z.strictObject({
  value: z.string().min(1).max(100).describe("The option's value in its set."),
  swatch: z
    .strictObject({ color: hexColorSchema.optional(), asset: keySchema.optional() })
    .optional(),
  base_color: hexColorSchema.optional(),
  backgrounds: z
    .record(keySchema, keySchema)
    .optional()
    .describe("Another photo (an asset) by placement."),
  images: z
    .record(keySchema, keySchema)
    .optional()
    .describe("Another picture (an asset) by static image zone."),
  fills: z.record(keySchema, hexColorSchema).optional().describe("Another fill by shape zone."),
})

/** A choice from an option set of the product. A set that does not exist (any more) is not asked for. */
const optionZone = z.strictObject({
  kind: z.literal("option"),
  ...input,
  price: priceSchema.optional(),
  option_set: keySchema.describe("The option set's key."),
  default: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("The value that holds until the visitor chooses."),
  appearance: z.array(appearanceSchema).max(LIMITS.appearances).optional(),
})

const shapeZone = z.strictObject({
  kind: z.literal("shape"),
  ...fixed,
  figure: figureSchema,
  fill: hexColorSchema,
})

/** A picture of the shop's, whole in its frame. */
const staticImageZone = z.strictObject({
  kind: z.literal("static_image"),
  ...fixed,
  asset: keySchema,
})

/** Words that are the same on every copy. */
const staticTextZone = z.strictObject({
  kind: z.literal("static_text"),
  ...fixed,
  text: printedText,
  font: keySchema,
  size: fontSize,
  color: hexColorSchema,
  ...textLayout,
})

/** Any zone. Their order in a definition is the drawing order: the first lies at the bottom. */
export const zoneSchema = z.discriminatedUnion(
  "kind",
  [textZone, imageZone, colorZone, optionZone, shapeZone, staticImageZone, staticTextZone],
  namesKinds
)
