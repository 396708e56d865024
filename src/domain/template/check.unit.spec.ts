// Faults of definitions are found all at once, each with its path.
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { checkDefinition } from "./check"

const context = { fonts: new Set(["inter"]), assets: new Set(["shirt"]) }

function sample() {
  return {
    schema: 1,
    placements: [SAMPLE_PLACEMENT],
    zones: [{ ...SAMPLE_TEXT_ZONE }] as Record<string, unknown>[],
  }
}

function faults(input: unknown) {
  const result = checkDefinition(input, context)
  return result.success ? [] : result.issues.map(({ path, code }) => `${path.join(".")} ${code}`)
}

describe("checkDefinition", () => {
  it("takes a good definition and fills its defaults in", () => {
    const result = checkDefinition(sample(), context)
    expect(result).toMatchObject({
      success: true,
      value: { zones: [{ required: false, align: "center", max_lines: 1 }] },
    })
  })

  it("reports every reference that leads nowhere", () => {
    const input = sample()
    Object.assign(input.zones[0] ?? {}, { placement: "inside", fonts: ["inter", "wingdings"] })
    input.zones.push({
      kind: "static_image",
      key: "logo",
      placement: "front",
      frame: input.zones[0]?.frame,
      asset: "gone",
    })
    input.zones.push({
      kind: "color",
      key: "tint",
      label: "Tint",
      colors: [{ name: "Red", value: "#ff0000" }],
      default: "#00ff00",
      paints: { target: "shape", zone: "name" },
    })
    expect(faults(input)).toEqual([
      "zones.0.placement unknown_placement",
      "zones.0.fonts.1 unknown_font",
      "zones.1.asset unknown_asset",
      "zones.2.paints.zone unknown_shape_zone",
      "zones.2.default not_in_palette",
    ])
  })

  it("refuses doubled keys, sizes out of order and unknown keys", () => {
    const input = sample()
    input.zones.push({ ...input.zones[0], size: { min: 30, max: 40, default: 20 } })
    expect(faults(input)).toEqual(["zones.1.key duplicate_key", "zones.1.size size_order"])
    expect(faults({ ...sample(), extra: 1 })).toEqual(["extra unknown_field"])
  })

  it("takes decimal amounts only, whether they come as numbers or as strings", () => {
    const priced = (amount: unknown) => {
      const input = sample()
      Object.assign(input.zones[0] ?? {}, { price: { flat: { usd: amount } } })
      return faults(input)
    }
    expect([2.5, "2.50", 0, "-1"].flatMap(priced)).toEqual([])
    expect([0.1 + 0.2, 1e21, 1e-7, "1e3", NaN].map((amount) => priced(amount).length)).toEqual([
      1, 1, 1, 1, 1,
    ])
  })

  it("never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (whole, zone) => {
        expect(checkDefinition(whole, context).success).toBe(false)
        const result = checkDefinition({ ...sample(), zones: [zone] }, context)
        expect(result.success || result.issues.length > 0).toBe(true)
      })
    )
  })
})
