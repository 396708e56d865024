import { allInputs, furtherFaults } from "./all-inputs"
import { conflict, invalidField, notFound } from "./errors"

const refused = (field: string) => Promise.reject(invalidField([field], `bad_${field}`, "no"))
const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error)

describe("allInputs", () => {
  it("gives what all come to, in their order", async () => {
    expect(await allInputs(Promise.resolve(1), Promise.resolve("b"))).toEqual([1, "b"])
  })

  it("hands the only refusal on as it is", async () => {
    const error = await caught(allInputs(Promise.resolve(1), refused("b")))
    expect(error).toMatchObject({ code: "bad_b", status: 400 })
  })

  it("tells all refusals at once", async () => {
    const error = await caught(allInputs(refused("a"), Promise.resolve(1), refused("c")))
    expect(error).toMatchObject({
      ...{ code: "invalid_input", status: 400 },
      details: { issues: [{ path: ["a"] }, { path: ["c"] }] },
    })
  })

  it.each([notFound("product"), conflict("no_region", "no"), new Error("broken")])(
    "lets %s go before refusals",
    async (reason) => {
      expect(await caught(allInputs(refused("a"), Promise.reject(reason)))).toBe(reason)
    }
  )
})

describe("furtherFaults", () => {
  it("gives the issues of a refusal, and none where there is none or another answer would be due", async () => {
    expect(await furtherFaults(refused("a"))).toMatchObject([{ path: ["a"] }])
    expect(await furtherFaults(Promise.resolve(1))).toEqual([])
    expect(await furtherFaults(Promise.reject(notFound("product")))).toEqual([])
  })

  it("hides no fault of the server", async () => {
    const broken = new Error("broken")
    expect(await caught(furtherFaults(Promise.reject(broken)))).toBe(broken)
  })
})
