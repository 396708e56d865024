// The cache of ready answers: one load for many, versions, lives, bounds, and the cache behind it.
import { readyAnswer, ReadyCache, type ReadyAnswer, type SharedEntry } from "./ready-cache"

const MINUTE = 60_000

function setUp(options: { ttl_seconds?: number; max_bytes?: number } = {}) {
  let clock = 0
  const shared = new Map<string, SharedEntry>()
  const cache = () =>
    new ReadyCache({
      max_bytes: 1_000_000,
      ttl_seconds: 60,
      ...options,
      shared: {
        get: (key) => Promise.resolve(shared.get(key)),
        set: (key, value) => void shared.set(key, value),
      },
      now: () => clock,
    })
  let loads = 0
  const load = async (): Promise<ReadyAnswer> => {
    loads += 1
    await Promise.resolve()
    return readyAnswer(200, { load: loads })
  }
  return {
    cache,
    shared,
    load,
    loads: () => loads,
    tick: (milliseconds: number) => (clock += milliseconds),
  }
}

describe("ReadyCache", () => {
  it("loads once for all who ask at the same time, and once more when the life is over", async () => {
    const { cache, load, loads, shared, tick } = setUp()
    const one = cache()
    const ask = () => Promise.all(Array.from({ length: 50 }, () => one.read("1", "list", load)))
    const first = await ask()
    expect(loads()).toBe(1)
    expect(new Set(first.map(({ answer }) => answer.etag)).size).toBe(1)
    expect(await one.read("1", "list", load)).toMatchObject({ hit: true })
    shared.clear()
    tick(MINUTE - 1)
    expect(one.peek("1", "list")).toBeDefined()
    tick(1)
    expect(one.peek("1", "list")).toBeUndefined()
    await ask()
    expect(loads()).toBe(2)
  })

  it("neither keeps nor shares a load that began before the version moved", async () => {
    const { cache, load, loads } = setUp()
    const one = cache()
    let release = (_answer: ReadyAnswer) => {}
    const old = one.read("1", "list", () => new Promise((resolve) => (release = resolve)))
    await Promise.resolve()
    const fresh = await one.read("2", "list", load)
    release(readyAnswer(200, "old"))
    expect((await old).answer.body.toString()).toBe('"old"')
    expect(loads()).toBe(1)
    expect(one.peek("2", "list")).toBe(fresh.answer)
    expect(one.peek("1", "list")).toBeUndefined()
  })

  it("keeps no error", async () => {
    const { cache, load, loads } = setUp()
    const one = cache()
    const fail = () => Promise.reject(new Error("down"))
    await expect(one.read("1", "list", fail)).rejects.toThrow("down")
    await one.read("1", "list", load)
    expect(loads()).toBe(1)
  })

  it("takes from the shared cache what another process loaded, with the age it has", async () => {
    const { cache, load, loads, shared, tick } = setUp()
    await cache().read("1", "list", load)
    const [entry] = shared.values()
    if (entry) {
      entry.loaded_at -= 45_000
    }
    const other = cache()
    expect(await other.read("1", "list", load)).toMatchObject({ hit: true })
    expect(loads()).toBe(1)
    tick(14_000)
    expect(other.peek("1", "list")).toBeDefined()
    tick(1001)
    expect(other.peek("1", "list")).toBeUndefined()
  })

  it("does not trust a shared entry that is damaged or too old", async () => {
    const { cache, load, loads, shared } = setUp()
    await cache().read("1", "list", load)
    const [[name, entry] = ["", undefined]] = shared
    shared.set(name, { ...(entry as SharedEntry), body: "damaged" })
    await cache().read("1", "list", load)
    expect(loads()).toBe(2)
    shared.set(name, { ...(entry as SharedEntry), loaded_at: Date.now() - MINUTE })
    await cache().read("1", "list", load)
    expect(loads()).toBe(3)
  })

  it("holds no more bytes than it may", async () => {
    const { cache } = setUp({ max_bytes: 10_000 })
    const one = cache()
    for (let i = 0; i < 100; i++) {
      await one.read("1", `k${i}`, () => Promise.resolve(readyAnswer(200, "x".repeat(1000))))
    }
    const kept = Array.from({ length: 100 }, (_, i) => one.peek("1", `k${i}`)).filter(Boolean)
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThan(10)
  })

  it("shares nothing of what is not there", async () => {
    const { cache, shared } = setUp()
    const one = cache()
    await one.read("1", "none", () => Promise.resolve(readyAnswer(404, {})))
    expect(one.peek("1", "none")).toBeDefined()
    expect(shared.size).toBe(0)
  })

  it("shares no more bytes within a life than it may hold", async () => {
    const { cache, shared, tick } = setUp({ max_bytes: 10_000 })
    const one = cache()
    const fill = async (name: string) => {
      for (let i = 0; i < 100; i++) {
        const body = () => Promise.resolve(readyAnswer(200, "x".repeat(500)))
        await one.read("1", `${name}${i}${"k".repeat(500)}`, body)
      }
    }
    const bytes = () =>
      [...shared].reduce((sum, [key, { body }]) => sum + key.length + body.length, 0)
    await fill("a")
    expect(bytes()).toBeGreaterThan(8000)
    expect(bytes()).toBeLessThanOrEqual(10_000)
    tick(MINUTE)
    shared.clear()
    await fill("b")
    expect(bytes()).toBeGreaterThan(8000)
  })

  it("keeps nothing with a life of 0", async () => {
    const { cache, load, loads, shared } = setUp({ ttl_seconds: 0 })
    const one = cache()
    await one.read("1", "list", load)
    await one.read("1", "list", load)
    expect([loads(), shared.size]).toEqual([2, 0])
  })
})
