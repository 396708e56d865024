// How a picture may lie in its zone: how small it may be made, and what is told of one that leaves a gap.
import { SAMPLE_PLACEMENT } from "../__tests__/sample"
import { definitionSchema } from "../template/definition"
import fc from "fast-check"
import { coverWarning } from "./image"
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

describe("a picture that leaves a gap", () => {
  function gap(rules: object, view: object, image = { width: 60, height: 60 }) {
    const { zones } = definitionSchema.parse({
      schema: 1,
      placements: [SAMPLE_PLACEMENT],
      zones: [
        {
          ...{ kind: "image", key: "photo", label: "Photo", placement: "front" },
          ...{ accept: ["image/png"], max_bytes: 10_000 },
          ...{ frame: { x: 0, y: 0, width: 50, height: 50 }, ...rules },
        },
      ],
    })
    const [zone] = zones
    if (zone?.kind !== "image") {
      throw new Error("The zone is an image zone.")
    }
    const whole = { upload_id: "mine", zoom: 1, x: 0, y: 0, rotation: 0, ...view }
    return coverWarning(zone, image, whole)?.code ?? null
  }
  const ellipse = { mask: { shape: "ellipse" } }

  it.each([
    ["as it is", {}, {}, null],
    ["moved by a little", {}, { x: 0.01 }, "frame_not_covered"],
    ["moved as far as its zoom covers", {}, { zoom: 1.5, x: 0.25, y: -0.25 }, null],
    ["moved further", {}, { zoom: 1.5, x: 0.26 }, "frame_not_covered"],
    ["turned", {}, { rotation: 10 }, "frame_not_covered"],
    ["turned by a right angle", {}, { rotation: -90 }, null],
    ["turned and large enough", {}, { rotation: 45, zoom: 1.42 }, null],
    ["turned in an ellipse", ellipse, { rotation: 45 }, null],
    ["moved in an ellipse", ellipse, { x: 0.02, rotation: 45 }, "frame_not_covered"],
    ["made small", { adjust: { min_zoom: 0.5 } }, { zoom: 0.9 }, "frame_not_covered"],
    ["that shall not cover", { fit: "contain" }, { x: 0.5 }, null],
  ])("is told of: %s", (_, rules, view, code) => {
    expect(gap(rules, view)).toBe(code)
  })

  it("is found wherever it is", () => {
    const part = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(
        fc.record({ zoom: part(1, 3), x: part(-1, 1), y: part(-1, 1), rotation: part(-360, 360) }),
        fc.record({ width: part(20, 200), height: part(20, 200) }),
        part(0, 1),
        part(0, 1),
        (view, image, right, down) => {
          // A point of the frame, from the picture's own centre and along its own edges.
          const side = 50
          const scale = Math.max(side / image.width, side / image.height) * view.zoom
          const turn = (-view.rotation * Math.PI) / 180
          const [dx, dy] = [side * (right - 0.5 - view.x), side * (down - 0.5 - view.y)]
          const across = Math.abs(dx * Math.cos(turn) - dy * Math.sin(turn))
          const along = Math.abs(dx * Math.sin(turn) + dy * Math.cos(turn))
          const empty =
            across > (image.width * scale) / 2 + 0.06 || along > (image.height * scale) / 2 + 0.06
          fc.pre(empty)
          expect(gap({}, view, image)).toBe("frame_not_covered")
        }
      )
    )
  })
})
