// A comparison names zones and sides that come, go or move, in a designer's words.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { COLOR_ZONE, definition, OPTION_ZONE, SHAPE_ZONE, type Json } from "./__tests__/zones"
import { compareDefinitions } from "./compare"
import type { Definition } from "./definition"

describe("compareDefinitions", () => {
  function codes(before: Definition, after: Definition) {
    return compareDefinitions(before, after).map(({ code, path }) => `${code} ${path.join(".")}`)
  }

  function sentences(before: Definition, after: Definition) {
    return compareDefinitions(before, after).map(
      ({ severity, code, message }) => `${severity} ${code} ${message}`
    )
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
    ).toEqual(["print_changed zones.0.paints", "look_changed zones.2", "look_changed zones.2.fill"])
  })

  it("says of a new zone that must be filled only what happens to designs without it", () => {
    const added = (zone: Json) =>
      codes(definition([COLOR_ZONE]), definition([COLOR_ZONE, { ...SAMPLE_TEXT_ZONE, ...zone }]))
    const red = { zone: "tint", is: "#ff0000" }
    expect(added({ require_if: red })).toEqual(["required_zone_added zones.1"])
    expect(added({ required: true, default: "Tom" })).toEqual(["default_added zones.1.default"])
    expect(added({ require_if: red, default: "Tom" })).toEqual(["default_added zones.1.default"])
  })

  it("takes a zone that becomes a fixed one, or was one, for gone and new", () => {
    const fixed = definition([COLOR_ZONE, { ...SHAPE_ZONE, key: "name" }])
    const input = definition([COLOR_ZONE, { ...SAMPLE_TEXT_ZONE, required: true }])
    expect(sentences(fixed, input)).toEqual([
      'breaking required_zone_added "Name" is new and must be filled: designs without it cannot be ordered.',
      'notice zone_removed "name" is no longer drawn.',
    ])
    expect(sentences(input, fixed)).toEqual([
      'breaking zone_removed "Name" is gone: what designs hold there is lost.',
      'notice zone_added "name" is drawn besides.',
    ])
    expect(sentences(fixed, definition([COLOR_ZONE, SAMPLE_TEXT_ZONE]))[0]).toBe(
      'notice zone_added "Name" is new: designs leave it empty.'
    )
  })

  it("knows that an option set goes on to be offered under its key without its zone", () => {
    const zone = {
      ...OPTION_ZONE,
      default: "m",
      required: true,
      price: { flat: { usd: 2 } },
      appearance: [{ value: "m", fills: { bar: "#ff0000" }, base_color: "#ff0000" }],
    }
    const rest = [COLOR_ZONE, SHAPE_ZONE]
    expect(sentences(definition([...rest, zone]), definition(rest))).toEqual([
      'breaking default_changed "Size" is empty at first now: designs that relied on what stood there lose it.',
      'breaking print_changed Choosing "m" in "Size" prints other colours or pictures than before.',
      'notice zone_removed "Size" is gone, but its options are offered all the same: designs keep what they chose.',
      'notice no_longer_required "Size" may be left empty now.',
      'notice look_changed Choosing "m" in "Size" looks different in previews, or its button does.',
      'notice price_changed For "Size", the surcharge in USD was 2 and falls away.',
    ])
    const other = { ...OPTION_ZONE, key: "other", label: "Other" }
    expect(
      sentences(definition([OPTION_ZONE, other, ...rest]), definition([other, ...rest]))
    ).toEqual(['breaking zone_removed "Size" is gone: what designs hold there is lost.'])
    expect(sentences(definition([other, ...rest]), definition(rest))).toEqual([
      'breaking zone_removed "Other" is gone: what designs hold there is lost.',
    ])
  })

  it("knows that a zone with an option set's key takes over what was chosen there", () => {
    const zone = { ...OPTION_ZONE, price: { flat: { usd: 2 } }, required: true }
    expect(sentences(definition([COLOR_ZONE]), definition([COLOR_ZONE, zone]))).toEqual([
      'breaking newly_required "Size" must be filled now: designs without it cannot be ordered.',
      'breaking no_price_in_currency "Size" costs extra now, in USD only: designs that use it cannot be bought in other currencies.',
      'notice zone_added "Size" is new: designs keep what they chose from its options before.',
      'notice price_changed For "Size", the surcharge in USD is 2 now.',
    ])
  })

  it("tells when choices that paint the same thing do so in another order", () => {
    const tint = { ...COLOR_ZONE, paints: { target: "shape", zone: "bar" } }
    const size = { ...OPTION_ZONE, appearance: [{ value: "m", fills: { bar: "#00ff00" } }] }
    expect(
      sentences(definition([tint, size, SHAPE_ZONE]), definition([size, tint, SHAPE_ZONE]))
    ).toEqual([
      'breaking print_changed "Size" and "Tint" colour or replace "bar" in another order: where designs chose both, another one is printed.',
    ])
    expect(
      sentences(
        definition([COLOR_ZONE, size, SHAPE_ZONE]),
        definition([size, COLOR_ZONE, SHAPE_ZONE])
      )
    ).toEqual([])
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
