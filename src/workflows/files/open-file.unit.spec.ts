import type { MedusaContainer } from "@medusajs/framework/types"
import { once } from "node:events"
import { createReadStream } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { openFile } from "./open-file"

const BYTES = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
let folder: string
let source: Readable | undefined

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "personalization-files-"))
  await writeFile(path.join(folder, "stored"), BYTES)
})

afterAll(() => rm(folder, { recursive: true }))

/** A provider as the local one is: it opens a file by its name, and finds out later that there is none. */
function providing(open: (name: string) => Readable | Promise<Readable>): MedusaContainer {
  const files = {
    getDownloadStream: async (name: string) => (source = await open(name)),
  }
  return { resolve: () => files } as unknown as MedusaContainer
}

const local = providing((name) => createReadStream(path.join(folder, name)))
const stored = { storage_id: "stored" }

describe("openFile", () => {
  it.each([
    [0, BYTES.length - 1],
    [0, 0],
    [65_535, 65_536],
    [100_000, 200_000],
    [BYTES.length - 1, BYTES.length - 1],
  ])("gives the bytes from %i to %i, and lets go of the file", async (start, end) => {
    const part = await openFile(local, stored, { start, end })
    const bytes = await buffer(part ?? Readable.from([]))
    expect(bytes.equals(BYTES.subarray(start, end + 1))).toBe(true)
    expect(source?.destroyed).toBe(true)
  })

  it("lets go of the file when the reader goes away, even before the first byte", async () => {
    for (const reads of [0, 1]) {
      const part = await openFile(local, stored, { start: 0, end: BYTES.length - 1 })
      for (let count = 0; count < reads; count += 1) {
        await part?.[Symbol.asyncIterator]().next()
      }
      part?.destroy()
      if (source && !source.closed) {
        await once(source, "close")
      }
      expect(source?.destroyed).toBe(true)
    }
  })

  it("breaks off when the file is shorter than it was", async () => {
    const part = await openFile(local, stored, { start: 0, end: BYTES.length })
    await expect(buffer(part ?? Readable.from([]))).rejects.toThrow("has 300000 bytes")
  })

  it("knows a file that is not there from a storage that fails", async () => {
    const range = { start: 0, end: 1 }
    expect(await openFile(local, { storage_id: "missing" }, range)).toBeNull()
    const failing = (name: string) =>
      providing(() => Promise.reject(Object.assign(new Error("no"), { name })))
    expect(await openFile(failing("NoSuchKey"), stored, range)).toBeNull()
    await expect(openFile(failing("AccessDenied"), stored, range)).rejects.toThrow("no")
  })
})
