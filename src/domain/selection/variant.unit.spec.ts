// Choices of bound option sets and the variants they come to.
import fc from "fast-check"
import {
  determineVariant,
  variantMismatches,
  type BoundChoice,
  type VariantValues,
} from "./variant"

const variant = (id: string, size: string, color: string): VariantValues => ({
  id,
  values: { size, color },
})
const choice = (product_option_id: string, value_id: string): BoundChoice => ({
  key: `${product_option_id}_zone`,
  product_option_id,
  value_id,
})
const GRID = [
  variant("s-red", "s", "red"),
  variant("s-blue", "s", "blue"),
  variant("l-red", "l", "red"),
]
const id = (result: ReturnType<typeof determineVariant>) =>
  result.success ? result.value : result.issues.map(({ code, path }) => `${path.join(".")} ${code}`)

describe("determineVariant", () => {
  it.each<[string, BoundChoice[], string | null, string[], string | null | string[]]>([
    ["all options chosen", [choice("size", "s"), choice("color", "blue")], null, [], "s-blue"],
    ["several fit", [choice("size", "s")], null, [], null],
    ["one fits a single choice", [choice("size", "l")], null, [], "l-red"],
    ["what was not chosen stays as it was", [choice("size", "s")], "l-red", [], "s-red"],
    ["what was cleared does not stay", [choice("size", "s")], "l-red", ["color"], null],
    ["no choice keeps the variant", [], "s-blue", [], "s-blue"],
    ["everything cleared", [], "s-blue", ["size", "color"], null],
    ["a variant that is gone prefers nothing", [choice("size", "s")], "gone", [], null],
    [
      "no variant has it",
      [choice("size", "l"), choice("color", "blue")],
      null,
      [],
      ["options.size_zone no_such_variant", "options.color_zone no_such_variant"],
    ],
    [
      "two zones that contradict each other",
      [choice("size", "l"), { ...choice("size", "s"), key: "second" }],
      null,
      [],
      ["options.size_zone no_such_variant", "options.second no_such_variant"],
    ],
  ])("%s", (_, choices, preferred, cleared, expected) => {
    expect(id(determineVariant(GRID, choices, preferred, cleared))).toEqual(expected)
  })

  it("takes a product's only variant", () => {
    expect(id(determineVariant([variant("one", "s", "red")], []))).toBe("one")
  })

  it("is not led astray by names of the language", () => {
    expect(id(determineVariant(GRID, [choice("__proto__", "s")]))).toEqual([
      "options.__proto___zone no_such_variant",
    ])
  })

  it("only ever answers a variant that has every choice", () => {
    const value = fc.constantFrom("a", "b", "c")
    const grid = fc.uniqueArray(fc.tuple(value, value), {
      minLength: 1,
      selector: (pair) => pair.join(),
    })
    const chosen = fc.array(fc.tuple(fc.constantFrom("size", "color"), value), { maxLength: 3 })
    fc.assert(
      fc.property(grid, chosen, fc.nat(8), (pairs, picks, index) => {
        const variants = pairs.map(([size, color]) => variant(`${size}${color}`, size, color))
        const choices = picks.map(([option, picked]) => choice(option, picked))
        const fits = variants.filter((one) => variantMismatches(one, choices).length === 0)
        const before = variants[index % variants.length]?.id ?? null
        const result = determineVariant(variants, choices, before)
        expect(result.success).toBe(fits.length > 0)
        if (result.success && result.value !== null) {
          expect(fits.map((one) => one.id)).toContain(result.value)
        }
        if (result.success && fits.some((one) => one.id === before)) {
          // A variant that fits every choice is left only for the single one that fits, which is then the same.
          expect(result.value).toBe(before)
        }
      })
    )
  })
})

describe("variantMismatches", () => {
  it("names each choice that the variant does not have", () => {
    const issues = variantMismatches(variant("s-red", "s", "red"), [
      choice("size", "l"),
      choice("color", "red"),
    ])
    expect(issues).toMatchObject([
      { path: ["options", "size_zone"], code: "variant_mismatch", params: { variant_id: "s-red" } },
    ])
  })
})
