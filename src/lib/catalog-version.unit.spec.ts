// The version's rules of time: when it is believed, when it is looked at, and what happens without a database.
import { CatalogVersion } from "./catalog-version"

function setUp() {
  let clock = 10_000
  let sequence = 1
  const looks: string[] = []
  const warnings: string[] = []
  let fault: "none" | "refused" | "hangs" = "none"
  const raw = (sql: string) => {
    looks.push(sql)
    if (fault === "hangs") {
      return new Promise<never>(() => undefined)
    }
    if (fault === "refused") {
      return Promise.reject(new Error("connection refused"))
    }
    sequence += sql.includes("nextval") ? 1 : 0
    return Promise.resolve({ rows: [{ version: `${sequence}|print` }] })
  }
  const log = { warn: (message: string) => void warnings.push(message) }
  return {
    version: new CatalogVersion({ raw }, log, () => clock),
    looks,
    warnings,
    tick: (milliseconds: number) => (clock += milliseconds),
    break: (how: typeof fault) => (fault = how),
    touchElsewhere: () => (sequence += 1),
  }
}

describe("CatalogVersion", () => {
  it("asks once for all who need it, then not for 400 ms", async () => {
    const { version, looks, tick } = setUp()
    expect(version.fresh()).toBeUndefined()
    await Promise.all([version.current(), version.current(), version.current()])
    tick(399)
    expect(version.fresh()).toBe("1|print")
    expect(looks).toHaveLength(1)
  })

  it("sees a change made elsewhere: in the background after 400 ms, at the latest after 800", async () => {
    const { version, tick, touchElsewhere } = setUp()
    await version.current()
    touchElsewhere()
    tick(400)
    expect(version.fresh()).toBe("1|print")
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    expect(version.fresh()).toBe("2|print")
    touchElsewhere()
    tick(799)
    expect(version.fresh()).toBe("2|print")
    tick(1)
    expect(version.fresh()).toBeUndefined()
    expect(await version.current()).toBe("3|print")
  })

  it("knows its own touch at once, even if a look began before", async () => {
    const { version, tick } = setUp()
    await version.current()
    tick(600)
    version.fresh()
    await version.touch()
    await Promise.resolve()
    await Promise.resolve()
    expect(version.fresh()).toBe("2|print")
  })

  it("goes on with what it knows while the database refuses, says so once, and recovers", async () => {
    const store = setUp()
    await store.version.current()
    store.break("refused")
    store.tick(5000)
    expect(await store.version.current()).toBe("1|print")
    store.tick(5000)
    expect(await store.version.current()).toBe("1|print")
    await new Promise(setImmediate)
    expect(store.warnings).toHaveLength(1)
    store.break("none")
    store.touchElsewhere()
    store.tick(1000)
    await store.version.current()
    await new Promise(setImmediate)
    expect(store.version.fresh()).toBe("2|print")
  })

  it("waits for a database that hangs a moment only", async () => {
    const store = setUp()
    await store.version.current()
    store.break("hangs")
    store.tick(1000)
    expect(await store.version.current()).toBe("1|print")
    // The next reads do not wait at all.
    expect(store.version.fresh()).toBe("1|print")
    store.tick(1000)
    const atOnce = new Promise((resolve) => setImmediate(resolve, "waited"))
    expect(await Promise.race([store.version.current(), atOnce])).toBe("1|print")
  })

  it("fails when it never saw one", async () => {
    const store = setUp()
    store.break("refused")
    await expect(store.version.current()).rejects.toThrow("could not be read")
  })
})
