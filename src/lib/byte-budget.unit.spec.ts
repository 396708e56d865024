// What a budget of bytes lets through.
import { ByteBudget } from "./byte-budget"

describe("ByteBudget", () => {
  it("gives what it has for a window, and the same for the next one", () => {
    let clock = 0
    const budget = new ByteBudget(100, 1000, () => clock)
    expect([60, 41, 40, 1].map((bytes) => budget.spend(bytes))).toEqual([true, false, true, false])
    clock = 999
    expect(budget.spend(1)).toBe(false)
    clock = 1000
    expect([100, 1].map((bytes) => budget.spend(bytes))).toEqual([true, false])
  })

  it("begins a window with the first bytes", () => {
    let clock = 5000
    const budget = new ByteBudget(100, 1000, () => clock)
    expect(budget.spend(100)).toBe(true)
    clock = 5999
    expect(budget.spend(1)).toBe(false)
  })
})
