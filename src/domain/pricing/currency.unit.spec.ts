// Currencies' decimals.
import { currencyDigits } from "./currency"

describe("currencyDigits", () => {
  it("knows the currencies' decimals, in either case", () => {
    expect(["usd", "jpy", "kwd", "EUR"].map(currencyDigits)).toEqual([2, 0, 3, 2])
  })
})
