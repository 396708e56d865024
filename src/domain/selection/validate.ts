// The one validator of visitors' input: a template and some values in, typed values or every issue out. Never throws.
import type { Issue, Validated } from "../issue"
import { isInputZone, type Definition, type ZoneOf } from "../template/definition"
import type { ImageValue, Selection, TextValue, ZoneValue } from "./selection"

/** An option set as far as choosing goes. */
export type OptionSetChoices = { key: string; required: boolean; values: string[] }
/** What is known of an upload. Bytes as stored; pixels after its orientation was applied. */
export type UploadFacts = {
  zone: string
  mime_type: string
  bytes: number
  width: number
  height: number
}
export type SelectionContext = {
  definition: Definition
  option_sets: OptionSetChoices[]
  /** The visitor's uploads by id. */
  uploads: Record<string, UploadFacts>
  /** The characters of a text that a font cannot draw. Left out where values were judged before. */
  missing_glyphs?: (font: string, text: string) => string[]
}

const MAX_INPUT_LENGTH = 10_000
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" })
// Control characters, lone surrogates and explicit directional formatting; a line feed is judged by max_lines.
const REFUSED_CHARACTERS = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u

/** The number of grapheme clusters (UAX #29), what a reader counts as characters. */
export function graphemes(text: string): number {
  return [...segmenter.segment(text)].length
}

/**
 * Checks values by zone key, or by option set key for a set that no zone takes. A value left out is not an issue here;
 * see `missingInputs`.
 */
export function validateSelection(
  context: SelectionContext,
  input: Record<string, unknown>
): Validated<Selection> {
  const issues: Issue[] = []
  const selection: Selection = {}
  for (const [key, raw] of Object.entries(input)) {
    const result = validateValue(context, key, raw)
    if ("issues" in result) {
      issues.push(...result.issues)
    } else if (result.value) {
      selection[key] = result.value
    }
  }
  return issues.length > 0 ? { success: false, issues } : { success: true, value: selection }
}

/** The keys of required zones and option sets that have no value yet, in drawing order. */
export function missingInputs(context: SelectionContext, selection: Selection): string[] {
  const zones = context.definition.zones.filter(isInputZone)
  const taken = new Set(zones.flatMap((zone) => (zone.kind === "option" ? [zone.option_set] : [])))
  const required = [
    ...zones
      .filter(
        (zone) =>
          zone.required ||
          (zone.kind === "option" &&
            context.option_sets.some((set) => set.key === zone.option_set && set.required))
      )
      .map((zone) => zone.key),
    ...context.option_sets.filter((set) => set.required && !taken.has(set.key)).map((s) => s.key),
  ]
  return required.filter((key) => !Object.hasOwn(selection, key))
}

/** Values as a client sends and reads them. */
export function toOptions(selection: Selection): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(selection).map(([key, { value }]): [string, unknown] => [key, value])
  )
}

type Outcome = { value: ZoneValue | null } | { issues: Issue[] }

function validateValue(context: SelectionContext, key: string, raw: unknown): Outcome {
  const zone = context.definition.zones.find((candidate) => candidate.key === key)
  if (!zone || !isInputZone(zone)) {
    const set = context.option_sets.find((candidate) => candidate.key === key)
    return set
      ? optionValue(key, set, raw)
      : fail(key, "unknown_zone", `The template has no zone ${key}.`)
  }
  switch (zone.kind) {
    case "text":
      return textValue(zone, context, raw)
    case "color":
      return typeof raw === "string" && zone.colors.some(({ value }) => value === raw.toLowerCase())
        ? { value: { kind: "color", value: raw.toLowerCase() } }
        : fail(key, "color_not_in_palette", `${key} must be one of the template's colors.`, {
            allowed: zone.colors.map(({ value }) => value),
          })
    case "option": {
      const set = context.option_sets.find((candidate) => candidate.key === zone.option_set)
      return set
        ? optionValue(key, set, raw)
        : fail(key, "option_set_missing", `${key} has no option set to choose from.`)
    }
    case "image":
      return imageValue(zone, context, raw)
  }
}

