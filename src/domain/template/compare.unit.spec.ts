// A comparison names each change of a zone once, where it is, and whether it breaks something.
import { SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { changed } from "./__tests__/compared"
import { COLOR_ZONE, IMAGE_ZONE, OPTION_ZONE, type Json } from "./__tests__/zones"

describe("compareDefinitions", () => {
  it.each<[string, Json, Json, Json, string[]]>([
    ["new words", SAMPLE_TEXT_ZONE, {}, { label: "Your name", help: "Twelve letters." }, []],
    ["wider rules", SAMPLE_TEXT_ZONE, { min_length: 2 }, { max_length: 20, max_lines: 2 }, []],
    [
      "a shorter text",
      SAMPLE_TEXT_ZONE,
      {},
      { max_length: 5 },
      ["breaking text_shortened max_length"],
    ],
    ["fewer lines", SAMPLE_TEXT_ZONE, { max_lines: 2 }, {}, ["breaking lines_reduced max_lines"]],
    ["a minimum", SAMPLE_TEXT_ZONE, {}, { min_length: 2 }, ["breaking minimum_raised min_length"]],
    [
      "characters",
      SAMPLE_TEXT_ZONE,
      { characters: { sets: ["latin", "digits"] } },
      { characters: { sets: ["latin"], extra: "0" } },
      ["breaking characters_narrowed characters"],
    ],
    [
      "more characters",
      SAMPLE_TEXT_ZONE,
      { characters: { sets: ["latin_basic"], extra: "é" } },
      { characters: { sets: ["latin"] } },
      [],
    ],
    [
      "no emoji",
      SAMPLE_TEXT_ZONE,
      { characters: { sets: ["emoji"] } },
      {},
      ["breaking characters_narrowed characters"],
    ],
    ["a pattern", SAMPLE_TEXT_ZONE, {}, { pattern: "\\l+" }, ["breaking pattern_changed pattern"]],
    ["no pattern", SAMPLE_TEXT_ZONE, { pattern: "\\l+" }, {}, []],
    [
      "another font",
      SAMPLE_TEXT_ZONE,
      {},
      { fonts: ["oswald"] },
      ["breaking fonts_removed fonts", "breaking default_font_changed fonts.0"],
    ],
    ["one font more", SAMPLE_TEXT_ZONE, {}, { fonts: ["inter", "oswald"] }, []],
    [
      "sizes",
      SAMPLE_TEXT_ZONE,
      {},
      { size: { min: 12, max: 40, default: 22, auto_fit: false } },
      [
        "breaking sizes_narrowed size",
        "breaking default_size_changed size.default",
        "notice look_changed size.auto_fit",
      ],
    ],
    [
      "colours",
      SAMPLE_TEXT_ZONE,
      {},
      { colors: [{ name: "Red", value: "#ff0000" }] },
      ["breaking colors_removed colors", "breaking default_color_changed colors.0"],
    ],
    [
      "a colour's name",
      COLOR_ZONE,
      {},
      {
        colors: [
          { name: "Rot", value: "#ff0000" },
          { name: "Blue", value: "#0000ff" },
        ],
      },
      [],
    ],
    [
      "look",
      SAMPLE_TEXT_ZONE,
      {},
      {
        frame: { x: 1, y: 0, width: 99, height: 40 },
        rotation: 10,
        letter_case: "upper",
        arc: { radius_mm: 40 },
        outline: { width_mm: 1, color: "#ffffff" },
      },
      [
        "breaking frame_shrunk frame",
        ...["rotation", "letter_case", "arc", "outline"].map((f) => `notice look_changed ${f}`),
      ],
    ],
    [
      "another side",
      SAMPLE_TEXT_ZONE,
      {},
      { placement: "back" },
      ["breaking zone_moved placement"],
    ],
    [
      "prices",
      SAMPLE_TEXT_ZONE,
      {
        price: {
          flat: { usd: "2.50", eur: 2 },
          per_character: { free: 2, amounts: { usd: 1 } },
        },
      },
      {
        price: {
          flat: { usd: 2.5, gbp: 1 },
          percent_of_base: "5",
          per_character: { free: 3, amounts: { usd: "1.10" } },
        },
      },
      [
        "breaking no_price_in_currency price.flat.eur",
        "notice price_changed price.flat.gbp",
        "notice price_changed price.per_character.amounts.usd",
        "notice price_changed price.percent_of_base",
        "notice price_changed price.per_character.free",
      ],
    ],
    [
      "files",
      IMAGE_ZONE,
      {},
      { accept: ["image/png"], max_bytes: 2000, min_width: 10, min_height: 20 },
      [
        "breaking types_removed accept",
        "breaking bytes_reduced max_bytes",
        "breaking pixels_raised min_width",
        "breaking pixels_raised min_height",
      ],
    ],
    [
      "resolution",
      IMAGE_ZONE,
      {},
      { dpi: { warn: 120, block: 60 } },
      ["breaking resolution_raised dpi.block", "notice warning_raised dpi.warn"],
    ],
    [
      "a larger frame for the same resolution",
      IMAGE_ZONE,
      {},
      { frame: { x: 0, y: 0, width: 60, height: 50 } },
      ["breaking resolution_raised dpi.block", "notice look_changed frame"],
    ],
    [
      "a smaller frame, another mask",
      IMAGE_ZONE,
      {},
      { frame: { x: 0, y: 0, width: 40, height: 50 }, mask: { shape: "ellipse" } },
      ["notice look_changed frame", "notice look_changed mask"],
    ],
    [
      "covering its frame",
      IMAGE_ZONE,
      { fit: "contain" },
      {},
      [
        "breaking resolution_raised dpi.block",
        "breaking zoom_reduced adjust.min_zoom",
        "notice look_changed fit",
      ],
    ],
    [
      "adjustments",
      IMAGE_ZONE,
      {},
      { adjust: { pan: false, rotate: false, max_zoom: 3 } },
      [
        "breaking adjustment_removed adjust.pan",
        "breaking adjustment_removed adjust.rotate",
        "breaking zoom_reduced adjust.max_zoom",
      ],
    ],
    [
      "other options",
      OPTION_ZONE,
      {},
      { option_set: "cut" },
      ["breaking option_set_changed option_set"],
    ],
    [
      "an option's look in previews",
      OPTION_ZONE,
      { appearance: [{ value: "m", swatch: { color: "#ff0000" } }] },
      { appearance: [{ value: "m", base_color: "#ff0000", backgrounds: { front: "logo" } }] },
      ["notice look_changed appearance"],
    ],
    [
      "an option's printed colour",
      OPTION_ZONE,
      { appearance: [{ value: "m", fills: { bar: "#ff0000" } }] },
      { appearance: [{ value: "m", fills: { bar: "#0000ff" } }] },
      ["breaking print_changed appearance"],
    ],
    [
      "an option's printed picture, and its button",
      OPTION_ZONE,
      {},
      { appearance: [{ value: "m", swatch: { asset: "logo" }, images: { badge: "logo" } }] },
      ["breaking print_changed appearance", "notice look_changed appearance"],
    ],
    [
      "options' looks in another order",
      OPTION_ZONE,
      { appearance: [{ value: "m", fills: { bar: "#ff0000" } }, { value: "l" }] },
      {
        appearance: [
          { value: "l", fills: {} },
          { value: "m", fills: { bar: "#ff0000" } },
        ],
      },
      [],
    ],
    [
      "a shape's colour that is the product's now",
      COLOR_ZONE,
      { paints: { target: "shape", zone: "bar" } },
      {},
      ["breaking print_changed paints"],
    ],
    [
      "the colour of another shape",
      COLOR_ZONE,
      { paints: { target: "shape", zone: "bar" } },
      { paints: { target: "shape", zone: "edge" } },
      ["breaking print_changed paints"],
    ],
    [
      "letters in another case, which a pattern judges",
      SAMPLE_TEXT_ZONE,
      { pattern: "[a-z]+" },
      { pattern: "[a-z]+", letter_case: "upper" },
      ["breaking pattern_changed letter_case", "notice look_changed letter_case"],
    ],
  ])("%s", (_, zone, before, after, expected) => {
    expect(changed(zone, before, after)).toEqual(expected)
  })
})
