// Requests are counted by who makes them, together with other processes while those counts answer.
import { once } from "node:events"
import { createServer, type AddressInfo, type Socket } from "node:net"
import { RateLimiterMemory, type RateLimiterAbstract } from "rate-limiter-flexible"
import { openCounters, type SharedCounters } from "./rate-limit-counters"
import { rateLimitOptionsSchema } from "./rate-limit-options"
import { RateLimits } from "./rate-limits"

const OPTIONS = rateLimitOptionsSchema.parse({
  window_seconds: 10,
  sessions: { per_visitor: 2, per_address: 3 },
})
const SECRET = "s".repeat(32)

/** Counts that several processes share, here in memory; `down` lets them fail. */
class Shared implements SharedCounters {
  down = false
  closed = 0
  readonly names: string[] = []
  readonly #limiters = new Map<string, RateLimiterMemory>()

  limiter(options: Parameters<SharedCounters["limiter"]>[0]): RateLimiterAbstract {
    const known = this.#limiters.get(options.keyPrefix) ?? new RateLimiterMemory(options)
    this.#limiters.set(options.keyPrefix, known)
    const consume = (name: string) => {
      this.names.push(name)
      return this.down ? Promise.reject(new Error("connection lost")) : known.consume(name)
    }
    return { consume } as unknown as RateLimiterAbstract
  }

  async close(): Promise<void> {
    this.closed += 1
  }
}

function process(shared: SharedCounters | null, options = OPTIONS) {
  const warnings: string[] = []
  const log = { warn: (message: string) => void warnings.push(message) }
  const clock = { now: 0 }
  const limits = new RateLimits(
    options,
    SECRET,
    () => shared,
    log,
    () => clock.now
  )
  const from = (address: string) => limits.count("sessions", { address })
  /** How many of so many requests are let through. */
  const passed = async (address: string, requests: number) => {
    const answers = await Promise.all(Array.from({ length: requests }, () => from(address)))
    return answers.filter((refusal) => refusal === null).length
  }
  return { limits, from, passed, warnings, clock }
}

describe("rate limits", () => {
  it("let as many through as an option says, each for its own action, kind and name", async () => {
    const { limits, from, passed } = process(null)
    expect(await passed("198.51.100.1", 50)).toBe(3)
    expect(await from("198.51.100.1")).toEqual({
      limit: 3,
      window_seconds: 10,
      retry_after_seconds: 10,
    })
    expect(await passed("198.51.100.2", 50)).toBe(3)
    const visitor = { visitor: "198.51.100.1" }
    const answers = [1, 2, 3].map(() => limits.count("sessions", visitor))
    expect(await Promise.all(answers)).toEqual([null, null, expect.objectContaining({ limit: 2 })])
    expect(await limits.count("previews", visitor)).toBeNull()
  })

  it("begin anew when a window is over, and say when that is", async () => {
    jest.useFakeTimers()
    try {
      const { from, passed } = process(null)
      expect(await passed("198.51.100.1", 3)).toBe(3)
      jest.advanceTimersByTime(7500)
      expect(await from("198.51.100.1")).toMatchObject({ retry_after_seconds: 3 })
      jest.advanceTimersByTime(2501)
      expect(await passed("198.51.100.1", 9)).toBe(3)
    } finally {
      jest.useRealTimers()
    }
  })

  it("are those of all processes together, and a flood costs the shared counts little", async () => {
    const shared = new Shared()
    const [one, two] = [process(shared), process(shared)]
    expect((await one.passed("198.51.100.1", 2)) + (await two.passed("198.51.100.1", 2))).toBe(3)
    await Promise.all([one.passed("198.51.100.2", 1000), two.passed("198.51.100.2", 1000)])
    expect(shared.names.length).toBeLessThanOrEqual(4 + 6)
    await Promise.all([one.limits.close(), two.limits.close()])
    expect(shared.closed).toBe(2)
  })

  it("hold in a process alone while the shared counts fail, which are asked again after a pause", async () => {
    const shared = new Shared()
    shared.down = true
    const { passed, warnings, clock } = process(shared)
    expect(await passed("198.51.100.1", 50)).toBe(3)
    expect(await passed("198.51.100.2", 2)).toBe(2)
    expect(warnings).toEqual([expect.stringContaining("connection lost")])
    const asked = shared.names.length
    expect(await passed("198.51.100.3", 3)).toBe(3)
    expect(shared.names).toHaveLength(asked)
    shared.down = false
    clock.now += 2001
    const other = process(shared)
    expect(await other.passed("198.51.100.4", 3)).toBe(3)
    expect(await passed("198.51.100.4", 1)).toBe(0)
    shared.down = true
    expect(await passed("198.51.100.5", 3)).toBe(3)
    expect(warnings).toHaveLength(1)
    clock.now += 60_000
    expect(await passed("198.51.100.6", 3)).toBe(3)
    expect(warnings).toHaveLength(2)
  })

  it("refuse nobody for longer than they were told, whichever process they meet", async () => {
    jest.useFakeTimers()
    try {
      const shared = new Shared()
      const [one, two] = [process(shared), process(shared)]
      expect(await one.passed("198.51.100.1", 3)).toBe(3)
      jest.advanceTimersByTime(7000)
      for (let request = 0; request < 5; request++) {
        expect(await two.from("198.51.100.1")).toMatchObject({ retry_after_seconds: 3 })
      }
      jest.advanceTimersByTime(3000)
      expect(await two.passed("198.51.100.1", 5)).toBe(3)
    } finally {
      jest.useRealTimers()
    }
  })

  it("go on without a Redis that is not there", async () => {
    const counters = openCounters({ redis_url: "redis://127.0.0.1:1" })
    const { passed, warnings, limits } = process(counters)
    try {
      expect(await passed("198.51.100.1", 10)).toBe(3)
      expect(warnings.length).toBeGreaterThan(0)
    } finally {
      await limits.close()
    }
  })

  it("go on without a Redis that takes connections and says nothing", async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => void sockets.push(socket.resume()))
    await once(silent.listen(0, "127.0.0.1"), "listening")
    const { port } = silent.address() as AddressInfo
    const counters = openCounters({ redis_url: `redis://127.0.0.1:${port}` })
    const { passed, warnings, limits } = process(counters)
    try {
      expect(await passed("198.51.100.1", 10)).toBe(3)
      expect(warnings).toHaveLength(1)
    } finally {
      await limits.close()
      sockets.forEach((socket) => socket.destroy())
      silent.close()
    }
  })

  it("are those of a process alone where there is nothing to share them in", () => {
    expect(openCounters({})).toBeNull()
    expect(openCounters({ redis_url: "" })).toBeNull()
  })

  it("keep no name as it is, nor one that could be found again under another action", async () => {
    const shared = new Shared()
    const { limits, from } = process(shared)
    await from("198.51.100.1")
    await limits.count("uploads", { address: "198.51.100.1" })
    await limits.count("uploads", { visitor: "198.51.100.1" })
    expect(new Set(shared.names).size).toBe(3)
    expect(shared.names.join(" ")).toMatch(/^[\w-]{24} [\w-]{24} [\w-]{24}$/)
  })

  it("are none where they are switched off", async () => {
    const off = { ...OPTIONS, enabled: false }
    const open = jest.fn(() => null)
    const limits = new RateLimits(off, SECRET, open, { warn: () => undefined })
    for (let request = 0; request < 100; request++) {
      expect(await limits.count("sessions", { address: "198.51.100.1" })).toBeNull()
    }
    expect(open).not.toHaveBeenCalled()
  })
})
