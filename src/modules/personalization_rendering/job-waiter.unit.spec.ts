// Waiting for jobs: who is told is woken, and nobody waits for ever.
import { JobWaiter } from "./job-waiter"

describe("JobWaiter", () => {
  const { signal } = new AbortController()
  const hearing = () => new JobWaiter(() => Promise.resolve(true))
  const LONG = 60_000

  it("wakes exactly those whose job is settled", async () => {
    const waiter = hearing()
    const watches = await Promise.all([waiter.watch("a"), waiter.watch("a")])
    const other = await waiter.watch("b")
    const woken: string[] = []
    const last = other.settled(LONG, signal).then(() => woken.push("b"))
    const both = watches.map((watch) => watch.settled(LONG, signal))
    waiter.settled("a")
    await Promise.all(both)
    expect(woken).toEqual([])
    waiter.wakeAll()
    await last
    expect(woken).toEqual(["b"])
  })

  it("remembers what was told before the caller waits", async () => {
    const waiter = hearing()
    const watch = await waiter.watch("a")
    waiter.settled("a")
    await watch.settled(LONG, signal)
  })

  it("ends with the time, with the caller, and when nothing can be heard", async () => {
    const waiter = hearing()
    await (await waiter.watch("a")).settled(20, signal)
    const caller = new AbortController()
    const waiting = (await waiter.watch("a")).settled(LONG, caller.signal)
    caller.abort()
    await waiting
    await (await waiter.watch("a")).settled(LONG, caller.signal)
    const deaf = new JobWaiter(() => Promise.resolve(false))
    await (await deaf.watch("a")).settled(LONG, signal)
  })

  it("keeps no more callers than it may, and has room again when they stop", async () => {
    const waiter = hearing()
    const many = await Promise.all(Array.from({ length: 500 }, () => waiter.watch("a")))
    await (await waiter.watch("b")).settled(LONG, signal)
    many[0]?.stop()
    many[0]?.stop()
    const next = await waiter.watch("b")
    const woken = next.settled(LONG, signal).then(() => "woken")
    waiter.settled("b")
    expect(await woken).toBe("woken")
    await (await waiter.watch("c")).settled(LONG, signal)
  })
})
