// The order lifecycle: every pair of states, and random histories.
import fc from "fast-check"
import { ORDER_STATES, allowedSteps, step, type OrderState } from "./lifecycle"

const anyState = fc.constantFrom(...ORDER_STATES)
const SEQUENCE: OrderState[] = ["created", "paid", "in_production", "shipped", "delivered"]

describe("order lifecycle", () => {
  it("goes from created to delivered one step at a time", () => {
    for (const [index, state] of SEQUENCE.entries()) {
      const next = SEQUENCE[index + 1]
      if (next) {
        expect(step(state, next)).toEqual({ ok: true })
      }
    }
  })

  it.each(["created", "paid", "in_production"] as const)("can be canceled while %s", (state) => {
    expect(step(state, "canceled")).toEqual({ ok: true })
  })

  it.each(["shipped", "delivered"] as const)("cannot be canceled once %s", (state) => {
    expect(step(state, "canceled")).toHaveProperty("issue.code", "step_not_allowed")
  })

  it("treats the same state again as nothing to do", () => {
    for (const state of ORDER_STATES) {
      expect(step(state, state)).toEqual({ same: true })
    }
  })

  it("names both states and what would be allowed when it refuses", () => {
    expect(step("created", "shipped")).toEqual({
      issue: {
        path: ["status"],
        code: "step_not_allowed",
        message:
          "The order is created and cannot become shipped: only paid or canceled can follow.",
        params: { from: "created", to: "shipped", allowed: ["paid", "canceled"] },
      },
    })
    expect(step("canceled", "paid")).toHaveProperty(
      "issue.message",
      "The order is canceled and cannot become paid: nothing follows it."
    )
  })

  it("agrees with the list of allowed steps for every pair", () => {
    fc.assert(
      fc.property(anyState, anyState, (from, to) => {
        expect("ok" in step(from, to)).toBe(allowedSteps(from).includes(to))
      })
    )
  })

  it("never repeats, skips or goes back, whatever is asked for", () => {
    fc.assert(
      fc.property(fc.array(anyState, { maxLength: 40 }), (requests) => {
        const history: OrderState[] = ["created"]
        for (const to of requests) {
          const current = history.at(-1) ?? "created"
          if ("ok" in step(current, to)) {
            history.push(to)
          }
        }
        const canceled = history.at(-1) === "canceled"
        const steps = canceled ? history.slice(0, -1) : history
        expect(steps).toEqual(SEQUENCE.slice(0, steps.length))
        if (canceled) {
          expect(["created", "paid", "in_production"]).toContain(steps.at(-1))
        }
      })
    )
  })
})
