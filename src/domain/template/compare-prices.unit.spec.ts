// A comparison tells what becomes dearer or cheaper, and breaks where a currency is lost: there and nowhere else.
import fc from "fast-check"
import { SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { quote } from "../pricing/quote"
import type { ZoneValue } from "../selection/selection"
import { COLOR_ZONE, definition, IMAGE_ZONE, type Json } from "./__tests__/zones"
import { compareDefinitions } from "./compare"

/** What changes with a zone's price, as `severity path: message`. */
function changed(zone: Json, before: Json | undefined, after: Json | undefined): string[] {
  return compareDefinitions(
    definition([{ ...zone, price: before }]),
    definition([{ ...zone, price: after }])
  ).map(({ severity, path, message }) => `${severity} ${path.slice(3).join(".")}: ${message}`)
}

describe("the prices of two versions", () => {
  it.each<[string, Json, Json | undefined, Json | undefined, string[]]>([
    [
      "a currency less",
      COLOR_ZONE,
      { flat: { usd: 5, eur: 5 } },
      { flat: { usd: 5 } },
      [
        'breaking flat.eur: "Tint" has no surcharge in EUR any more: designs that use it cannot be bought in EUR.',
      ],
    ],
    [
      "a first price",
      COLOR_ZONE,
      undefined,
      { flat: { usd: 5 } },
      [
        'breaking flat: "Tint" costs extra now, in USD only: designs that use it cannot be bought in other currencies.',
        'notice flat.usd: For "Tint", the surcharge in USD is 5 now.',
      ],
    ],
    [
      "zero no more",
      COLOR_ZONE,
      { flat: { usd: 0, eur: 0 } },
      { flat: { usd: 5, gbp: 4 } },
      [
        'breaking flat: "Tint" costs extra now, in USD and GBP only: designs that use it cannot be bought in other currencies.',
        'notice flat.usd: For "Tint", the surcharge in USD is 5 instead of 0.',
        'notice flat.gbp: For "Tint", the surcharge in GBP is 4 now.',
      ],
    ],
    [
      "a currency more",
      COLOR_ZONE,
      { flat: { usd: 5 } },
      { flat: { usd: 5, eur: 5 } },
      ['notice flat.eur: For "Tint", the surcharge in EUR is 5 now.'],
    ],
    [
      "no price any more",
      COLOR_ZONE,
      { flat: { usd: 5 } },
      undefined,
      ['notice flat.usd: For "Tint", the surcharge in USD was 5 and falls away.'],
    ],
    [
      "a currency that zero stands for too",
      COLOR_ZONE,
      { flat: { usd: 5, eur: 5 } },
      { flat: { usd: "0.00" } },
      [
        'notice flat.usd: For "Tint", the surcharge in USD is 0 instead of 5.',
        'notice flat.eur: For "Tint", the surcharge in EUR was 5 and falls away.',
      ],
    ],
    ["a price of nothing", COLOR_ZONE, undefined, { flat: { usd: 0 }, percent_of_base: "0" }, []],
    [
      "the same numbers",
      COLOR_ZONE,
      { flat: { usd: "05", eur: "-0", gbp: "2.50" }, percent_of_base: "05.0" },
      { flat: { usd: 5, eur: "0", gbp: 2.5 }, percent_of_base: 5 },
      [],
    ],
    [
      "fewer free characters in one currency",
      SAMPLE_TEXT_ZONE,
      { per_character: { free: 5, amounts: { usd: 1 } } },
      { per_character: { free: 3, amounts: { usd: 1 } } },
      [
        'breaking per_character.amounts: "Name" charges for more characters now, in USD only: designs with more than 3 characters there cannot be bought in other currencies.',
        'notice per_character.free: For "Name", the number of free characters is 3 instead of 5.',
      ],
    ],
    [
      "fewer free characters in a zone that is sold in two currencies",
      SAMPLE_TEXT_ZONE,
      { flat: { usd: 1, eur: 1 }, per_character: { free: 5, amounts: { usd: 1 } } },
      { flat: { usd: 1, eur: 1 }, per_character: { free: 3, amounts: { usd: 1 } } },
      [
        'breaking per_character.amounts.eur: "Name" has no surcharge for each character in EUR: designs with more than 3 characters there cannot be bought in EUR.',
        'notice per_character.free: For "Name", the number of free characters is 3 instead of 5.',
      ],
    ],
    [
      "a price for characters that no text has",
      SAMPLE_TEXT_ZONE,
      undefined,
      { per_character: { free: 10, amounts: { usd: 1 } } },
      [
        'notice per_character.amounts.usd: For "Name", the surcharge for each character in USD is 1 now.',
        'notice per_character.free: For "Name", the number of free characters is 10 now.',
      ],
    ],
    [
      "a currency that another rule never had",
      SAMPLE_TEXT_ZONE,
      { flat: { usd: 1, eur: 1 }, per_character: { amounts: { usd: 1 } } },
      { flat: { usd: 1 }, per_character: { amounts: { usd: 1 } } },
      [],
    ],
    [
      "pictures that cost extra, where there is one of the shop's",
      { ...IMAGE_ZONE, default: { asset: "logo" } },
      undefined,
      { per_image: { usd: 1 } },
      [
        'breaking per_image: "Photo" costs extra now, in USD only: designs with a picture of the visitor\'s own there cannot be bought in other currencies.',
        'notice per_image.usd: For "Photo", the surcharge for a picture in USD is 1 now.',
      ],
    ],
    [
      "a zone that costs what its pictures did",
      IMAGE_ZONE,
      { per_image: { usd: 1 } },
      { flat: { usd: 1 } },
      [
        'notice flat.usd: For "Photo", the surcharge in USD is 1 now.',
        'notice per_image.usd: For "Photo", the surcharge for a picture in USD was 1 and falls away.',
      ],
    ],
  ])("%s", (_, zone, before, after, expected) => {
    expect(changed(zone, before, after)).toEqual(expected)
  })

  it("break exactly where a design that had a price in a currency has none any more", () => {
    const amount = fc.constantFrom("0", "0.00", "1", "-2")
    const amounts = fc
      .record({ usd: amount, eur: amount, gbp: amount }, { requiredKeys: [] })
      .filter((record) => Object.keys(record).length > 0)
    const per_character = fc.record({ free: fc.nat(5), amounts })
    const some = { requiredKeys: [] }
    const ofText = fc.record({ flat: amounts, per_character }, some)
    const ofImage = fc.record({ flat: amounts, per_image: amounts }, some)
    const zones = fc.oneof(
      fc
        .record({
          lengths: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
        })
        .chain(({ lengths }) =>
          fc.record({
            zone: fc.constant({ ...SAMPLE_TEXT_ZONE }),
            fields: fc.constant(lengths.map((max_length) => ({ max_length }))),
            prices: fc.tuple(ofText, ofText),
            values: fc.constant(
              Array.from({ length: Math.min(...lengths) }, (_, index): ZoneValue | null => ({
                kind: "text",
                value: { text: "a".repeat(index + 1) },
              }))
            ),
          })
        ),
      fc.record({
        zone: fc.constantFrom<Json>(IMAGE_ZONE, { ...IMAGE_ZONE, default: { asset: "logo" } }),
        fields: fc.constant<Json[]>([{}, {}]),
        prices: fc.tuple(ofImage, ofImage),
        values: fc.constant<(ZoneValue | null)[]>([
          { kind: "image", value: { upload_id: "u", zoom: 1, x: 0, y: 0, rotation: 0 } },
          null,
        ]),
      })
    )
    let broken = 0
    fc.assert(
      fc.property(zones, ({ zone, fields, prices, values }) => {
        const [before, after] = [0, 1].map((at) =>
          definition([{ ...zone, ...fields[at], price: prices[at] }])
        )
        if (!before || !after) {
          throw new Error("Two versions are needed.")
        }
        const isPriced = (version: typeof before, value: ZoneValue | null, currency_code: string) =>
          quote({
            definition: version,
            selection: value ? { [String(zone.key)]: value } : {},
            option_sets: [],
            base_price: "10",
            currency_code,
          }).success
        const lost = ["usd", "eur", "gbp", "jpy"].some((currency) =>
          values.some(
            (value) => isPriced(before, value, currency) && !isPriced(after, value, currency)
          )
        )
        broken += lost ? 1 : 0
        expect(
          compareDefinitions(before, after).some(({ code }) => code === "no_price_in_currency")
        ).toBe(lost)
      }),
      { numRuns: 2000 }
    )
    expect(broken).toBeGreaterThan(200)
  })
})
