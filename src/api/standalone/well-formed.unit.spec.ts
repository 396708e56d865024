// Bodies whose fields are judged one by one.
import { z } from "@medusajs/framework/zod"
import { readFields } from "./well-formed"

describe("readFields", () => {
  const schema = z.strictObject({ name: z.string(), version: z.int(), note: z.string().optional() })
  const told = (body: unknown) =>
    readFields(schema, body).issues.map(({ path, code }) => `${path.join(".")} ${code}`)

  it("tells fields that are missing from those of a wrong type", () => {
    expect(told({})).toEqual(["name required", "version required"])
    expect(told({ name: 1, note: null })).toEqual([
      "name invalid_type",
      "version required",
      "note invalid_type",
    ])
  })

  it("gives the fields that have no fault", () => {
    expect(readFields(schema, { name: "a", version: "1", note: "b" }).wellFormed).toEqual({
      name: "a",
      note: "b",
    })
  })
})
