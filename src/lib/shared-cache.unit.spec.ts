// The Caching Module behind its guard: failures and slowness stay its own.
import { sharedCache } from "./shared-cache"

const entry = { status: 200, body: "{}", etag: "", loaded_at: 0 }

function setUp(get: () => Promise<unknown>) {
  let clock = 0
  const warnings: string[] = []
  const module = { get: jest.fn(get), set: jest.fn(() => Promise.resolve()) }
  const log = { warn: (message: string) => void warnings.push(message) }
  return {
    module,
    warnings,
    cache: sharedCache(module, log, () => clock),
    tick: (milliseconds: number) => (clock += milliseconds),
  }
}

describe("sharedCache", () => {
  it("reads and writes without tags, so that no event clears an entry", async () => {
    const { cache, module } = setUp(() => Promise.resolve(entry))
    expect(await cache.get("key")).toBe(entry)
    cache.set("key", entry, 60)
    expect(module.set).toHaveBeenCalledWith(
      expect.objectContaining({ key: "key", data: entry, ttl: 60, tags: [] })
    )
  })

  it.each([
    ["fails", () => Promise.reject(new Error("down"))],
    ["hangs", () => new Promise(() => undefined)],
  ])("finds nothing when it %s, and leaves it alone for 5 s", async (_how, get) => {
    const { cache, module, warnings, tick } = setUp(get)
    expect(await cache.get("key")).toBeUndefined()
    expect(await cache.get("key")).toBeUndefined()
    cache.set("key", entry, 60)
    expect(module.get).toHaveBeenCalledTimes(1)
    expect(module.set).not.toHaveBeenCalled()
    expect(warnings).toHaveLength(1)
    tick(5000)
    await cache.get("key")
    expect(module.get).toHaveBeenCalledTimes(2)
  })
})
