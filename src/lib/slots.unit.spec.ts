// Bounded work: never more at once than allowed, early refusals, and no place is lost.
import { setTimeout as sleep } from "node:timers/promises"
import { Slots } from "./slots"

describe("Slots", () => {
  it("runs as many as it may, lets as many wait, refuses the rest", async () => {
    const slots = new Slots(2, 3, "busy")
    let running = 0
    let most = 0
    const results = await Promise.allSettled(
      Array.from({ length: 7 }, () =>
        slots.run(async () => {
          running += 1
          most = Math.max(most, running)
          await sleep(5)
          running -= 1
        })
      )
    )
    expect(most).toBe(2)
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5)
    expect(results.at(-1)).toMatchObject({ reason: { code: "busy", status: 503 } })
  })

  it("gives a place back when the work fails", async () => {
    const slots = new Slots(1, 0, "busy")
    await expect(slots.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no")
    await expect(slots.run(() => Promise.resolve("yes"))).resolves.toBe("yes")
  })
})
