// How long the validator takes for a whole template of twenty zones, and for one text with its font.
import { performance } from "node:perf_hooks"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../../../src/domain/__tests__/sample"
import { sampleShaper } from "../../../src/domain/rendering/__tests__/shaper"
import { fontChecks } from "../../../src/domain/rendering/font-checks"
import { validateSelection, type SelectionContext } from "../../../src/domain/selection/validate"
import { definitionSchema } from "../../../src/domain/template/definition"

const CALLS = 20_000
const FONT_CALLS = 2_000

const few = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Ten texts (some with patterns, sets of characters and conditions), four pictures, three colours, three options. */
const definition = definitionSchema.parse({
  schema: 1,
  placements: [SAMPLE_PLACEMENT],
  zones: [
    ...few(10, (index) => ({
      ...SAMPLE_TEXT_ZONE,
      key: `text_${index}`,
      max_length: 40,
      max_lines: 2,
      fonts: ["inter", "pacifico"],
      characters: { sets: ["latin", "digits", "punctuation"] },
      ...(index % 5 === 4 && { pattern: "\\l+ \\l+" }),
      ...(index > 0 && { show_if: { zone: `text_${index - 1}`, is_not: "nobody" } }),
    })),
    ...few(4, (index) => ({
      kind: "image",
      key: `photo_${index}`,
      label: "Photo",
      placement: "front",
      frame: { x: 0, y: 0, width: 50, height: 50 },
      accept: ["image/jpeg", "image/png"],
      max_bytes: 20_000_000,
      dpi: { warn: 150, block: 100 },
    })),
    ...few(3, (index) => ({
      kind: "color",
      key: `color_${index}`,
      label: "Colour",
      colors: few(24, (n) => ({ name: `Colour ${n}`, value: `#0000${n + 10}` })),
      paints: { target: "base" },
    })),
    ...few(3, (index) => ({
      kind: "option",
      key: `option_${index}`,
      label: "Option",
      option_set: `set_${index}`,
    })),
  ],
})

const input: Record<string, unknown> = Object.fromEntries([
  ...few(10, (index) => [`text_${index}`, index % 3 === 0 ? "Adélaïde Lovelace" : "Ada Lovelace"]),
  ...few(4, (index) => [`photo_${index}`, { upload_id: `upload_${index}`, zoom: 1.2, x: 0.1 }]),
  ...few(3, (index) => [`color_${index}`, "#000020"]),
  ...few(3, (index) => [`option_${index}`, "b"]),
])

const context: SelectionContext = {
  definition,
  option_sets: few(3, (index) => ({ key: `set_${index}`, required: true, values: ["a", "b"] })),
  uploads: Object.fromEntries(
    few(4, (index) => [
      `upload_${index}`,
      { mime_type: "image/png", bytes: 900_000, width: 1200, height: 1200 },
    ])
  ),
}

/** Milliseconds of each call, sorted; the first tenth warms up. */
function time(calls: number, work: () => { success: boolean }): number[] {
  const times: number[] = []
  for (let call = 0; call < calls * 1.1; call++) {
    const started = performance.now()
    const { success } = work()
    const took = performance.now() - started
    if (!success) {
      throw new Error("The values are refused.")
    }
    if (call >= calls * 0.1) {
      times.push(took)
    }
  }
  return times.sort((a, b) => a - b)
}

/** Sorted milliseconds: all twenty values by the rules alone; with their fonts; one text with its font. */
export async function validatorTimes(): Promise<Record<"rules" | "fonts" | "one", number[]>> {
  const whole = { ...context, fonts: fontChecks(await sampleShaper()) }
  return {
    rules: time(CALLS, () => validateSelection(context, input)),
    fonts: time(FONT_CALLS, () => validateSelection(whole, input)),
    one: time(CALLS, () => validateSelection(whole, { text_1: "Ada Lovelace" })),
  }
}
