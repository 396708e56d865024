// Adding to the visitor's cart.
import { z } from "@medusajs/framework/zod"
import { withCartLock } from "../../../workflows/carts/lock"
import { requireOpenCart } from "../../../workflows/carts/open-cart"
import { retrieveOwnSession } from "../../../workflows/sessions/context"
import { requireSellableVariant } from "../../../workflows/sessions/variants"
import { addPersonalizationItemWorkflow } from "../../../workflows/carts/workflows/add-item"
import { cartAnswer } from "../answer"
import { handle } from "../../standalone/handle"
import { regionQuery } from "../../standalone/query"
import { limitAddress } from "../../standalone/rate-limit"
import { callerOf, visitorOrNew } from "../../standalone/visitor"

const id = z.string().min(1).max(64)
const body = z.strictObject({
  sessionKey: z.string().max(100).optional(),
  session_key: z.string().max(100).optional(),
  item: z
    .strictObject({
      session_id: id.optional(),
      sessionId: id.optional(),
      variant_id: id.optional(),
      quantity: z.int().min(1).max(999).default(1),
    })
    .refine(
      ({ session_id, sessionId, variant_id }) => Boolean(session_id ?? sessionId ?? variant_id),
      "needs a session_id or a variant_id"
    ),
  ...regionQuery,
})

/** Adds a design or a plain variant to the visitor's cart; equal designs merge their quantities. */
export const POST = handle({ body }, async (call) => {
  const { sessionKey, session_key, item, ...region } = call.body
  const { sessionId, session_id = sessionId, variant_id, quantity } = item
  const key = sessionKey ?? session_key
  const caller = await callerOf(call, key)
  if (session_id) {
    // Nothing is made for a caller who does not have the session.
    await retrieveOwnSession(call.scope, session_id, caller)
  } else {
    await requireSellableVariant(call.scope, variant_id ?? "")
  }
  // A new visitor costs what a new session does.
  const visitor = await visitorOrNew(call, key, () => limitAddress(call, "sessions"))
  const { cart_id, price_context } = await requireOpenCart(call.scope, visitor, region)
  const owner = { visitor_id: visitor.id, customer_id: caller.customer_id }
  const input = { owner, cart_id, price_context, session_id, variant_id, quantity }
  await withCartLock(() => addPersonalizationItemWorkflow(call.scope).run({ input }))
  return { body: await cartAnswer(call.scope, cart_id) }
})