function optionValue(key: string, set: OptionSetChoices, raw: unknown): Outcome {
  return typeof raw === "string" && set.values.includes(raw)
    ? { value: { kind: "option", value: raw } }
    : fail(key, "unknown_option", `${key} must be one of the option set's values.`, {
        allowed: set.values,
      })
}

const TEXT_FIELDS = ["text", "font", "size", "color"]

function textValue(zone: ZoneOf<"text">, context: SelectionContext, raw: unknown): Outcome {
  const { key } = zone
  const given: unknown = typeof raw === "string" ? { text: raw } : raw
  if (!isRecord(given) || typeof given.text !== "string") {
    return fail(key, "invalid_text", `${key} must be a text or an object with a text.`)
  }
  const text = given.text.replaceAll("\r\n", "\n").normalize("NFC")
  const style = textStyle(zone, given)
  const font = style.value.font ?? zone.fonts[0] ?? ""
  const issues = [
    ...unknownFields(key, given, TEXT_FIELDS),
    ...contentIssues(zone, text),
    ...style.issues,
  ]
  if (issues.length === 0) {
    issues.push(...glyphIssues(zone, context, font, text))
  }
  if (issues.length > 0) {
    return { issues }
  }
  return { value: text === "" ? null : { kind: "text", value: { text, ...style.value } } }
}

function contentIssues(zone: ZoneOf<"text">, text: string): Issue[] {
  const { key } = zone
  if (text === "") {
    return []
  }
  // What is far too long is not even counted: counting graphemes costs more than reading the length.
  if (text.length > MAX_INPUT_LENGTH) {
    return [tooLong(zone, text.length)]
  }
  const issues: Issue[] = []
  if (REFUSED_CHARACTERS.test(text.replaceAll("\n", ""))) {
    issues.push(
      issue(
        key,
        "refused_character",
        `${key} holds a control or direction character, which cannot be printed.`
      )
    )
  }
  const lines = text.split("\n").length
  if (lines > zone.max_lines) {
    issues.push(
      issue(key, "too_many_lines", `${key} may have at most ${zone.max_lines} lines.`, {
        max_lines: zone.max_lines,
        lines,
      })
    )
  }
  const length = graphemes(text.replaceAll("\n", ""))
  if (length > zone.max_length) {
    issues.push(tooLong(zone, length))
  }
  if (length < zone.min_length) {
    issues.push(
      issue(key, "text_too_short", `${key} needs at least ${zone.min_length} characters.`, {
        min_length: zone.min_length,
        length,
      })
    )
  }
  return issues
}

function tooLong(zone: ZoneOf<"text">, length: number): Issue {
  return issue(
    zone.key,
    "text_too_long",
    `${zone.key} may have at most ${zone.max_length} characters.`,
    { max_length: zone.max_length, length }
  )
}

/** A character that the font cannot draw would be printed as an empty box. */
function glyphIssues(
  zone: ZoneOf<"text">,
  context: SelectionContext,
  font: string,
  text: string
): Issue[] {
  const characters = [...new Set(context.missing_glyphs?.(font, text) ?? [])]
  return characters.length === 0
    ? []
    : [
        issue(zone.key, "glyph_missing", `The font ${font} cannot print ${characters.join(" ")}.`, {
          font,
          characters,
        }),
      ]
}

function textStyle(
  zone: ZoneOf<"text">,
  given: Record<string, unknown>
): { value: Omit<TextValue, "text">; issues: Issue[] } {
  const { key, size } = zone
  const value: Omit<TextValue, "text"> = {}
  const issues: Issue[] = []
  if (typeof given.font === "string" && zone.fonts.includes(given.font)) {
    value.font = given.font
  } else if (given.font !== undefined) {
    const message = `${key}.font must be an allowed font.`
    issues.push(issue([key, "font"], "font_not_allowed", message, { allowed: zone.fonts }))
  }
  if (typeof given.size === "number" && given.size >= size.min && given.size <= size.max) {
    value.size = given.size
  } else if (given.size !== undefined) {
    const message = `${key}.size must be from ${size.min} to ${size.max} points.`
    const params = { min: size.min, max: size.max }
    issues.push(issue([key, "size"], "size_out_of_range", message, params))
  }
  const color = typeof given.color === "string" ? given.color.toLowerCase() : null
  const allowed = zone.colors.map((choice) => choice.value)
  if (color !== null && allowed.includes(color)) {
    value.color = color
  } else if (given.color !== undefined) {
    const message = `${key}.color must be one of the template's colors.`
    issues.push(issue([key, "color"], "color_not_in_palette", message, { allowed }))
  }
  return { value, issues }
}

