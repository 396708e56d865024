// Changing and removing lines of the visitor's cart.
import { z } from "@medusajs/framework/zod"
import { notFound } from "../../../../lib/errors"
import { withCartLock } from "../../../../workflows/carts/lock"
import { findOpenCart } from "../../../../workflows/carts/open-cart"
import { changePersonalizationItemWorkflow } from "../../../../workflows/carts/workflows/change-item"
import { cartAnswer } from "../../answer"
import { handle, type Call } from "../../../standalone/handle"
import { requireVisitor } from "../../../standalone/visitor"

const body = z.strictObject({ quantity: z.int().min(0).max(999) })

async function change(call: Call, quantity: number) {
  const visitor = await requireVisitor(call, "cart_item")
  const cart = await findOpenCart(call.scope, visitor)
  if (!cart) {
    throw notFound("cart_item")
  }
  const { cart_id } = cart
  const input = { cart_id, item_id: call.params.itemId ?? "", quantity }
  await withCartLock(() => changePersonalizationItemWorkflow(call.scope).run({ input }))
  return { body: await cartAnswer(call.scope, cart_id) }
}

/** Sets a line's quantity; 0 removes it. */
export const PATCH = handle({ body }, async (call) => change(call, call.body.quantity))

/** Removes a line. */
export const DELETE = handle({}, async (call) => change(call, 0))
