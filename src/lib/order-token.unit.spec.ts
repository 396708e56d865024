// Order tokens: each opens its own order, under its own secret.
import { signOrderToken, verifyOrderToken } from "./order-token"

const SECRET = "a-secret-of-at-least-32-characters"

describe("order token", () => {
  const token = signOrderToken(SECRET, "order_1")

  it("opens the order it was made for", () => {
    expect(verifyOrderToken(SECRET, "order_1", token)).toBe(true)
  })

  it.each([
    ["another order", SECRET, "order_2", token],
    ["another secret", `${SECRET}!`, "order_1", token],
    ["a shortened token", SECRET, "order_1", token.slice(0, -4)],
    ["an empty token", SECRET, "order_1", ""],
    ["a changed token", SECRET, "order_1", token.replace(/^./, (c) => (c === "A" ? "B" : "A"))],
  ])("does not open with %s", (_, secret, orderId, given) => {
    expect(verifyOrderToken(secret, orderId, given)).toBe(false)
  })
})
