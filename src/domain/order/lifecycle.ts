// The life of an order in production: its states and the only steps between them.
import type { Issue } from "../issue"

/** Every state, in the order of a life without trouble; `canceled` ends it before shipping. */
export const ORDER_STATES = [
  "created",
  "paid",
  "in_production",
  "shipped",
  "delivered",
  "canceled",
] as const

/** A state of an order in production. `created` means placed and not paid yet. */
export type OrderState = (typeof ORDER_STATES)[number]

/** What asking for a state comes to: a step to take, nothing to do, or a refusal. */
export type Step = { ok: true } | { same: true } | { issue: Issue }

const STEPS: Record<OrderState, readonly OrderState[]> = {
  created: ["paid", "canceled"],
  paid: ["in_production", "canceled"],
  in_production: ["shipped", "canceled"],
  shipped: ["delivered"],
  delivered: [],
  canceled: [],
}

/** The states that may follow a state directly. */
export function allowedSteps(state: OrderState): readonly OrderState[] {
  return STEPS[state]
}

/**
 * Judges a step. Asking for the state that is there already is `same`, so that repeated reports are harmless;
 * everything that is not an allowed step is an issue with code `step_not_allowed`.
 */
export function step(from: OrderState, to: OrderState): Step {
  if (from === to) {
    return { same: true }
  }
  const allowed = allowedSteps(from)
  if (allowed.includes(to)) {
    return { ok: true }
  }
  const hint = allowed.length > 0 ? `only ${allowed.join(" or ")} can follow` : "nothing follows it"
  return {
    issue: {
      path: ["status"],
      code: "step_not_allowed",
      message: `The order is ${from} and cannot become ${to}: ${hint}.`,
      params: { from, to, allowed: [...allowed] },
    },
  }
}
