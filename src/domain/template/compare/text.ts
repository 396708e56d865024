// Text zones: what may be written, and how it may look.
import { allowedCharacters, isEmoji, type CharacterRule } from "../characters"
import type { ZoneOf } from "../definition"
import type { Path } from "../findings"
import { graphemesOf } from "../graphemes"
import { lacking, type Changes } from "./change"
import { comparePalettes } from "./choices"
import { listed, nameOf } from "./names"

type TextZone = ZoneOf<"text">

/** What changes for designs in a text zone: the texts, fonts, sizes and colours that it takes, and those it starts with. */
export function compareTextZones(was: TextZone, zone: TextZone, at: Path, changes: Changes): void {
  const name = nameOf(zone)
  compareLengths(was, zone, at, changes)
  if (charactersNarrowed(was.characters, zone.characters)) {
    const message = zone.characters
      ? `${name} allows fewer kinds of characters: designs with others are refused.`
      : `${name} no longer allows emoji: designs with them are refused.`
    changes.breaking([...at, "characters"], "characters_narrowed", message, { zone: zone.key })
  }
  comparePatterns(was, zone, at, changes)
  compareFonts(was, zone, at, changes)
  compareSizes(was, zone, at, changes)
  comparePalettes(was, zone, at, changes)
  const [first] = zone.colors
  if (first && first.value !== was.colors[0]?.value) {
    const message = `${name} starts with another colour: texts whose colour nobody chose change it.`
    const params = { zone: zone.key, before: was.colors[0]?.value ?? null, after: first.value }
    changes.breaking([...at, "colors", 0], "default_color_changed", message, params)
  }
}

function compareLengths(was: TextZone, zone: TextZone, at: Path, changes: Changes): void {
  const name = nameOf(zone)
  const limits = [
    ["max_length", "text_shortened", "at most", "characters", was.max_length > zone.max_length],
    ["max_lines", "lines_reduced", "at most", "lines", was.max_lines > zone.max_lines],
    ["min_length", "minimum_raised", "at least", "characters", was.min_length < zone.min_length],
  ] as const
  for (const [field, code, bound, unit, tighter] of limits) {
    if (tighter) {
      const [before, after] = [was[field], zone[field]]
      const refused = bound === "at most" ? "longer" : "shorter"
      const message = `${name} takes ${bound} ${after} ${unit} instead of ${before}: ${refused} texts are refused.`
      changes.breaking([...at, field], code, message, { zone: zone.key, before, after })
    }
  }
}

/** A pattern is matched against the letters as they are printed. */
function comparePatterns(was: TextZone, zone: TextZone, at: Path, changes: Changes): void {
  if (zone.pattern === undefined) {
    return
  }
  const name = nameOf(zone)
  if (was.pattern !== zone.pattern) {
    const message = `${name} must look different from before: texts that do not fit are refused.`
    const params = { zone: zone.key, before: was.pattern ?? null, after: zone.pattern }
    changes.breaking([...at, "pattern"], "pattern_changed", message, params)
  } else if (was.letter_case !== zone.letter_case) {
    const message = `${name} judges its texts with other capital letters than before: those that do not fit so are refused.`
    const params = { zone: zone.key, before: was.letter_case, after: zone.letter_case }
    changes.breaking([...at, "letter_case"], "pattern_changed", message, params)
  }
}

/** Whether a text that the old rule took may be refused by the new one. */
function charactersNarrowed(
  was: CharacterRule | undefined,
  rule: CharacterRule | undefined
): boolean {
  if (!was) {
    return rule !== undefined
  }
  const extra = [...graphemesOf(was.extra.normalize("NFC"))]
  if (!rule) {
    return was.sets.includes("emoji") || extra.some(isEmoji)
  }
  const allowed = allowedCharacters(rule)
  const sets = new Set(rule.sets.includes("latin") ? [...rule.sets, "latin_basic"] : rule.sets)
  return was.sets.some((set) => !sets.has(set)) || extra.some((grapheme) => !allowed(grapheme))
}

function compareFonts(was: TextZone, zone: TextZone, at: Path, changes: Changes): void {
  const name = nameOf(zone)
  const removed = lacking(was.fonts, zone.fonts)
  if (removed.length > 0) {
    const message = `${name} no longer offers the ${removed.length > 1 ? "fonts" : "font"} ${listed(removed)}: designs with them are refused.`
    changes.breaking([...at, "fonts"], "fonts_removed", message, { zone: zone.key, removed })
  }
  const [before, after] = [was.fonts[0], zone.fonts[0]]
  if (before !== after) {
    const message = `${name} starts with the font ${after} instead of ${before}: texts whose font nobody chose change it.`
    changes.breaking([...at, "fonts", 0], "default_font_changed", message, {
      zone: zone.key,
      before,
      after,
    })
  }
}

function compareSizes(was: TextZone, zone: TextZone, at: Path, changes: Changes): void {
  const name = nameOf(zone)
  const path = [...at, "size"]
  const { min, max, default: initial, auto_fit } = zone.size
  const params = { zone: zone.key, before: was.size, after: zone.size }
  if (min > was.size.min || max < was.size.max) {
    const message = `${name} takes sizes from ${min} to ${max} points instead of ${was.size.min} to ${was.size.max}: others are refused.`
    changes.breaking(path, "sizes_narrowed", message, params)
  }
  if (initial !== was.size.default) {
    const message = `${name} starts with ${initial} instead of ${was.size.default} points: texts whose size nobody chose change it.`
    changes.breaking([...path, "default"], "default_size_changed", message, params)
  }
  if (auto_fit !== was.size.auto_fit) {
    const message = auto_fit
      ? `${name} shrinks long texts into its frame now.`
      : `${name} no longer shrinks long texts into its frame.`
    changes.notice([...path, "auto_fit"], "look_changed", message, params)
  }
}
