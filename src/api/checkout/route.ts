// Places the order of the visitor's open cart.
import { checkout } from "../../workflows/checkout/checkout"
import { emptyCart } from "../../workflows/checkout/plan-checkout"
import { handle } from "../standalone/handle"
import { optionalVisitor } from "../standalone/visitor"
import { checkoutBody, idempotencyKey } from "./validators"

/** 201 with the order in state `created` and what to pay it with; the same cart or key again gives the same order. */
export const POST = handle({ body: checkoutBody }, async (call) => {
  const key = idempotencyKey(call.req.get("idempotency-key"))
  const visitor = await optionalVisitor(call)
  if (!visitor) {
    throw emptyCart()
  }
  const body = await checkout(call.scope, {
    visitor: { id: visitor.id, cart_id: visitor.cart_id },
    idempotency_key: key,
    body: call.body,
  })
  return { status: 201, body }
})
