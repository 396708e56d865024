// What was stored when the language had fewer fields means today what it meant then.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { COLOR_ZONE, definition, IMAGE_ZONE } from "./__tests__/zones"
import { compareDefinitions } from "./compare"
import { readStored } from "./stored"

describe("readStored", () => {
  const zones = [{ ...SAMPLE_TEXT_ZONE, characters: { sets: ["latin"] } }, IMAGE_ZONE, COLOR_ZONE]
  /** As an author wrote it: nothing that has a default. */
  const old = { schema: 1, placements: [SAMPLE_PLACEMENT], zones }

  it("fills in what the language has got a default for since", () => {
    const now = { ...definition(zones), placements: definition(zones).placements.slice(0, 1) }
    expect(readStored(old)).toEqual(now)
    expect(compareDefinitions(readStored(old), now)).toEqual([])
    expect(compareDefinitions(now, readStored(old))).toEqual([])
    const tighter = { ...old, zones: [...zones.slice(0, 1), { ...IMAGE_ZONE, min_width: 9 }] }
    expect(
      compareDefinitions(readStored(old), readStored(tighter)).map(({ code }) => code)
    ).toEqual(["pixels_raised", "zone_removed"])
  })

  it("leaves alone what the language would not take any more", () => {
    const stored = { ...definition(zones), extra: true }
    expect(readStored(stored)).toBe(stored)
  })
})
