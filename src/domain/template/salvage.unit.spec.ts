// A document with faults in its form is told its other faults too, and none that only follow from those.
import { answer } from "./__tests__/changed"
import { FULL_DEFINITION } from "./__tests__/documents"

describe("checkDefinition, of a document with faults in its form", () => {
  const [text, ...others] = FULL_DEFINITION.zones
  const [front, back] = FULL_DEFINITION.placements
  const document = (zones: unknown[], placements: unknown = FULL_DEFINITION.placements) => ({
    ...FULL_DEFINITION,
    placements,
    zones,
  })

  it("reports what is wrong with the zones and placements that are right in themselves", () => {
    const faulty = { ...text, key: "other", max_length: 0 }
    const odd = { ...text, fonts: ["wingdings"], default: "AB-123" }
    const canvas = { ...front, background: { asset: "gone" } }
    expect(answer(document([odd, ...others, faulty], [canvas, { ...back, label: 1 }]))).toEqual({
      success: false,
      told: [
        "placements.1.label invalid_type",
        "zones.7.max_length too_small",
        "placements.0.background.asset unknown_asset",
        "zones.0.fonts.0 unknown_font",
        "zones.0.default default_refused",
      ],
    })
  })

  it("reports every other fault of a zone and a placement that have one", () => {
    const zone = {
      ...text,
      max_length: 0,
      extra: 1,
      fonts: ["wingdings"],
      placement: "nowhere",
      pattern: "[z-a]",
      characters: {},
      colors: "red",
      show_if: { zone: "nobody", filled: true },
      price: { flat: { jpy: "1.5" } },
    }
    const placement = {
      ...front,
      label: 1,
      background: { asset: "gone" },
      print_area: { ...front?.print_area, safe_margin_mm: 50 },
    }
    expect(answer(document([zone, ...others], [placement, back])).told).toEqual([
      "placements.0.label invalid_type",
      "zones.0.max_length too_small",
      "zones.0.colors invalid_type",
      "zones.0.extra unknown_field",
      "placements.0.background.asset unknown_asset",
      "placements.0.print_area.safe_margin_mm no_safe_area",
      "zones.0.placement unknown_placement",
      "zones.0.price.flat.jpy too_precise",
      "zones.0.fonts.0 unknown_font",
      "zones.0.pattern invalid_pattern",
      "zones.0.characters no_characters",
      "zones.0.show_if.zone unknown_input_zone",
    ])
  })

  it("says nothing of fields that only a faulty one makes wrong", () => {
    const { zones, placements } = FULL_DEFINITION
    for (const [index, zone] of zones.entries()) {
      for (const field of Object.keys(zone).filter((name) => !["kind", "key"].includes(name))) {
        const broken = zones.map((each, at) => (at === index ? { ...each, [field]: 1n } : each))
        const { told } = answer(document(broken))
        const elsewhere = told.filter((line) => !line.startsWith(`zones.${index}.${field}`))
        expect({ field, told: told.length > 0, elsewhere }).toEqual({
          field,
          told: true,
          elsewhere: [],
        })
      }
    }
    for (const field of Object.keys(placements[0] ?? {})) {
      const broken = [{ ...placements[0], [field]: 1n }, placements[1]]
      const { told } = answer(document([...zones], broken))
      const elsewhere = told.filter((line) => !line.startsWith(`placements.0.${field}`))
      expect({ field, told: told.length > 0, elsewhere }).toEqual({
        field,
        told: true,
        elsewhere: [],
      })
    }
  })

  it("reports a doubled key whichever of its zones is faulty", () => {
    const zones = [{ ...text, max_length: 0 }, ...others, text]
    expect(answer(document(zones)).told).toEqual([
      "zones.0.max_length too_small",
      "zones.7.key duplicate_key",
    ])
  })

  it("calls nothing unknown that is there with faults of its own", () => {
    const broken = (parts: readonly object[]) => parts.map((part) => ({ ...part, extra: 1 }))
    const paths = (list: string, parts: readonly object[]) =>
      parts.map((_, index) => `${list}.${index}.extra unknown_field`)
    const { placements, zones } = FULL_DEFINITION
    expect(answer(document([...zones], broken(placements))).told).toEqual(
      paths("placements", placements)
    )
    for (const index of zones.keys()) {
      const others = zones.map((zone, at) => (at === index ? { ...zone, extra: 1 } : zone))
      expect(answer(document(others)).told).toEqual([`zones.${index}.extra unknown_field`])
    }
  })

  it("calls nothing unknown where keys or the whole list are missing", () => {
    const { key, ...nameless } = front ?? {}
    expect(key).toBe("front")
    expect(answer(document([text], [nameless, back])).told).not.toContain(
      "zones.0.placement unknown_placement"
    )
    expect(answer(document([text, ...others], null)).told).toEqual(["placements invalid_type"])
  })
})
