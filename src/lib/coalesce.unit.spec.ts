// Bursts: how often the task runs, and that the last call is always served.
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
    const ends: (() => void)[] = []
    const task = () => new Promise<void>((resolve) => ends.push(resolve))
    const ask = coalesce(task, 100, fail)
    ask()
    await jest.advanceTimersByTimeAsync(5000)
    ask()
    expect(ends).toHaveLength(1)
    ends[0]?.()
    await jest.advanceTimersByTimeAsync(100)
    expect(ends).toHaveLength(2)
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
