// What the privacy script takes on its command line, and what it refuses.
import { ownArguments, readCommand, readKey, USAGE } from "./command"

describe("ownArguments", () => {
  it("are those behind the first --", () => {
    const argv = ["node", "medusa", "exec", "./privacy.js", "--", "export", "--customer", "cus_1"]
    expect(ownArguments(argv)).toEqual(["export", "--customer", "cus_1"])
    expect(ownArguments(["node", "medusa", "exec", "./privacy.js", "export"])).toEqual([])
  })
})

describe("readCommand", () => {
  it("takes a customer's id, or a key from the standard input", () => {
    expect(readCommand(["export", "--customer", "cus_1"])).toEqual({
      action: "export",
      person: { customer_id: "cus_1" },
    })
    expect(readCommand(["erase", "--visitor-key", "-"])).toEqual({
      action: "erase",
      person: "key_from_stdin",
    })
  })

  it.each([
    [[]],
    [["forget", "--customer", "cus_1"]],
    [["export"]],
    [["export", "--customer"]],
    [["export", "--customer", ""]],
    [["export", "--customer", "cus_1", "--visitor-key", "-"]],
    [["export", "cus_1", "--customer", "cus_1"]],
    [["export", "--order", "order_1"]],
  ])("tells how it is used: %j", (args) => {
    expect(readCommand(args)).toEqual({ fault: USAGE })
  })

  it("refuses a key that everybody can read, without repeating it", () => {
    const refused = readCommand(["erase", "--visitor-key", "c2VjcmV0"])
    expect(refused).toEqual({ fault: expect.stringContaining("standard input") })
    expect(JSON.stringify(refused)).not.toContain("c2VjcmV0")
  })
})

describe("readKey", () => {
  async function* stream(...chunks: string[]) {
    yield* chunks.map((chunk) => Buffer.from(chunk))
  }

  it("reads the first line, in however many pieces it comes", async () => {
    expect(await readKey(stream("ab", "c\r\nnext"))).toBe("abc")
    expect(await readKey(stream("abc"))).toBe("abc")
    expect(await readKey(stream())).toBe("")
    expect(await readKey(stream("\n"))).toBe("")
  })

  it("does not read without end", async () => {
    async function* endless() {
      for (;;) {
        yield "x".repeat(100)
      }
    }
    expect((await readKey(endless())).length).toBe(300)
  })
})
