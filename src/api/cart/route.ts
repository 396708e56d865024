// The visitor's open cart.
import { readCartItems } from "../../workflows/carts/cart-view"
import { findOpenCart } from "../../workflows/carts/open-cart"
import { handle } from "../standalone/handle"
import { optionalVisitor } from "../standalone/visitor"

/** The lines of the visitor's open cart; `[]` when there is none. */
export const GET = handle({}, async (call) => {
  const visitor = await optionalVisitor(call)
  const cart = visitor ? await findOpenCart(call.scope, visitor) : null
  return { body: cart ? await readCartItems(call.scope, cart.cart_id) : [] }
})
