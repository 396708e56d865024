// Judges what a visitor wrote into a text zone: its characters, its length and its look.
import type { Issue } from "../issue"
import {
  allowedCharacters,
  holdsUnprintable,
  MAX_MARKS,
  pilesMarks,
  refusedCharacters,
  withoutUnprintable,
} from "../template/characters"
import { localize, type ZoneOf } from "../template/definition"
import { countGraphemes, graphemesOf } from "../template/graphemes"
import { prepareText } from "../template/letter-case"
import { compilePattern } from "../template/pattern"
import { fail, isRecord, unknownFields, valueIssue, type Outcome } from "./outcome"
import type { TextValue } from "./selection"

type TextZone = ZoneOf<"text">
/** What the fonts themselves say of a text. */
export type FontChecks = {
  /** The characters of a text that a font cannot draw. */
  missing_glyphs: (font: string, text: string) => string[]
  /** How a text stands in its zone; size in points. */
  text_fit: (zone: TextZone, value: TextValue) => { size: number; overflow: boolean }
}

/** UTF-16 units that one character may take, in any form: the longest emoji have 15. */
const UNITS_PER_GRAPHEME = 20
const TEXT_FIELDS = ["text", "font", "size", "color"]
/** An answer names this many refused characters. */
const NAMED_CHARACTERS = 20

/** An empty text is no value; where the zone has a default it is one, as it takes the default away. */
export function textValue(zone: TextZone, raw: unknown, fonts?: FontChecks): Outcome {
  const { key } = zone
  const given: unknown = typeof raw === "string" ? { text: raw } : raw
  if (!isRecord(given) || typeof given.text !== "string") {
    return fail(key, "invalid_text", `${key} must be a text or an object with a text.`)
  }
  const { text, issues: faults } = content(zone, given.text)
  const style = textStyle(zone, given)
  const issues = [...unknownFields(key, given, TEXT_FIELDS), ...faults, ...style.issues]
  const value: TextValue = { text, ...style.value }
  const fontFault = given.font !== undefined && value.font === undefined
  if (text !== "" && fonts && !fontFault) {
    issues.push(...fontIssues(zone, value, fonts, issues.length > 0))
  }
  if (issues.length > 0) {
    return { issues }
  }
  return { value: text === "" && zone.default === undefined ? null : { kind: "text", value } }
}

/** The text in its one form, or what is wrong with it. */
function content(zone: TextZone, raw: string): { text: string; issues: Issue[] } {
  // What is far too long is not even looked at: everything else costs more than reading the length.
  if (raw.length > zone.max_length * UNITS_PER_GRAPHEME + 2 * zone.max_lines) {
    return { text: "", issues: [tooLong(zone, raw.length)] }
  }
  // Ordering marks takes time in proportion to the square of their number.
  if (pilesMarks(raw)) {
    const message = `${zone.key} holds a letter with more than ${MAX_MARKS} marks.`
    const issue = valueIssue(zone.key, "too_many_marks", message, { max_marks: MAX_MARKS })
    return { text: "", issues: [issue] }
  }
  const text = prepareText(raw, "as_typed")
  return { text, issues: text === "" ? [] : contentIssues(zone, text) }
}

function contentIssues(zone: TextZone, text: string): Issue[] {
  const size = sizeIssues(zone, text)
  return [
    ...characterIssues(zone, text),
    ...size,
    // A text of the wrong length cannot look right either, and matching costs more the longer it is.
    ...(size.length > 0 ? [] : patternIssues(zone, text)),
  ]
}

function characterIssues(zone: TextZone, text: string): Issue[] {
  const { key } = zone
  const issues: Issue[] = []
  if (holdsUnprintable(text)) {
    const message = `${key} holds a control or direction character, which cannot be printed.`
    issues.push(valueIssue(key, "refused_character", message))
  }
  const characters = refusedCharacters(zone.characters, withoutUnprintable(text))
  if (characters.length > 0) {
    const named = characters.slice(0, NAMED_CHARACTERS)
    const message = `${key} may not hold ${named.join(" ")}.`
    issues.push(valueIssue(key, "character_not_allowed", message, { characters: named }))
  }
  return issues
}

