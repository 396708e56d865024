import { createHash } from "node:crypto"
import type { Selection } from "../selection/selection"
import { definitionSchema } from "../template/definition"
import { FULL, INPUT, SOURCES } from "./__tests__/design"
import { planHash, type PlanHashInput } from "./hash"

const definition = definitionSchema.parse(INPUT)

function hash(change: Partial<PlanHashInput> = {}): string {
  return planHash({
    definition,
    selection: FULL,
    placement: "front",
    target: "preview",
    placeholders: true,
    ...SOURCES,
    fonts: { inter: "1".repeat(64), cairo: "2".repeat(64) },
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    ...change,
  })
}

describe("the plan's hash", () => {
  it("is the same for what looks the same", () => {
    const other = { ...SOURCES.uploads.up_1, sha256: "b".repeat(64), width: 800, height: 800 }
    const renamed: Selection = {
      ...FULL,
      photo: { kind: "image", value: { upload_id: "up_2", zoom: 1, x: 0, y: 0, rotation: 0 } },
      size: { kind: "option", value: "xl" },
    }
    expect(hash({ selection: renamed, uploads: { up_2: other } })).toBe(hash())
    expect(hash({ locale: "fr" })).toBe(hash())
    const reordered = JSON.parse(
      JSON.stringify(
        FULL,
        Object.keys({
          rotation: 0,
          y: 0,
          x: 0,
          zoom: 0,
          upload_id: 0,
          value: 0,
          text: 0,
          kind: 0,
          photo: 0,
          name: 0,
        })
      )
    ) as Selection
    expect(hash({ selection: reordered })).toBe(hash())
  })

  it("differs for whatever changes a pixel", () => {
    const moved: Selection = {
      ...FULL,
      photo: { kind: "image", value: { upload_id: "up_1", zoom: 1, x: 0.1, y: 0, rotation: 0 } },
    }
    const taller = structuredClone(definition)
    const zone = taller.zones[2]
    if (zone?.kind === "text") {
      zone.frame.height += 1
    }
    const variants = [
      hash(),
      hash({ target: "print" }),
      hash({ placement: "back" }),
      hash({ selection: {} }),
      hash({ selection: {}, locale: "de" }),
      hash({ selection: {}, placeholders: false }),
      hash({ selection: moved }),
      hash({ selection: { ...FULL, colour: { kind: "color", value: "#ff0000" } } }),
      hash({ definition: taller }),
      hash({ fonts: { inter: "3".repeat(64) } }),
      hash({ uploads: { up_1: { sha256: "c".repeat(64), width: 800, height: 800 } } }),
      hash({ assets: { shirt: { sha256: "c".repeat(64), width: 1000, height: 1000 } } }),
    ]
    expect(new Set(variants).size).toBe(variants.length)
  })

  it("of a print does not depend on the photo that shows the product", () => {
    expect(hash({ target: "print", assets: {} })).toBe(hash({ target: "print" }))
  })
})
