// Named character sets hold what their names promise, and nothing that looks like something else.
import fc from "fast-check"
import {
  allowedCharacters,
  charactersIssue,
  CHARACTER_SETS,
  holdsUnprintable,
  isEmoji,
  pilesMarks,
  refusedCharacters,
  type CharacterSet,
} from "./characters"

const EXAMPLES: Record<CharacterSet, { inside: string[]; outside: string[] }> = {
  latin: { inside: ["a", "Ñ", "ß", "ø", "e\u0323\u0302", "Ⅷ", "ﬁ"], outside: ["Ω", "1", "&", "²"] },
  latin_basic: { inside: ["a", "Z"], outside: ["é", "e\u0301", "1", "-"] },
  greek: { inside: ["Ω", "ά"], outside: ["a", "Ж"] },
  cyrillic: { inside: ["Ж", "ї"], outside: ["a", "Ω"] },
  arabic: { inside: ["ب", "بّ", "ـ", "٣", "پ"], outside: ["ב", "a", "،"] },
  hebrew: { inside: ["ש", "שּׁ"], outside: ["ب", "a"] },
  devanagari: { inside: ["क", "क्षि", "क्\u200dष", "३"], outside: ["ก", "a", "।"] },
  thai: { inside: ["ก", "กำ", "ที่", "๙"], outside: ["क", "a", "฿"] },
  cjk: { inside: ["漢", "々", "〇", "か", "カ", "ー", "한", "ㄅ"], outside: ["、", "a", "！"] },
  digits: { inside: ["0", "9"], outside: ["٣", "½", "1\ufe0f\u20e3", "a"] },
  punctuation: { inside: [".", "&", "@", "-", "«", "、", "؟", "।"], outside: ["+", "$", "a"] },
  symbols: {
    inside: ["$", "€", "+", "°", "½", "©", "™", "♥", "♥\ufe0e"],
    outside: ["♥\ufe0f", "&"],
  },
  emoji: {
    inside: [
      "😀",
      "♥\ufe0f",
      "👍🏽",
      "👩\u200d👩\u200d👧",
      "🇩🇪",
      "1\ufe0f\u20e3",
      "©\ufe0f",
      "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    ],
    outside: ["1", "#", "©", "™", "♥", "a", "🇦", "👍\u200d👍"],
  },
}

describe("pilesMarks", () => {
  const pile = (marks: number, between = "") => `a${`\u0301${between}`.repeat(marks)}b`

  it("lets a letter carry four marks", () => {
    expect([pilesMarks(pile(4)), pilesMarks(pile(5)), pilesMarks(pile(4).repeat(9))]).toEqual([
      ...[false, true, false],
    ])
  })

  it.each(["\u200d", "\u200c", "\u2060", "\u00ad", "\ufe0e", "\u{e0061}"])(
    "is not deceived by what is not drawn: %j",
    (between) => {
      expect(pilesMarks(pile(5, between))).toBe(true)
      expect(pilesMarks(pile(5, between.repeat(3)))).toBe(true)
    }
  )

  it("leaves the joiners of scripts alone", () => {
    expect(
      pilesMarks("\u0915\u094d\u200d\u0937 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
    ).toBe(false)
  })
})

describe("the named sets", () => {
  it.each(CHARACTER_SETS)("%s", (name) => {
    const { inside, outside } = EXAMPLES[name]
    const rule = { sets: [name], extra: "" }
    expect(inside.flatMap((text) => refusedCharacters(rule, text))).toEqual([])
    expect(outside.map((text) => refusedCharacters(rule, text).length)).toEqual(
      outside.map(() => 1)
    )
  })

  it("share no character but Latin's", () => {
    const apart = CHARACTER_SETS.filter((name) => name !== "latin_basic")
    for (const [name, { inside }] of Object.entries(EXAMPLES)) {
      const others = apart.filter(
        (other) => other !== name && !(name === "latin_basic" && other === "latin")
      )
      expect(
        inside.map((text) => refusedCharacters({ sets: others, extra: "" }, text).length)
      ).toEqual(inside.map(() => 1))
    }
  })
})

describe("refusedCharacters", () => {
  it("names each refused grapheme once, in the text's order", () => {
    const rule = { sets: ["latin" as const], extra: "&" }
    expect(refusedCharacters(rule, "Tom & Zoë 2 + 2 👩\u200d🚀 👩\u200d🚀")).toEqual([
      "2",
      "+",
      "👩\u200d🚀",
    ])
    expect(refusedCharacters(rule, "a\nb\u00a0c\u3000")).toEqual([])
  })

  it("without a rule refuses emoji only", () => {
    expect(refusedCharacters(undefined, "漢 Ω 1# ©™ ♥ \u0301 👍 ❤\ufe0f 🇦 5\u20e3")).toEqual([
      "👍",
      "❤\ufe0f",
      "🇦",
      "5\u20e3",
    ])
  })

  it("takes characters of extra whatever their kind, composed or not", () => {
    const rule = { sets: [], extra: "e\u0301♥\ufe0f" }
    expect(refusedCharacters(rule, "é♥\ufe0f♥e")).toEqual(["♥", "e"])
  })

  it("refuses exactly the graphemes that are not allowed", () => {
    const rules = fc.option(
      fc.record({
        sets: fc.uniqueArray(fc.constantFrom(...CHARACTER_SETS)),
        extra: fc.string({ unit: "grapheme", maxLength: 5 }),
      }),
      { nil: undefined }
    )
    fc.assert(
      fc.property(rules, fc.string({ unit: "binary", maxLength: 20 }), (rule, text) => {
        const segments = new Intl.Segmenter("und").segment(text.normalize("NFC"))
        const graphemes = [...segments].map(({ segment }) => segment)
        const refused = refusedCharacters(rule, text)
        expect(new Set(refused).size).toBe(refused.length)
        const allowed = allowedCharacters(rule)
        expect(
          graphemes.filter((grapheme) => !allowed(grapheme) !== refused.includes(grapheme))
        ).toEqual([])
      }),
      { numRuns: 1000 }
    )
  })
})

describe("isEmoji", () => {
  it("follows the selectors", () => {
    expect(["⌚", "♥\ufe0f", "👍🏿", "1\ufe0f\u20e3"].filter((text) => !isEmoji(text))).toEqual([])
    expect(["⌚\ufe0e", "♥", "1", "*", "ℹ", "a\ufe0f"].filter(isEmoji)).toEqual([])
  })
})

describe("charactersIssue", () => {
  it("wants a set or an extra character", () => {
    const at = ["zones", 0, "characters"]
    expect(charactersIssue({}, at)).toBeNull()
    expect(charactersIssue({ characters: { sets: [], extra: "&" } }, at)).toBeNull()
    expect(charactersIssue({ characters: { sets: ["thai"], extra: "" } }, at)).toBeNull()
    expect(charactersIssue({ characters: { sets: [], extra: " \u00a0" } }, at)).toMatchObject({
      path: at,
      code: "no_characters",
    })
  })
})

describe("holdsUnprintable", () => {
  it("finds controls, lone surrogates and direction overrides, but lets line feeds and joiners be", () => {
    const bad = ["a\tb", "a\u0000", "\r\n", "\ud83d", "\u202eabc", "\u2067", "\u2028", "\u0085"]
    expect(bad.filter((text) => !holdsUnprintable(text))).toEqual([])
    expect(["a\nb", "क्\u200dष", "\u200f", "😀", "\u00a0"].filter(holdsUnprintable)).toEqual([])
  })
})
