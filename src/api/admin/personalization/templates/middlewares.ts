// What stands before the routes of the templates on the dashboard's door.
import type { MiddlewareRoute } from "@medusajs/framework/http"
import { medusaQuery, selectParams } from "../../../medusa/query"
import { listTemplatesConfig, retrieveTemplateConfig } from "./query-config"
import { adminListTemplatesQuery } from "./validators"

const LIST = "/admin/personalization/templates"
const ONE = "/admin/personalization/templates/:id"
/** Definitions may have 256 kB; the limit is on the body as a whole, as on the standalone door. */
const bodyParser = { sizeLimit: "1mb" }
const retrieve = medusaQuery(selectParams, retrieveTemplateConfig)

/** Query conventions and body limits of the templates. */
export const adminTemplateMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: LIST,
    middlewares: [medusaQuery(adminListTemplatesQuery, listTemplatesConfig)],
  },
  { method: ["POST"], matcher: LIST, bodyParser, middlewares: [retrieve] },
  { method: ["GET"], matcher: ONE, middlewares: [retrieve] },
  { method: ["POST"], matcher: ONE, bodyParser, middlewares: [retrieve] },
]
