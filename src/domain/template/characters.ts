// Which characters a text may hold: the named sets of the template language, and what can never be printed.
import type { Issue } from "../issue"
import { issue, type Path } from "./findings"
import { graphemesOf } from "./graphemes"

/**
 * The names, as the template language has them.
 * - `latin`, `greek`, `cyrillic`, `arabic`, `hebrew`, `devanagari`, `thai`: the letters of a script, and its own digits;
 *   `cjk`: Chinese, Japanese (with kana) and Korean.
 * - `latin_basic`: a-z and A-Z without any accents.
 * - `digits`: 0-9.
 * - `punctuation`: what Unicode calls so, of every script: `. , ! ? & @ # ' " ( ) / - _`.
 * - `symbols`: currency, mathematical and other signs: `$ + = ^ | ~ ° ½ ² ♥ ™`; not those drawn as emoji.
 * - `emoji`: every emoji and sequence of Unicode's list for general interchange (RGI).
 */
export const CHARACTER_SETS = [
  "latin",
  "latin_basic",
  "greek",
  "cyrillic",
  "arabic",
  "hebrew",
  "devanagari",
  "thai",
  "cjk",
  "digits",
  "punctuation",
  "symbols",
  "emoji",
] as const

export type CharacterSet = (typeof CHARACTER_SETS)[number]

/** What a text zone allows, as in `zone.characters`. */
export type CharacterRule = { sets: readonly CharacterSet[]; extra: string }

/**
 * Base characters, each alone or with what belongs to it: combining marks, and the joiners between letters of one
 * cluster (Arabic, Devanagari). One repetition over one character at a time, so matching takes time in proportion to the
 * text.
 */
function cluster(base: string): RegExp {
  return new RegExp(`^(?=${base})(?:${base}|[\\p{M}\\u200c\\u200d])+$`, "u")
}

/** Letters and numbers of scripts; Script_Extensions knows letters that several scripts share. */
function script(...names: string[]): RegExp {
  const any = names.map((name) => `\\p{Script_Extensions=${name}}`).join("")
  return cluster(`(?=[${any}])[\\p{L}\\p{Nd}\\p{Nl}]`)
}

// The constructor, because the compiler's target knows neither the flag nor the property.
const RGI_EMOJI = new RegExp("^\\p{RGI_Emoji}$", "v")
// Drawn as emoji though no single one of the list: an unfinished flag, a sequence that no font has, a selector too few.
const LOOKS_LIKE_EMOJI =
  /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}\p{Emoji_Modifier}|\p{Extended_Pictographic}\u200d\p{Extended_Pictographic}/u

/** Asks for the plain sign where an emoji of the same character exists. */
const TEXT_SELECTOR = "\ufe0e"

const SETS: Record<CharacterSet, RegExp> = {
  latin: script("Latin"),
  latin_basic: /^[a-zA-Z]$/,
  greek: script("Greek"),
  cyrillic: script("Cyrillic"),
  arabic: script("Arabic"),
  hebrew: script("Hebrew"),
  devanagari: script("Devanagari"),
  thai: script("Thai"),
  cjk: script("Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"),
  digits: cluster("[0-9]"),
  punctuation: cluster("\\p{P}"),
  symbols: cluster("[\\p{S}\\p{No}]"),
  emoji: RGI_EMOJI,
}

/** A character of each set: a font without it has none of the set. */
export const SET_SAMPLES: Record<CharacterSet, string> = {
  latin: "a",
  latin_basic: "a",
  greek: "α",
  cyrillic: "ж",
  arabic: "ع",
  hebrew: "א",
  devanagari: "क",
  thai: "ก",
  cjk: "中",
  digits: "0",
  punctuation: ".",
  symbols: "+",
  emoji: "😀",
}

const SPACE = /^[\p{Zs}\n]+$/u
// Control characters but the line feed, lone surrogates, line separators and explicit directional formatting.
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu

/** Whether a text holds a control or direction character, which cannot be printed or hides what will be. */
export function holdsUnprintable(text: string): boolean {
  return text.search(UNPRINTABLE) !== -1
}

/** The rest of a text that holds such characters. */
export function withoutUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, "")
}

/**
 * The most marks that one letter may carry: what no orthography needs more than, by Unicode's Security Mechanisms (UTS
 * #39, section 5.4). More pile up over the neighbours.
 */
export const MAX_MARKS = 4

// What is not drawn itself, such as a joiner, does not end the pile.
const PILED_MARKS = new RegExp(
  `(?:[\\p{Mn}\\p{Me}]\\p{Default_Ignorable_Code_Point}*){${MAX_MARKS + 1}}`,
  "u"
)

/** Whether a letter of the text carries more marks than `MAX_MARKS`. Takes time in proportion to the text. */
export function pilesMarks(text: string): boolean {
  return PILED_MARKS.test(text)
}

/** Whether a grapheme is drawn as an emoji. Digits, `#`, `©` and the like are not, unless a selector makes them so. */
export function isEmoji(grapheme: string): boolean {
  return !grapheme.includes(TEXT_SELECTOR) && LOOKS_LIKE_EMOJI.test(grapheme)
}

/**
 * Decides on one grapheme. Spaces and line feeds are always allowed. Without a rule everything else is, but emoji; with one, what
 * is in one of its sets or in `extra`. Combining marks go with their base.
 */
export function allowedCharacters(rule: CharacterRule | undefined): (grapheme: string) => boolean {
  if (!rule) {
    return (grapheme) => !isEmoji(grapheme)
  }
  const extra = new Set(graphemesOf(rule.extra.normalize("NFC")))
  const sets = rule.sets.filter((name) => name !== "emoji").map((name) => SETS[name])
  const emoji = rule.sets.includes("emoji")
  return (grapheme) =>
    SPACE.test(grapheme) ||
    extra.has(grapheme) ||
    (isEmoji(grapheme) ? emoji && RGI_EMOJI.test(grapheme) : sets.some((set) => set.test(grapheme)))
}

/** The graphemes of a text that a rule does not allow, each once, in the order of the text. */
export function refusedCharacters(rule: CharacterRule | undefined, text: string): string[] {
  const allowed = allowedCharacters(rule)
  const distinct = new Set(graphemesOf(text.normalize("NFC")))
  return [...distinct].filter((grapheme) => !allowed(grapheme))
}

/** An issue for a rule that allows nothing but spaces. */
export function charactersIssue(
  zone: { characters?: CharacterRule | undefined },
  at: Path
): Issue | null {
  const rule = zone.characters
  return !rule || rule.sets.length > 0 || rule.extra.trim() !== ""
    ? null
    : issue(
        at,
        "no_characters",
        `${at.join(".")} allows no characters: name a set in sets, or characters in extra.`
      )
}
