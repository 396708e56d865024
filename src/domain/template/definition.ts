// The template language, `schema: 1`: what a designer may define. One zod schema; its types are inferred from it.
import { z } from "@medusajs/framework/zod"

/** Upper bounds of the language. They keep one definition cheap to validate, to store and to draw. */
export const DEFINITION_LIMITS = {
  placements: 12,
  zones: 60,
  palette: 64,
  fonts: 24,
  textGraphemes: 500,
  textLines: 20,
  canvasPx: 4096,
  printMm: 3000,
  dpi: 1200,
} as const

/** Keys are used in URLs, paths of issues and CSV columns: lower case, digits, `_` and `-`, at most 48 characters. */
export const keySchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,47}$/, "must start with a letter and hold a-z, 0-9, _ and - only")

const hexColor = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, "must be a colour like #1a2b3c")
  .transform((value) => value.toLowerCase())

/** A text for people: one string, or one per BCP 47 locale (`{ en: "Name", de: "Name" }`). */
export const localizedSchema = z.union([
  z.string().min(1).max(200),
  z
    .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.string().min(1).max(200))
    .refine((value) => Object.keys(value).length > 0, "needs at least one locale"),
])

/** A decimal amount in major units of a currency, kept as a string so that no float touches it. */
export const amountSchema = z
  .union([z.number(), z.string()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/, "must be a decimal amount"))

/** Amounts by ISO 4217 code in lower case, in major units, tax basis of the variant's price. */
export const amountsSchema = z
  .record(z.string().regex(/^[a-z]{3}$/, "must be a lower-case ISO 4217 code"), amountSchema)
  .refine((value) => Object.keys(value).length > 0, "needs at least one currency")

const colorChoice = z.strictObject({ name: localizedSchema, value: hexColor })
const palette = z.array(colorChoice).min(1).max(DEFINITION_LIMITS.palette)

/** A rectangle in millimetres from the top left corner of the print area (without bleed). */
const frame = z.strictObject({
  x: z.number().min(-DEFINITION_LIMITS.printMm).max(DEFINITION_LIMITS.printMm),
  y: z.number().min(-DEFINITION_LIMITS.printMm).max(DEFINITION_LIMITS.printMm),
  width: z.number().positive().max(DEFINITION_LIMITS.printMm),
  height: z.number().positive().max(DEFINITION_LIMITS.printMm),
})

const placementSchema = z.strictObject({
  key: keySchema,
  label: localizedSchema,
  /** The preview's canvas in CSS pixels. */
  canvas: z.strictObject({
    width: z.int().min(64).max(DEFINITION_LIMITS.canvasPx),
    height: z.int().min(64).max(DEFINITION_LIMITS.canvasPx),
  }),
  /** The product's photo, drawn over the whole canvas; transparent pixels show `backdrop`. */
  background: z.strictObject({ asset: keySchema, backdrop: hexColor.default("#ffffff") }),
  /** The colour a photo with a white product is tinted with until a color zone that paints the base says otherwise. */
  base_color: hexColor.optional(),
  print_area: z.strictObject({
    width_mm: z.number().positive().max(DEFINITION_LIMITS.printMm),
    height_mm: z.number().positive().max(DEFINITION_LIMITS.printMm),
    dpi: z.int().min(36).max(DEFINITION_LIMITS.dpi),
    bleed_mm: z.number().min(0).max(50).default(0),
    safe_margin_mm: z.number().min(0).max(200).default(0),
    /** Where the print area lies on the canvas, in canvas pixels; rotation in degrees clockwise about its centre. */
    on_canvas: z.strictObject({
      x: z.number(),
      y: z.number(),
      width: z.number().positive(),
      height: z.number().positive(),
      rotation: z.number().min(-360).max(360).default(0),
    }),
  }),
})

const inputBase = {
  key: keySchema,
  label: localizedSchema,
  help: localizedSchema.optional(),
  required: z.boolean().default(false),
  /** What a used zone costs, per unit of the product. */
  price: z
    .strictObject({
      flat: amountsSchema.optional(),
      per_character: z
        .strictObject({ free: z.int().min(0).max(500).default(0), amounts: amountsSchema })
        .optional(),
    })
    .optional(),
}

const drawn = {
  placement: keySchema,
  frame,
  /** Degrees clockwise about the frame's centre. */
  rotation: z.number().min(-360).max(360).default(0),
}

