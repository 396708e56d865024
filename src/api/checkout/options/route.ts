// What the visitor can choose from at checkout.
import { checkoutOptions } from "../../../workflows/checkout/checkout-options"
import { handle } from "../../standalone/handle"
import { regionQuery } from "../../standalone/query"
import { optionalVisitor } from "../../standalone/visitor"
import { z } from "@medusajs/framework/zod"

const query = z.object({ country_code: regionQuery.country_code })

/** Countries, shipping options and payment providers for the visitor's cart; empty lists when there is no cart. */
export const GET = handle({ query }, async (call) => {
  const visitor = await optionalVisitor(call)
  return {
    body: await checkoutOptions(
      call.scope,
      visitor?.cart_id ?? null,
      call.query.country_code?.toLowerCase()
    ),
  }
})
