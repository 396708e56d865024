// Surcharges and unit prices in exact decimals.
import { BigNumber } from "bignumber.js"
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import type { Selection } from "../selection/selection"
import { definitionSchema } from "../template/definition"
import { currencyDigits } from "./currency"
import { quote } from "./quote"

function definition(price: object) {
  return definitionSchema.parse({
    schema: 1,
    placements: [SAMPLE_PLACEMENT],
    zones: [{ ...SAMPLE_TEXT_ZONE, max_length: 40, price }],
  })
}

const named: Selection = { name: { kind: "text", value: { text: "Ada Byron" } } }
const sets = (amount: string | null) => [
  { key: "size", title: "Size", options: [{ value: "xl", label: "XL", amount }] },
]
const sized: Selection = { size: { kind: "option", value: "xl" } }

describe("quote", () => {
  it("charges a flat amount and each character after the free ones, blanks not counted", () => {
    const result = quote({
      definition: definition({
        flat: { usd: 2 },
        per_character: { free: 3, amounts: { usd: "0.1" } },
      }),
      selection: named,
      option_sets: [],
      base_price: "10",
      currency_code: "usd",
    })
    expect(result).toEqual({
      success: true,
      value: {
        currency_code: "usd",
        base_price: "10",
        surcharges: [
          { path: "name", label: "Name", amount: "2" },
          { path: "name", label: "Name (5)", amount: "0.5" },
        ],
        unit_price: "12.5",
      },
    })
  })

  it("charges nothing for a zone that is not used", () => {
    const result = quote({
      definition: definition({ flat: { usd: 2 } }),
      selection: {},
      option_sets: [],
      base_price: "10",
      currency_code: "usd",
    })
    expect(result.success && result.value.unit_price).toBe("10")
  })

  it("never uses another currency's amount, but zero is zero everywhere", () => {
    const ask = (amount: number) =>
      quote({
        definition: definition({ flat: { usd: amount } }),
        selection: named,
        option_sets: [],
        base_price: "10",
        currency_code: "eur",
      })
    const refused = ask(2)
    expect(refused.success || refused.issues).toMatchObject([
      { path: ["options", "name"], code: "no_price_in_currency", params: { currency_code: "eur" } },
    ])
    expect(ask(0)).toMatchObject({ success: true, value: { unit_price: "10" } })
  })

  it("refuses an option without a price in the currency", () => {
    const result = quote({
      definition: definition({}),
      selection: sized,
      option_sets: sets(null),
      base_price: "10",
      currency_code: "eur",
    })
    expect(result.success).toBe(false)
  })

  it("stops a reduction at zero", () => {
    const result = quote({
      definition: definition({}),
      selection: sized,
      option_sets: sets("-25"),
      base_price: "10",
      currency_code: "usd",
    })
    expect(result).toMatchObject({
      success: true,
      value: { unit_price: "0", surcharges: [{ amount: "-10" }] },
    })
  })

  it("knows the currencies' decimals", () => {
    expect(["usd", "jpy", "kwd"].map(currencyDigits)).toEqual([2, 0, 3])
  })

  it("always adds up, to the last digit, and is never negative", () => {
    const amount = fc
      .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 999_999 }))
      .map(([whole, part]) => `${whole}.${String(part).padStart(6, "0")}`)
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.nat(1_000_000),
        fc.constantFrom("usd", "jpy", "kwd"),
        (flat, delta, base, currency_code) => {
          const result = quote({
            definition: definition({ flat: { [currency_code]: flat } }),
            selection: { ...named, ...sized },
            option_sets: sets(delta),
            base_price: String(base),
            currency_code,
          })
          if (!result.success) {
            throw new Error("must be priced")
          }
          const { surcharges, base_price, unit_price } = result.value
          const sum = surcharges.reduce((all, line) => all.plus(line.amount), BigNumber(base_price))
          expect(sum.toFixed()).toBe(unit_price)
          expect(sum.isNegative()).toBe(false)
          for (const line of surcharges) {
            expect(BigNumber(line.amount).decimalPlaces()).toBeLessThanOrEqual(
              currencyDigits(currency_code)
            )
          }
        }
      )
    )
  })
})