function unknownFields(key: string, given: Record<string, unknown>, known: string[]): Issue[] {
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => issue([key, name], "unknown_field", `${name} is not a known field of ${key}.`))
}

/** How far a visitor may zoom, pan (in fractions of the frame) and turn (degrees) an image. */
const IMAGE_RANGES = { zoom: [0.1, 10], x: [-2, 2], y: [-2, 2], rotation: [-360, 360] } as const
const IMAGE_DEFAULTS = { zoom: 1, x: 0, y: 0, rotation: 0 }

function imageValue(zone: ZoneOf<"image">, context: SelectionContext, raw: unknown): Outcome {
  const { key } = zone
  if (!isRecord(raw) || typeof raw.upload_id !== "string") {
    return fail(key, "invalid_image", `${key} must be an object with an upload_id.`)
  }
  const upload = Object.hasOwn(context.uploads, raw.upload_id)
    ? context.uploads[raw.upload_id]
    : undefined
  if (!upload) {
    return fail([key, "upload_id"], "unknown_upload", `${key}.upload_id is not an upload of yours.`)
  }
  const value: ImageValue = { upload_id: raw.upload_id, ...IMAGE_DEFAULTS }
  const settings = Object.keys(IMAGE_RANGES)
  const issues = unknownFields(key, raw, ["upload_id", ...settings])
  for (const [name, given] of Object.entries(raw)) {
    if (!isImageSetting(name)) {
      continue
    }
    const [min, max] = IMAGE_RANGES[name]
    if (typeof given === "number" && given >= min && given <= max) {
      value[name] = given
    } else {
      const message = `${key}.${name} must be from ${min} to ${max}.`
      issues.push(issue([key, name], "out_of_range", message, { min, max }))
    }
  }
  const fault = uploadIssue(zone, upload)
  if (fault) {
    issues.push(fault)
  }
  return issues.length > 0 ? { issues } : { value: { kind: "image", value } }
}

/** Whether an upload may fill a zone: its type, bytes and pixels. */
export function uploadIssue(zone: ZoneOf<"image">, upload: UploadFacts): Issue | null {
  const { key } = zone
  if (!zone.accept.some((type) => type === upload.mime_type)) {
    return issue(
      key,
      "unsupported_image_type",
      `${key} takes ${zone.accept.join(", ")}, not ${upload.mime_type}.`,
      { allowed: zone.accept, mime_type: upload.mime_type }
    )
  }
  if (upload.bytes > zone.max_bytes) {
    return issue(key, "image_too_large", `${key} takes at most ${zone.max_bytes} bytes.`, {
      max_bytes: zone.max_bytes,
      bytes: upload.bytes,
    })
  }
  if (upload.width < zone.min_width || upload.height < zone.min_height) {
    return issue(
      key,
      "image_too_small",
      `${key} needs at least ${zone.min_width} x ${zone.min_height} pixels.`,
      {
        min_width: zone.min_width,
        min_height: zone.min_height,
        width: upload.width,
        height: upload.height,
      }
    )
  }
  return null
}

function isImageSetting(name: string): name is keyof typeof IMAGE_RANGES {
  return Object.hasOwn(IMAGE_RANGES, name)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function issue(
  at: string | string[],
  code: string,
  message: string,
  params?: Record<string, unknown>
): Issue {
  const path = ["options", ...(typeof at === "string" ? [at] : at)]
  return { path, code, message, ...(params ? { params } : {}) }
}

function fail(...args: Parameters<typeof issue>): Outcome {
  return { issues: [issue(...args)] }
}