const textZone = z.strictObject({
  kind: z.literal("text"),
  ...inputBase,
  ...drawn,
  default: z.string().max(2000).optional(),
  placeholder: localizedSchema.optional(),
  min_length: z.int().min(0).default(0),
  /** In grapheme clusters (UAX #29), what a reader counts as characters. */
  max_length: z.int().min(1).max(DEFINITION_LIMITS.textGraphemes),
  max_lines: z.int().min(1).max(DEFINITION_LIMITS.textLines).default(1),
  fonts: z.array(keySchema).min(1).max(DEFINITION_LIMITS.fonts),
  /** Font sizes in points (1/72 inch) on the print. `auto_fit` shrinks down to `min` until the text fits its frame. */
  size: z.strictObject({
    min: z.number().min(2).max(2000),
    max: z.number().min(2).max(2000),
    default: z.number().min(2).max(2000),
    auto_fit: z.boolean().default(true),
  }),
  colors: palette,
  align: z.enum(["left", "center", "right"]).default("center"),
  valign: z.enum(["top", "middle", "bottom"]).default("middle"),
  letter_case: z.enum(["as_typed", "upper", "lower"]).default("as_typed"),
})

const imageZone = z.strictObject({
  kind: z.literal("image"),
  ...inputBase,
  ...drawn,
  accept: z.array(z.enum(["image/jpeg", "image/png", "image/webp"])).min(1),
  max_bytes: z.int().min(1024).max(104_857_600),
  min_width: z.int().min(1).max(20_000).default(1),
  min_height: z.int().min(1).max(20_000).default(1),
  /** Effective resolution on the print below which the visitor is warned, and below which the image is refused. */
  dpi: z.strictObject({ warn: z.number().min(1), block: z.number().min(1) }).optional(),
  fit: z.enum(["cover", "contain"]).default("cover"),
  mask: z
    .discriminatedUnion("shape", [
      z.strictObject({ shape: z.literal("rectangle") }),
      z.strictObject({ shape: z.literal("rounded"), radius_mm: z.number().positive() }),
      z.strictObject({ shape: z.literal("ellipse") }),
    ])
    .default({ shape: "rectangle" }),
})

const colorZone = z.strictObject({
  kind: z.literal("color"),
  ...inputBase,
  colors: palette,
  default: hexColor.optional(),
  /** The product itself on every placement, or the fill of one shape zone. */
  paints: z.discriminatedUnion("target", [
    z.strictObject({ target: z.literal("base") }),
    z.strictObject({ target: z.literal("shape"), zone: keySchema }),
  ]),
})

const optionZone = z.strictObject({
  kind: z.literal("option"),
  ...inputBase,
  option_set: keySchema,
})

const shapeZone = z.strictObject({
  kind: z.literal("shape"),
  key: keySchema,
  ...drawn,
  shape: z.enum(["rectangle", "ellipse"]),
  fill: hexColor,
})

const staticImageZone = z.strictObject({
  kind: z.literal("static_image"),
  key: keySchema,
  ...drawn,
  asset: keySchema,
})

/** Zones in drawing order: the first lies at the bottom. */
const zoneSchema = z.discriminatedUnion("kind", [
  textZone,
  imageZone,
  colorZone,
  optionZone,
  shapeZone,
  staticImageZone,
])

/** A template's definition. */
export const definitionSchema = z.strictObject({
  schema: z.literal(1),
  placements: z.array(placementSchema).min(1).max(DEFINITION_LIMITS.placements),
  zones: z.array(zoneSchema).min(1).max(DEFINITION_LIMITS.zones),
})

/** A parsed definition: every default filled in. */
export type Definition = z.output<typeof definitionSchema>
/** A definition as a designer writes it. */
export type DefinitionInput = z.input<typeof definitionSchema>
export type Placement = Definition["placements"][number]
export type Zone = Definition["zones"][number]
export type ZoneOf<K extends Zone["kind"]> = Extract<Zone, { kind: K }>
/** The zones that a visitor fills. */
export type InputZone = ZoneOf<"text" | "image" | "color" | "option">
export type Amounts = z.output<typeof amountsSchema>
export type Localized = z.output<typeof localizedSchema>

/** True for the zones that a visitor fills. */
export function isInputZone(zone: Zone): zone is InputZone {
  return (
    zone.kind === "text" || zone.kind === "image" || zone.kind === "color" || zone.kind === "option"
  )
}

/** The text for one locale: that locale, its language, English, or the first there is. */
export function localize(text: Localized, locale = "en"): string {
  if (typeof text === "string") {
    return text
  }
  const language = locale.split("-")[0] ?? locale
  return text[locale] ?? text[language] ?? text.en ?? Object.values(text)[0] ?? ""
}
