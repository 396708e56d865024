// The small values that definitions are made of: keys, colours, words for people, amounts, frames.
import { z } from "@medusajs/framework/zod"
import { namesKinds } from "../zod-issues"
import { holdsUnprintable } from "./characters"
import { DEFINITION_LIMITS } from "./limits"

/**
 * Keys are used in URLs, paths of issues and CSV columns: lower case, digits, `_` and `-`, at most 48 characters.
 * `constructor` is refused because plain objects have one.
 *
 * What `meta` says of a schema goes into the published JSON Schema; see json-schema.ts.
 */
export const keySchema = z
  .string()
  .regex(
    /^(?!constructor$)[a-z][a-z0-9_-]{0,47}$/,
    "must start with a letter, hold a-z, 0-9, _ and - only, have at most 48 characters, and not be constructor"
  )

/** `#rrggbb`; stored in lower case. */
export const hexColorSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, "must be a colour like #1a2b3c")
  .transform((value) => value.toLowerCase())

const LOCALE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/

function localized(maximum: number) {
  const text = z
    .string()
    .min(1)
    .max(maximum)
    .refine((value) => !holdsUnprintable(value), {
      message: "must not hold control or direction characters, which hide what is written",
      params: { code: "refused_character" },
    })
  return z.union([
    text,
    z
      .record(z.string().regex(LOCALE, "must be a BCP 47 locale such as en or pt-BR"), text)
      .refine((value) => Object.keys(value).length > 0, "needs at least one locale")
      .refine(
        (value) => Object.keys(value).length <= DEFINITION_LIMITS.locales,
        `has more than ${DEFINITION_LIMITS.locales} locales`
      )
      .meta({ minProperties: 1, maxProperties: DEFINITION_LIMITS.locales }),
  ])
}

/** A name for people: one string, or one per BCP 47 locale (`{ en: "Name", de: "Name" }`). */
export const localizedSchema = localized(DEFINITION_LIMITS.label).meta({
  id: "label",
  description: "A name for people: a text, or one by BCP 47 locale.",
})

/** An explanation for people, in the same form. */
export const localizedHelpSchema = localized(DEFINITION_LIMITS.help).meta({
  id: "help",
  description: "An explanation for people: a text, or one by BCP 47 locale.",
})

const AMOUNT = /^-?\d{1,12}(\.\d{1,6})?$/

/** A decimal amount in major units of a currency, kept as a string so that no float touches it. */
export const amountSchema = z
  .union([z.number(), z.string()])
  .transform(String)
  .pipe(z.string().regex(AMOUNT, "must be a decimal amount"))
  .meta({ pattern: AMOUNT.source })

/** Amounts by ISO 4217 code in lower case, in major units, on the tax basis of the variant's price. */
export const amountsSchema = z
  .record(z.string().regex(/^[a-z]{3}$/, "must be a lower-case ISO 4217 code"), amountSchema)
  .refine((value) => Object.keys(value).length > 0, "needs at least one currency")
  .refine(
    (value) => Object.keys(value).length <= DEFINITION_LIMITS.currencies,
    `has more than ${DEFINITION_LIMITS.currencies} currencies`
  )
  .meta({
    id: "amounts",
    description:
      'Amounts per unit of the product by lower-case ISO 4217 code, decimals in major units (2.5 or "2.50"), on the tax basis of the variant\'s price.',
    minProperties: 1,
    maxProperties: DEFINITION_LIMITS.currencies,
  })

/** The colours that a visitor may choose from. */
export const paletteSchema = z
  .array(z.strictObject({ name: localizedSchema, value: hexColorSchema }))
  .min(1)
  .max(DEFINITION_LIMITS.palette)
  .meta({ id: "palette", description: "Colours to choose from, each with a name." })

/** Degrees clockwise about the centre. */
export const rotationSchema = z
  .number()
  .min(-360)
  .max(360)
  .default(0)
  .describe("Degrees clockwise about the centre.")

const length = z.number().positive().max(DEFINITION_LIMITS.printMm)
const position = z.number().min(-DEFINITION_LIMITS.printMm).max(DEFINITION_LIMITS.printMm)

/** A rectangle in millimetres from the top left corner of the print area (without bleed). */
export const frameSchema = z
  .strictObject({
    x: position,
    y: position,
    width: length,
    height: length,
  })
  .meta({
    id: "frame",
    description: "Millimetres from the top left corner of the print area (without bleed).",
  })

/**
 * The outline of a shape or of an image's mask, filling its frame. A `path` is SVG path data in a coordinate system of
 * `view_box` units, stretched to the frame.
 */
export const figureSchema = z
  .discriminatedUnion(
    "shape",
    [
      z.strictObject({ shape: z.literal("rectangle") }),
      z.strictObject({ shape: z.literal("rounded"), radius_mm: length }),
      z.strictObject({ shape: z.literal("ellipse") }),
      z.strictObject({
        shape: z.literal("path"),
        d: z.string().min(1).max(DEFINITION_LIMITS.pathData),
        view_box: z.strictObject({
          width: z.number().positive().max(100_000),
          height: z.number().positive().max(100_000),
        }),
      }),
    ],
    namesKinds
  )
  .meta({
    id: "figure",
    description: "An outline that fills its frame; a path is SVG path data in units of view_box.",
  })

export type Amounts = z.output<typeof amountsSchema>
export type Localized = z.output<typeof localizedSchema>
export type Figure = z.output<typeof figureSchema>

/** The text for one locale: that locale, its language, English, or the first by its tag, as JSON's stores keep no order. */
export function localize(text: Localized, locale = "en"): string {
  if (typeof text === "string") {
    return text
  }
  const language = locale.split("-")[0] ?? locale
  const [first = ""] = Object.keys(text).sort()
  return text[locale] ?? text[language] ?? text.en ?? text[first] ?? ""
}
