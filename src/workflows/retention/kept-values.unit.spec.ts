// What stays of a design without its visitor: choices, and nothing that a person wrote or sent.
import { keptValues } from "./kept-values"

const snapshot = {
  zones: [
    { kind: "text", key: "name" },
    { kind: "image", key: "photo" },
    { kind: "color", key: "shirt_color" },
    { kind: "option", key: "size" },
    { kind: "static_text", key: "motto" },
    { kind: "signature", key: "from_a_later_version" },
  ],
}

describe("keptValues", () => {
  it("keeps options and colors, those of sets without a zone too", () => {
    const options = { shirt_color: "#ffffff", size: "m", frame: "oak" }
    expect(keptValues(snapshot, options)).toEqual(options)
  })

  it.each([
    ["a text", { name: "Ada" }],
    ["a text with its font", { name: { text: "Ada", font: "pacifico" } }],
    ["a picture", { photo: { upload_id: "pupl_1", zoom: 1 } }],
    ["what stands under the key of a fixed zone", { motto: "Ada" }],
    ["what stands under the key of an unknown kind", { from_a_later_version: "Ada" }],
    ["an object in place of a choice", { size: { text: "Ada" }, shirt_color: { text: "Ada" } }],
  ])("keeps nothing of %s", (_, options) => {
    expect(keptValues(snapshot, options)).toEqual({})
  })

  it.each([[null], [{}], [{ zones: "none" }]])("keeps nothing of a template %j", (unreadable) => {
    expect(keptValues(unreadable ?? {}, { size: "m" })).toEqual({})
  })
})
