// What holds for every quote: exact sums, no negative price, nothing for what is not there.
import { BigNumber } from "bignumber.js"
import fc from "fast-check"
import type { Selection } from "../selection/selection"
import { own, photo, priced, sets, size, sized, text, tint } from "./__tests__/zones"
import { currencyDigits } from "./currency"
import type { Quote } from "./quote"

describe("any quote", () => {
  const amount = fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 999_999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(6, "0")}`)
  const currency = fc.constantFrom("usd", "jpy", "kwd")
  const percent = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((part) => {
    return new BigNumber(part).shiftedBy(-4).toFixed()
  })
  const words = fc.string({ unit: "grapheme", maxLength: 20 })
  const cases = fc.record({
    currency_code: currency,
    flat: amount,
    each: amount,
    free: fc.nat(5),
    percent,
    delta: amount,
    base: fc.nat(1_000_000).map((part) => new BigNumber(part).shiftedBy(-3).toFixed()),
    text: words,
    keys: fc.shuffledSubarray(["name", "photo", "tint", "size_zone", "size"]),
    hidden: fc.boolean(),
  })
  type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never

  function ask({ currency_code, ...one }: Case, keys = one.keys): Quote {
    const in_currency = (value: string) => ({ [currency_code]: value })
    const zones = [
      text({
        flat: in_currency(one.flat),
        percent_of_base: one.percent,
        per_character: { free: one.free, amounts: in_currency(one.each) },
      }),
      photo({ per_image: in_currency(one.each), percent_of_base: one.percent }),
      tint(
        { flat: in_currency(one.flat) },
        one.hidden ? { show_if: { zone: "name", is: "?" } } : {}
      ),
      ...(one.keys.includes("size") ? [] : [size()]),
    ]
    const all: Selection = {
      ...own,
      ...sized,
      name: { kind: "text", value: { text: one.text } },
    }
    const selection = Object.fromEntries(
      keys.flatMap((key) => {
        const value = all[key]
        return value && (key !== "size_zone" || !one.keys.includes("size")) ? [[key, value]] : []
      })
    )
    return priced(zones, selection, {
      currency_code,
      base_price: one.base,
      option_sets: sets(one.delta),
    })
  }

  it("adds up to the last digit, is never negative, and has the currency's decimals", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { surcharges, base_price, unit_price } = ask(one)
        const sum = surcharges.reduce((all, line) => all.plus(line.amount), BigNumber(base_price))
        expect(sum.toFixed()).toBe(unit_price)
        expect(sum.isNegative()).toBe(false)
        for (const { amount: added } of surcharges) {
          expect(BigNumber(added).isZero()).toBe(false)
          expect(BigNumber(added).decimalPlaces()).toBeLessThanOrEqual(
            Math.max(currencyDigits(one.currency_code), BigNumber(base_price).decimalPlaces() ?? 0)
          )
        }
      })
    )
  })

  it("has no line for what is empty, not chosen or hidden, and none without its zone or set", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const paths = ask(one).surcharges.map(({ path }) => path)
        expect(paths.filter((path) => !one.keys.includes(path))).toEqual([])
        expect(paths.includes("name") && one.text.trim() === "").toBe(false)
        expect(paths.includes("tint") && one.hidden && one.text !== "?").toBe(false)
      })
    )
  })

  it("does not depend on the order of the values", () => {
    fc.assert(
      fc.property(cases, (one) => {
        expect(ask(one, [...one.keys].reverse())).toEqual(ask(one))
      })
    )
  })

  it("does not become cheaper with more letters", () => {
    fc.assert(
      fc.property(words, words, fc.nat(5), (start, more, free) => {
        const zone = text({ per_character: { free, amounts: { usd: "0.1" } } })
        const cost = (letters: string) =>
          BigNumber(
            priced([zone], { name: { kind: "text", value: { text: letters } } }).unit_price
          ).toNumber()
        expect(cost(start + more)).toBeGreaterThanOrEqual(cost(start))
      })
    )
  })

  it("takes percentages like whole numbers of the smallest unit, rounded half away from zero", () => {
    const unit = { usd: 2, jpy: 0, kwd: 3 } as const
    fc.assert(
      fc.property(
        fc.constantFrom<keyof typeof unit>("usd", "jpy", "kwd"),
        fc.nat(1_000_000_000),
        fc.integer({ min: 0, max: 10_000_000 }),
        (currency_code, cents, part) => {
          const base_price = new BigNumber(cents).shiftedBy(-unit[currency_code]).toFixed()
          const percent_of_base = new BigNumber(part).shiftedBy(-4).toFixed()
          const { unit_price } = priced([tint({ percent_of_base })], own, {
            currency_code,
            base_price,
          })
          // Integers only: cents × part / 1,000,000, with half a million added to round.
          const expected = BigInt(cents) + (BigInt(cents) * BigInt(part) + 500_000n) / 1_000_000n
          expect(new BigNumber(unit_price).shiftedBy(unit[currency_code]).toFixed()).toBe(
            expected.toString()
          )
        }
      )
    )
  })
})
