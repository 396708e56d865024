// Waiting for jobs: one look for all, and nobody waits for ever.
import { JobWaiter } from "./job-waiter"

describe("JobWaiter", () => {
  const signal = new AbortController().signal

  it("wakes exactly those whose job is settled, with one look for all", async () => {
    const looks: string[][] = []
    const waiter = new JobWaiter((ids) => {
      looks.push(ids)
      return Promise.resolve(["a"])
    })
    const woken: string[] = []
    const first = [waiter.wait("a", 5_000, signal), waiter.wait("a", 5_000, signal)]
    const other = waiter.wait("b", 600, signal).then(() => woken.push("b"))
    waiter.look()
    await Promise.all(first)
    expect(woken).toEqual([])
    expect(looks[0]).toEqual(["a", "b"])
    await other
  })

  it("ends with the time, with the caller, and when looking fails", async () => {
    const waiter = new JobWaiter(() => Promise.reject(new Error("no database")))
    await waiter.wait("a", 20, signal)
    const caller = new AbortController()
    const waiting = waiter.wait("a", 60_000, caller.signal)
    caller.abort()
    await waiting
  })

  it("keeps no more callers than it may", async () => {
    const waiter = new JobWaiter(() => Promise.resolve([]))
    const caller = new AbortController()
    const many = Array.from({ length: 500 }, () => waiter.wait("a", 60_000, caller.signal))
    await waiter.wait("b", 60_000, signal)
    caller.abort()
    await Promise.all(many)
  })
})
