import { prepareText } from "./letter-case"

const title = (text: string) => prepareText(text, "title")

describe("title case", () => {
  it.each([
    ["ada lovelace", "Ada Lovelace"],
    ["jean-luc", "Jean-Luc"],
    ["o'neil and McDonald", "O'neil And McDonald"],
    ["  two\tblanks\nnext line", "  Two\tBlanks\nNext Line"],
    ["“quoted” (words) ¿qué?", "“Quoted” (Words) ¿Qué?"],
    ["3rd 4ever", "3rd 4ever"],
    ["élan ömer ünal", "Élan Ömer Ünal"],
    ["ßtraße", "Sstraße"],
    ["ἀθήνα москва", "Ἀθήνα Москва"],
    ["თბილისი", "თბილისი"],
    ["سلام 漢字", "سلام 漢字"],
    ["ADA", "ADA"],
    ["", ""],
  ])("of %j is %j", (text, expected) => {
    expect(title(text)).toBe(expected.normalize("NFC"))
  })

  it("finds the first letter of a decomposed text too", () => {
    expect(title("e\u0301lan")).toBe("\u00c9lan")
  })

  it("does not depend on the process's language", () => {
    // A Turkish locale would make it a dotted capital.
    expect(title("istanbul")).toBe("Istanbul")
  })
})

describe("capitals", () => {
  it("of Greek have no accents; those of other scripts keep theirs", () => {
    expect(prepareText("Καλημέρα, κόσμε Ἀθῆναι Αθήνα", "upper")).toBe(
      "ΚΑΛΗΜΕΡΑ, ΚΟΣΜΕ ΑΘΗΝΑΙ ΑΘΗΝΑ"
    )
    expect(prepareText("José straße ижица istanbul", "upper")).toBe("JOSÉ STRASSE ИЖИЦА ISTANBUL")
  })
})

describe("every letter case", () => {
  it("composes characters and has one kind of line end", () => {
    for (const letterCase of ["as_typed", "upper", "lower", "title"] as const) {
      expect(prepareText("1\r\n2\r3\n\u0041\u030a", letterCase)).toMatch(
        /^1\n2\n3\n[\u00c5\u00e5]$/
      )
    }
  })
})
