// A comparison names zones and sides that come, go or move, in a designer's words.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { COLOR_ZONE, definition, OPTION_ZONE, SHAPE_ZONE } from "./__tests__/zones"
import { compareDefinitions } from "./compare"
import type { Definition } from "./definition"

describe("compareDefinitions", () => {
  function codes(before: Definition, after: Definition) {
    return compareDefinitions(before, after).map(({ code, path }) => `${code} ${path.join(".")}`)
  }

  it("tells zones that are gone, new, of another kind or drawn in another order", () => {
    const before = definition([COLOR_ZONE, SAMPLE_TEXT_ZONE, SHAPE_ZONE, OPTION_ZONE])
    const painted = { ...COLOR_ZONE, key: "name", label: "Name" }
    expect(codes(before, definition([COLOR_ZONE, SHAPE_ZONE, SAMPLE_TEXT_ZONE]))).toEqual([
      "zone_removed zones.3",
      "order_changed zones",
    ])
    expect(codes(before, definition([COLOR_ZONE, painted, OPTION_ZONE]))).toEqual([
      "zone_kind_changed zones.1.kind",
      "zone_removed zones.2",
    ])
    expect(codes(definition([COLOR_ZONE]), before)).toEqual([
      "zone_added zones.1",
      "zone_added zones.3",
      "zone_added zones.2",
    ])
    expect(
      codes(
        definition([COLOR_ZONE]),
        definition([COLOR_ZONE, { ...SAMPLE_TEXT_ZONE, required: true }])
      )
    ).toEqual(["required_zone_added zones.1"])
    expect(
      codes(
        definition([COLOR_ZONE]),
        definition([COLOR_ZONE, { ...OPTION_ZONE, key: "cut", default: "m" }])
      )
    ).toEqual(["option_set_taken zones.1.option_set", "default_added zones.1.default"])
    expect(
      codes(
        before,
        definition([
          { ...COLOR_ZONE, paints: { target: "shape", zone: "bar" } },
          SAMPLE_TEXT_ZONE,
          { ...SHAPE_ZONE, fill: "#ff0000", show_if: { zone: "size", filled: true } },
          OPTION_ZONE,
        ])
      )
    ).toEqual(["look_changed zones.0.paints", "look_changed zones.2", "look_changed zones.2.fill"])
  })

  it("tells sides that are gone, new or printed otherwise", () => {
    const before = definition([COLOR_ZONE])
    const area = {
      ...SAMPLE_PLACEMENT.print_area,
      width_mm: 90,
      dpi: 300,
      bleed_mm: 3,
      safe_margin_mm: 2,
    }
    const after = definition([COLOR_ZONE], {
      ...SAMPLE_PLACEMENT,
      base_color: "#ffffff",
      print_area: area,
    })
    expect(codes(before, after)).toEqual([
      "print_area_resized placements.0.print_area",
      "print_file_changed placements.0.print_area.dpi",
      "print_file_changed placements.0.print_area.bleed_mm",
      "print_file_changed placements.0.print_area.safe_margin_mm",
      "preview_changed placements.0",
    ])
    const back = definition([COLOR_ZONE], { ...SAMPLE_PLACEMENT, key: "back", label: "Back" })
    expect(codes(before, back)).toEqual(["placement_removed placements.0"])
    expect(codes(back, before)).toEqual(["placement_added placements.0"])
  })

  it("speaks of zones by their English names and with their numbers", () => {
    const label = { de: "Vorname", en: "First name" }
    const price = (usd: string) => ({ price: { flat: { usd } } })
    const before = definition([{ ...SAMPLE_TEXT_ZONE, label, ...price("2.50") }])
    const after = definition([{ ...SAMPLE_TEXT_ZONE, label, ...price("3.00"), max_length: 5 }])
    expect(compareDefinitions(before, after)).toEqual([
      {
        path: ["zones", 0, "max_length"],
        code: "text_shortened",
        severity: "breaking",
        message: '"First name" takes at most 5 characters instead of 10: longer texts are refused.',
        params: { zone: "name", before: 10, after: 5 },
      },
      {
        path: ["zones", 0, "price", "flat", "usd"],
        code: "price_changed",
        severity: "notice",
        message: 'For "First name", the surcharge in USD is 3 instead of 2.5.',
        params: { zone: "name", before: "2.5", after: "3", currency_code: "usd" },
      },
    ])
  })
})
