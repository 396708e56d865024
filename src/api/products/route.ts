// The product list.
import { listAsk, listQuery } from "../standalone/catalog/ask"
import { catalogResponder } from "../standalone/catalog/responder"
import { handle } from "../standalone/handle"

/**
 * Published products of the shop's sales channel with their lowest price in one currency (major units), oldest first.
 * Kept answers are sent by a middleware before the gate; what comes here was refused there, with the reason.
 */
export const GET = handle({ query: listQuery }, ({ req, query }) =>
  catalogResponder().route(req, listAsk(query))
)

export { createProduct as POST } from "./write"
