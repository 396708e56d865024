// What amounts in a change come to, by the plain prices and those that regions show.
import { comparePrices, type PriceOffer } from "./compare-prices"

const ANY = Infinity
const NONE = 0

/** Prices of variants `a`, `b`, ... as `[amount, seen_below]`. */
function offer(...prices: [number | null, number][]): PriceOffer {
  return new Map(
    prices.map(([amount, seen_below], at) => [String.fromCharCode(97 + at), { amount, seen_below }])
  )
}

function outcome(offers: PriceOffer[], input: Parameters<typeof comparePrices>[1]): string[] {
  const { amounts, issues } = comparePrices(offers, input, "usd")
  return issues.length > 0
    ? issues.map(({ path, code }) => `${path.join(".")} ${code}`)
    : [...amounts].map(([id, amount]) => `${id}=${amount}`)
}

describe("comparePrices", () => {
  const plain = offer([10, ANY])

  it.each([
    ["the plain price is shown", offer([10, ANY]), "12", ["a=12"]],
    ["it repeats the plain price", offer([6, 6]), "10", []],
    ["it repeats the sale's price", offer([6, 6]), "6", []],
    ["it is lower than the sale's price", offer([6, 6]), "5", ["a=5"]],
    ["the sale's price stays lower", offer([6, 6]), "8", ["base_price price_overridden"]],
    ["an override decides", offer([6, NONE]), "5", ["base_price price_overridden"]],
    ["an override of 0 decides", offer([0, NONE]), "5", ["base_price price_overridden"]],
  ])("a base price when %s", (_when, shown, base_price, expected) => {
    expect(outcome([plain, shown], { base_price })).toEqual(expected)
  })

  it("takes a price that one region of several shows", () => {
    const shown = [offer([6, 6]), offer([25, NONE])]
    expect(outcome([plain, ...shown], { base_price: "5" })).toEqual(["a=5"])
    expect(outcome([plain, ...shown], { base_price: "7" })).toEqual(["base_price price_overridden"])
  })

  it("takes variants' prices, and a base price that fits what they come to", () => {
    const offers = [offer([10, ANY], [20, ANY]), offer([6, 6], [20, ANY])]
    const variants = [{ id: "a", base_price: "4" }]
    expect(outcome(offers, { variants, base_price: "4" })).toEqual(["a=4"])
    expect(outcome(offers, { variants, base_price: "5" })).toEqual([
      "base_price ambiguous_base_price",
    ])
    const dear = [{ id: "a", base_price: "8" }]
    expect(outcome(offers, { variants: dear })).toEqual(["variants.0.base_price price_overridden"])
    expect(outcome(offers, { variants: [{ id: "b", base_price: "30" }], base_price: "6" })).toEqual(
      ["b=30"]
    )
  })
})
