// Bursts: how often the task runs, and that the last call is always served.
import { setTimeout as sleep } from "node:timers/promises"
import { coalesce } from "./coalesce"

describe("coalesce", () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it("runs at once for the first call, and once more for all that came meanwhile", async () => {
    const task = jest.fn(() => Promise.resolve())
    const ask = coalesce(task, 100, fail)
    for (let i = 0; i < 10_000; i++) {
      ask()
    }
    expect(task).toHaveBeenCalledTimes(1)
    await jest.advanceTimersByTimeAsync(99)
    expect(task).toHaveBeenCalledTimes(1)
    await jest.advanceTimersByTimeAsync(2)
    expect(task).toHaveBeenCalledTimes(2)
    await jest.advanceTimersByTimeAsync(10_000)
    expect(task).toHaveBeenCalledTimes(2)
  })

  it("serves a call that comes while the task runs by another run", async () => {
    jest.useRealTimers()
    const seen: number[] = []
    let value = 1
    const ask = coalesce(
      async () => {
        const read = value
        await sleep(20)
        seen.push(read)
      },
      5,
      fail
    )
    ask()
    value = 2
    ask()
    await sleep(100)
    expect(seen).toEqual([1, 2])
  })

  it("tries again after a failure", async () => {
    const task = jest.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error("down"))
    const errors: unknown[] = []
    coalesce(task, 100, (error) => errors.push(error))()
    await jest.advanceTimersByTimeAsync(1001)
    expect(task).toHaveBeenCalledTimes(2)
    expect(errors).toHaveLength(1)
  })
})

function fail(error: unknown): void {
  throw error
}
