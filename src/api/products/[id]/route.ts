// A product with everything that is needed to personalize it.
import { productQuery } from "../../standalone/catalog/ask"
import { catalogResponder } from "../../standalone/catalog/responder"
import { handle } from "../../standalone/handle"

/** One published product, by id or handle, with variants, default template and option sets; prices in major units. */
export const GET = handle({ query: productQuery }, ({ req, query, params }) =>
  catalogResponder().route(req, { kind: "product", id: params.id ?? "", ...query })
)

export { updateProduct as PUT, deleteProduct as DELETE } from "../write"
