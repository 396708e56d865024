// How small a picture may be made in its zone.
import { SAMPLE_PLACEMENT } from "../__tests__/sample"
import { definitionSchema } from "../template/definition"
import { validateSelection } from "./validate"

describe("a picture's smallest zoom", () => {
  const judged = (rules: object, zoom: number) => {
    const definition = definitionSchema.parse({
      schema: 1,
      placements: [SAMPLE_PLACEMENT],
      zones: [
        {
          kind: "image",
          key: "photo",
          label: "Photo",
          placement: "front",
          frame: { x: 0, y: 0, width: 50, height: 50 },
          accept: ["image/png"],
          max_bytes: 10_000,
          ...rules,
        },
      ],
    })
    const mine = { zone: "photo", mime_type: "image/png", bytes: 9, width: 60, height: 60 }
    const input = { photo: { upload_id: "mine", zoom } }
    const result = validateSelection({ definition, option_sets: [], uploads: { mine } }, input)
    return result.success ? "taken" : result.issues.map(({ code, params }) => [code, params?.min])
  }

  it.each([
    [{}, 1, 0.99],
    [{ fit: "contain" }, 0.1, 0.09],
    [{ adjust: { min_zoom: 0.5 } }, 0.5, 0.49],
    [{ fit: "contain", adjust: { min_zoom: 1 } }, 1, 0.5],
  ])("is that of the template: %j", (rules, least, less) => {
    expect(judged(rules, least)).toBe("taken")
    expect(judged(rules, less)).toEqual([["out_of_range", least]])
  })
})
