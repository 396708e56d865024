// Price rules and amounts, by example.
import type { Selection } from "../selection/selection"
import {
  own,
  photo,
  price,
  priced,
  sets,
  size,
  sized,
  text,
  tint,
  type ZoneInput,
} from "./__tests__/zones"

function lines(...args: Parameters<typeof price>): string[] {
  return priced(...args).surcharges.map(
    ({ path, label, amount }) => `${path} | ${label} | ${amount}`
  )
}

describe("price rules", () => {
  it("charge a flat amount and each character after the free ones, blanks not counted", () => {
    const zone = text({ flat: { usd: 2 }, per_character: { free: 3, amounts: { usd: "0.1" } } })
    expect(priced([zone], own)).toEqual({
      currency_code: "usd",
      base_price: "10",
      surcharges: [
        { path: "name", label: "Name", amount: "2" },
        { path: "name", label: "Name × 5", amount: "0.5" },
      ],
      unit_price: "12.5",
    })
  })

  it("count what a reader counts: neither blanks nor line breaks, a flag as one", () => {
    const zone = text({ per_character: { amounts: { usd: 1 } } }, { max_lines: 3 })
    const charged = (words: string) =>
      priced([zone], { name: { kind: "text", value: { text: words } } }).unit_price
    expect(charged("a\u00a0 \nb")).toBe("12")
    expect(charged("🇩🇪 e\u0301")).toBe("12")
    // Two half flags with a blank between them are two characters, as they are printed.
    expect(charged("🇩 🇪")).toBe("12")
  })

  it("charge a picture of the visitor's own, not the shop's", () => {
    const zone = photo({ flat: { usd: 3 }, per_image: { usd: 4 } }, { default: { asset: "logo" } })
    expect(lines([zone], own)).toEqual(["photo | Photo | 3", "photo | Photo × 1 | 4"])
    expect(lines([zone], {})).toEqual(["photo | Photo | 3"])
  })

  it.each([
    ["usd", "9.99", "12.5", "1.25"],
    ["usd", "0.04", "12.5", "0.01"],
    ["usd", "0.03", "12.5", null],
    ["jpy", "999", "12.5", "125"],
    ["jpy", "4", "12.5", "1"],
    ["kwd", "9.999", "12.5", "1.25"],
    ["kwd", "1", "0.05", "0.001"],
    ["usd", "10", "-12.5", "-1.25"],
    ["usd", "10", "-1000", "-10"],
    ["usd", "999999999999.99", "66.6667", "666666999999.99"],
  ])(
    "take a percentage of the base, exactly: %s %s × %s% is %s",
    (currency_code, base_price, percent_of_base, amount) => {
      const { surcharges } = priced([tint({ percent_of_base })], own, { currency_code, base_price })
      expect(surcharges[0]?.amount ?? null).toBe(amount)
    }
  )

  it("come in drawing order with their options, then the sets that no zone takes", () => {
    const gift = {
      key: "gift",
      title: "Gift",
      options: [{ value: "yes", label: "Yes", amount: "3" }],
    }
    const zones = [
      size({ price: { flat: { usd: 1 } } }),
      tint({ percent_of_base: 10 }),
      text({ flat: { usd: -2 } }),
    ]
    const selection: Selection = { gift: { kind: "option", value: "yes" }, ...own }
    expect(lines(zones, selection, { option_sets: [gift, ...sets("5")] })).toEqual([
      "size_zone | Size | 1",
      "size_zone | Size: XL | 5",
      "tint | Colour +10% | 1",
      "name | Name | -2",
      "gift | Gift: Yes | 3",
    ])
  })

  it("take what a zone holds for no choice from a set that has the zone's key", () => {
    const gift = {
      key: "gift",
      title: "Gift",
      options: [{ value: "xl", label: "XL", amount: "3" }],
    }
    const selection: Selection = { gift: { kind: "option", value: "xl" } }
    expect(
      lines([size({ key: "gift" })], selection, { option_sets: [...sets("5"), gift] })
    ).toEqual(["gift | Size: XL | 5"])
  })

  it("hold for defaults as for the visitor's own values, but not for an option that is gone", () => {
    const zones = [
      text({ flat: { usd: 1 } }, { default: "Ada" }),
      tint({ flat: { usd: 2 } }, { default: "#ff0000" }),
      size({ default: "xl", price: { flat: { usd: 3 } } }),
    ]
    expect(lines(zones, {}, { option_sets: sets("4") })).toEqual([
      "name | Name | 1",
      "tint | Colour | 2",
      "size_zone | Size | 3",
      "size_zone | Size: XL | 4",
    ])
    expect(lines(zones, { name: { kind: "text", value: { text: "" } } })).toEqual([
      "tint | Colour | 2",
    ])
  })

  it("charge nothing for a zone that is hidden", () => {
    const show_if = { zone: "tint", filled: true }
    const zones = [
      text({ flat: { usd: 1 }, per_character: { amounts: { usd: 1 } } }, { show_if, default: "A" }),
      photo({ per_image: { usd: 1 }, percent_of_base: 5 }, { show_if }),
      size({ show_if, price: { flat: { usd: 1 } } }),
      tint({ flat: { usd: 2 } }),
    ]
    const { tint: color, ...rest } = own
    expect(lines(zones, rest, { option_sets: sets("9") })).toEqual([])
    expect(
      color && lines(zones, { ...rest, tint: color }, { option_sets: sets("9") })
    ).toHaveLength(7)
  })
})

describe("amounts", () => {
  it("of a base price with more decimals than can be paid are rounded before anything is added", () => {
    const zone = text({ percent_of_base: 10 })
    const quoted = priced([zone], own, { base_price: "9.994" })
    expect(quoted).toMatchObject({ base_price: "9.99", unit_price: "10.99" })
  })

  it("of another currency are never used, but zero is zero everywhere", () => {
    const ask = (amount: number) =>
      price([text({ flat: { usd: amount } })], own, { currency_code: "eur" })
    const refused = ask(2)
    expect(refused.success || refused.issues).toEqual([
      expect.objectContaining({
        path: ["options", "name"],
        code: "no_price_in_currency",
        params: { currency_code: "eur" },
      }),
    ])
    expect(ask(0)).toMatchObject({ success: true, value: { unit_price: "10" } })
  })

  it("are asked for only where the rule applies, and once for a zone", () => {
    const eur = (...zones: ZoneInput[]) => {
      const result = price(zones, own, { currency_code: "eur", option_sets: sets(null) })
      return result.success ? [] : result.issues.map(({ path }) => path.join("."))
    }
    const per = (free: number) => ({ per_character: { free, amounts: { usd: 1 } } })
    expect(eur(text(per(8)), photo({ percent_of_base: 5 }))).toEqual([])
    expect(eur(text(per(7)))).toEqual(["options.name"])
    expect(eur(text({ flat: { usd: 1 }, ...per(0) }), size())).toEqual([
      "options.name",
      "options.size_zone",
    ])
    expect(eur(text({ flat: { usd: 1 } }, { show_if: { zone: "tint", filled: true } }))).toEqual([])
  })

  it("reduce to zero and no further, whatever the order", () => {
    const zones = [text({ flat: { usd: -25 } }), tint({ flat: { usd: 5 } })]
    expect(priced(zones, { ...own, ...sized }, { option_sets: sets("-1") })).toMatchObject({
      unit_price: "0",
      surcharges: [
        { path: "name", amount: "-15" },
        { path: "tint", amount: "5" },
      ],
    })
  })
})