function sizeIssues(zone: TextZone, text: string): Issue[] {
  const { key } = zone
  const issues: Issue[] = []
  const lines = text.split("\n").length
  if (lines > zone.max_lines) {
    issues.push(
      valueIssue(key, "too_many_lines", `${key} may have at most ${zone.max_lines} lines.`, {
        max_lines: zone.max_lines,
        lines,
      })
    )
  }
  const length = countGraphemes(text)
  if (length > zone.max_length) {
    issues.push(tooLong(zone, length))
  }
  if (length < zone.min_length) {
    issues.push(
      valueIssue(key, "text_too_short", `${key} needs at least ${zone.min_length} characters.`, {
        min_length: zone.min_length,
        length,
      })
    )
  }
  return issues
}

function patternIssues(zone: TextZone, text: string): Issue[] {
  const { key, pattern, pattern_hint } = zone
  if (pattern === undefined) {
    return []
  }
  const compiled = compilePattern(pattern)
  // A pattern that does not compile never passes the check of its template, and asks for nothing.
  return "fault" in compiled || compiled.matches(prepareText(text, zone.letter_case))
    ? []
    : [
        valueIssue(
          key,
          "pattern_mismatch",
          `${key} must look like ${pattern_hint === undefined ? pattern : localize(pattern_hint)}.`,
          { pattern, ...(pattern_hint !== undefined && { hint: pattern_hint }) }
        ),
      ]
}

function tooLong(zone: TextZone, length: number): Issue {
  return valueIssue(
    zone.key,
    "text_too_long",
    `${zone.key} may have at most ${zone.max_length} characters.`,
    { max_length: zone.max_length, length }
  )
}

/**
 * A character that the font cannot draw would be printed as an empty box, and what does not fit beyond its frame. Whether
 * a text fits is not asked while it is faulty in other ways.
 */
function fontIssues(zone: TextZone, value: TextValue, fonts: FontChecks, faulty: boolean): Issue[] {
  const { key } = zone
  const font = value.font ?? zone.fonts[0] ?? ""
  const text = faulty ? blameless(zone, value.text) : value.text
  const printed = prepareText(text, zone.letter_case)
  const characters = [...new Set(fonts.missing_glyphs(font, printed))].slice(0, NAMED_CHARACTERS)
  if (characters.length > 0) {
    const message = `The font ${font} cannot print ${characters.join(" ")}.`
    return [valueIssue(key, "glyph_missing", message, { font, characters })]
  }
  if (faulty) {
    return []
  }
  const { size, overflow } = fonts.text_fit(zone, value)
  return overflow
    ? [
        valueIssue(key, "text_overflow", `${key} does not fit its frame at ${size} points.`, {
          font,
          size,
        }),
      ]
    : []
}

/** What of a faulty text its zone allows, and no more than may be printed: judging it costs what judging a good one does. */
function blameless(zone: TextZone, text: string): string {
  const allowed = allowedCharacters(zone.characters)
  let kept = ""
  let length = 0
  for (const grapheme of graphemesOf(withoutUnprintable(text))) {
    length += grapheme === "\n" ? 0 : 1
    if (length > zone.max_length) {
      break
    }
    kept += allowed(grapheme) ? grapheme : ""
  }
  return kept
}

function textStyle(
  zone: TextZone,
  given: Record<string, unknown>
): { value: Omit<TextValue, "text">; issues: Issue[] } {
  const { key, size } = zone
  const value: Omit<TextValue, "text"> = {}
  const issues: Issue[] = []
  if (typeof given.font === "string" && zone.fonts.includes(given.font)) {
    value.font = given.font
  } else if (given.font !== undefined) {
    const message = `${key}.font must be an allowed font.`
    issues.push(valueIssue([key, "font"], "font_not_allowed", message, { allowed: zone.fonts }))
  }
  if (typeof given.size === "number" && given.size >= size.min && given.size <= size.max) {
    value.size = given.size
  } else if (given.size !== undefined) {
    const message = `${key}.size must be from ${size.min} to ${size.max} points.`
    const params = { min: size.min, max: size.max }
    issues.push(valueIssue([key, "size"], "size_out_of_range", message, params))
  }
  const color = typeof given.color === "string" ? given.color.toLowerCase() : null
  const allowed = zone.colors.map((choice) => choice.value)
  if (color !== null && allowed.includes(color)) {
    value.color = color
  } else if (given.color !== undefined) {
    const message = `${key}.color must be one of the template's colors.`
    issues.push(valueIssue([key, "color"], "color_not_in_palette", message, { allowed }))
  }
  return { value, issues }
}
