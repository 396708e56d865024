// Versions are compared as they were stored, in the language of their time.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../../../../../../domain/__tests__/sample"
import { definitionSchema } from "../../../../../../domain/template/definition"
import { comparisonOf } from "./comparison"

const IMAGE_ZONE = {
  kind: "image",
  key: "photo",
  label: "Photo",
  placement: "front",
  frame: SAMPLE_TEXT_ZONE.frame,
  accept: ["image/png"],
  max_bytes: 10_000,
}
/** Without a single field that has a default today. */
const OLD = {
  schema: 1,
  placements: [SAMPLE_PLACEMENT],
  zones: [{ ...SAMPLE_TEXT_ZONE, characters: { sets: ["latin"] } }, IMAGE_ZONE],
}

const version = (number: number, definition: Record<string, unknown>) => ({
  id: `ptpl_${number}`,
  version: number,
  name: `Version ${number}`,
  status: "published" as const,
  definition,
})

describe("comparisonOf", () => {
  it("finds no change where a definition lacks only what the language has got a default for since", () => {
    const [old, now] = [version(1, OLD), version(2, definitionSchema.parse(OLD))]
    const [from, to] = [old, now].map(({ definition: _, ...summary }) => summary)
    expect(comparisonOf(old, now)).toEqual({ from, to, breaking: false, changes: [] })
    expect(comparisonOf(now, old)).toEqual({ from: to, to: from, breaking: false, changes: [] })
  })

  it("tells what changes between such definitions, with paths as they are sent", () => {
    const fixed = { ...IMAGE_ZONE, adjust: { pan: false } }
    const next = { ...OLD, zones: [OLD.zones[0], fixed] }
    expect(comparisonOf(version(1, OLD), version(2, next))).toMatchObject({
      breaking: true,
      changes: [{ path: "zones.1.adjust.pan", code: "adjustment_removed", severity: "breaking" }],
    })
  })
})
