import { z } from "@medusajs/framework/zod"
import { requireOpenCart } from "../../../workflows/carts/open-cart"
import { addPersonalizationItemWorkflow } from "../../../workflows/carts/workflows/add-item"
import { cartAnswer } from "../answer"
import { handle } from "../../standalone/handle"
import { regionQuery } from "../../standalone/query"
import { visitorOrNew } from "../../standalone/visitor"

const id = z.string().min(1).max(64)
const body = z.strictObject({
  sessionKey: z.string().max(100).optional(),
  item: z
    .strictObject({
      session_id: id.optional(),
      variant_id: id.optional(),
      quantity: z.int().min(1).max(999).default(1),
    })
    .refine(
      (item) => item.session_id !== undefined || item.variant_id !== undefined,
      "needs a session_id or a variant_id"
    ),
  ...regionQuery,
})

/** Adds a design or a plain variant to the visitor's cart; equal designs merge their quantities. */
export const POST = handle({ body }, async (call) => {
  const { sessionKey, item, ...region } = call.body
  const visitor = await visitorOrNew(call, sessionKey)
  const { cart_id, price_context } = await requireOpenCart(call.scope, visitor, region)
  await addPersonalizationItemWorkflow(call.scope).run({
    input: { visitor_id: visitor.id, cart_id, price_context, ...item },
  })
  return { body: await cartAnswer(call.scope, cart_id) }
})
