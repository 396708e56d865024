// A comparison knows when designs stop to be complete, and what they hold, or show, that nobody chose.
import { SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { changed } from "./__tests__/compared"
import { COLOR_ZONE, IMAGE_ZONE, OPTION_ZONE, type Json } from "./__tests__/zones"

const TINTED = { default: "#ff0000" }
const SIZED = { zone: "size", filled: true }

describe("duties, conditions and defaults of two versions", () => {
  it.each<[string, Json, Json, Json, string[]]>([
    ["a new duty", SAMPLE_TEXT_ZONE, {}, { required: true }, ["breaking newly_required required"]],
    [
      "a duty less",
      SAMPLE_TEXT_ZONE,
      { required: true },
      {},
      ["notice no_longer_required required"],
    ],
    [
      "a duty under conditions only",
      SAMPLE_TEXT_ZONE,
      { required: true },
      { require_if: { zone: "tint", is: "#ff0000" } },
      ["notice no_longer_required required"],
    ],
    [
      "a duty whatever the conditions",
      SAMPLE_TEXT_ZONE,
      { require_if: { zone: "tint", is: "#ff0000" } },
      { required: true },
      ["breaking newly_required required"],
    ],
    [
      "a condition that a duty makes idle",
      SAMPLE_TEXT_ZONE,
      { required: true },
      { required: true, require_if: { zone: "tint", is: "#ff0000" } },
      [],
    ],
    ["a duty that a default fulfils", COLOR_ZONE, TINTED, { ...TINTED, required: true }, []],
    [
      "conditions of a duty that a default fulfils",
      IMAGE_ZONE,
      { default: { asset: "logo" }, require_if: { zone: "size", filled: true } },
      { default: { asset: "logo" }, require_if: { zone: "size", filled: false } },
      [],
    ],
    [
      "a new default that fulfils a new duty",
      OPTION_ZONE,
      {},
      { default: "m", required: true },
      ["breaking default_changed default"],
    ],
    [
      "a duty that no default fulfils any more",
      COLOR_ZONE,
      TINTED,
      { required: true },
      ["breaking newly_required required", "breaking default_changed default"],
    ],
    [
      "a duty whose default may be taken away",
      SAMPLE_TEXT_ZONE,
      { default: "Al" },
      { default: "Al", required: true },
      ["breaking newly_required required"],
    ],
    [
      "the same conditions in other words",
      SAMPLE_TEXT_ZONE,
      {
        show_if: { zone: "size", in: ["m", "l"] },
        require_if: {
          all: [
            { zone: "size", is: "m" },
            { zone: "tint", not_in: ["#0000ff", "#ff0000"] },
          ],
        },
      },
      {
        show_if: { zone: "size", in: ["l", "m", "l"] },
        require_if: {
          all: [
            { zone: "tint", not_in: ["#ff0000", "#0000ff"] },
            { any: [{ zone: "size", in: ["m"] }] },
          ],
        },
      },
      [],
    ],
    [
      "conditions of the same parts that ask for more",
      SAMPLE_TEXT_ZONE,
      { show_if: { any: [SIZED, { zone: "tint", is: "#ff0000" }] } },
      { show_if: { all: [SIZED, { zone: "tint", is: "#ff0000" }] } },
      ["breaking condition_changed show_if"],
    ],
    [
      "conditions",
      SAMPLE_TEXT_ZONE,
      {},
      { show_if: { zone: "size", filled: true }, require_if: { zone: "tint", is: "#ff0000" } },
      ["breaking requirement_changed require_if", "breaking condition_changed show_if"],
    ],
    [
      "a condition less",
      SAMPLE_TEXT_ZONE,
      { require_if: { zone: "tint", is: "#ff0000" } },
      {},
      ["notice requirement_removed require_if"],
    ],
    [
      "no condition",
      SAMPLE_TEXT_ZONE,
      { show_if: { zone: "size", filled: true } },
      {},
      ["breaking condition_changed show_if"],
    ],
    ["a default", SAMPLE_TEXT_ZONE, {}, { default: "Tom" }, ["breaking default_changed default"]],
    [
      "another default",
      SAMPLE_TEXT_ZONE,
      { default: "Al" },
      { default: "Tom" },
      ["breaking default_changed default"],
    ],
    ["no default", SAMPLE_TEXT_ZONE, { default: "Al" }, {}, ["breaking default_changed default"]],
  ])("%s", (_, zone, before, after, expected) => {
    expect(changed(zone, before, after)).toEqual(expected)
  })
})
