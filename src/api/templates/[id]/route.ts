// Reading a template.
import { Modules } from "@medusajs/framework/utils"
import { notFound } from "../../../lib/errors"
import { personalization } from "../../../workflows/services"
import { hasApiKey } from "../../standalone/api-key"
import { handle } from "../../standalone/handle"
import { templateView } from "../view"

/** One template. Without an API key only a published one of a published product is there. */
export const GET = handle({}, async ({ req, scope, params }) => {
  const [template] = await personalization(scope).listTemplates(
    { id: params.id ?? "" },
    { take: 1 }
  )
  if (!template) {
    throw notFound("template")
  }
  const [product] = await scope
    .resolve(Modules.PRODUCT)
    .listProducts({ id: template.product_id, status: "published" }, { select: ["id"], take: 1 })
  const isPublic = template.status === "published" && product !== undefined
  if (!isPublic && !(await hasApiKey(req))) {
    throw notFound("template")
  }
  return { body: { template: templateView(template) } }
})
