// Currencies' decimals.
import { currencyDigits, tooPrecise } from "./currency"

describe("currencyDigits", () => {
  it("knows the currencies' decimals, in either case", () => {
    const codes = ["usd", "jpy", "kwd", "EUR", "usd"]
    expect(codes.map((code) => currencyDigits(code))).toEqual([2, 0, 3, 2, 2])
  })
})

describe("tooPrecise", () => {
  it.each([
    ["1", "usd"],
    ["-1.25", "usd"],
    ["1.250000", "eur"],
    ["3.000", "jpy"],
    ["0.125", "kwd"],
  ])("takes %s %s", (amount, currency) => {
    expect(tooPrecise(amount, currency, ["price"])).toBeNull()
  })

  it.each([
    ["1.005", "usd", 2],
    ["-0.001", "eur", 2],
    ["0.5", "jpy", 0],
    ["1.0001", "kwd", 3],
  ])("finds fault with %s %s", (amount, currency_code, max_decimals) => {
    expect(tooPrecise(amount, currency_code, ["options", 0, "price"])).toEqual({
      path: ["options", 0, "price"],
      code: "too_precise",
      message: `options.0.price may have at most ${max_decimals} decimals in ${currency_code.toUpperCase()}.`,
      params: { currency_code, max_decimals },
    })
  })
})
