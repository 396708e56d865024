// What the visitor's open cart comes to.
import { z } from "@medusajs/framework/zod"
import { cartTotals, emptyTotals } from "../../../workflows/carts/cart-totals"
import { findOpenCart } from "../../../workflows/carts/open-cart"
import { resolveRegion } from "../../../workflows/catalog/region"
import { handle } from "../../standalone/handle"
import { regionQuery } from "../../standalone/query"
import { optionalVisitor } from "../../standalone/visitor"

const query = z.object({ country_code: regionQuery.country_code })

/** What the open cart comes to, in major units; `country_code` is whose tax an estimate assumes. Zeros for no cart. */
export const GET = handle({ query }, async (call) => {
  const visitor = await optionalVisitor(call)
  const cart = visitor ? await findOpenCart(call.scope, visitor) : null
  const totals = cart
    ? await cartTotals(call.scope, cart.cart_id, call.query.country_code?.toLowerCase())
    : null
  const { currency_code } = totals ?? (await resolveRegion(call.scope, call.query))
  return { body: totals ?? emptyTotals(currency_code) }
})
