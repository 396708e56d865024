import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises"
import os from "node:os"
import path from "node:path"
import { sweepFolders } from "./upload-folders"

const HOUR_MS = 3_600_000
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "personalization-folders-"))
  jest.spyOn(os, "tmpdir").mockReturnValue(folder)
})

afterEach(async () => {
  jest.restoreAllMocks()
  jest.useRealTimers()
  await rm(folder, { recursive: true })
})

/** Makes a folder that was last touched so long ago. */
async function left(name: string, age_ms: number): Promise<void> {
  const made = path.join(folder, name)
  await mkdir(made)
  await writeFile(path.join(made, "received"), "GPS")
  const then = new Date(Date.now() - age_ms)
  await utimes(made, then, then)
}

/** Waits until the folder holds just these. */
async function holds(...names: string[]): Promise<void> {
  for (;;) {
    const found = (await readdir(folder)).sort()
    if (JSON.stringify(found) === JSON.stringify(names.sort())) {
      return
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe("sweepFolders", () => {
  it("removes old folders of ours and nothing else, at once and whenever others have become old", async () => {
    await left("personalization-upload-old", 1.1 * HOUR_MS)
    await left("personalization-upload-new", 0.9 * HOUR_MS)
    await left("else", 2 * HOUR_MS)
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] })
    const sweep = sweepFolders()
    await holds("else", "personalization-upload-new")
    jest.advanceTimersByTime(0.3 * HOUR_MS)
    await holds("else")
    sweep.stop()
    expect(jest.getTimerCount()).toBe(0)
  })
})
