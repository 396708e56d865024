// What stands before the routes of the option sets on the dashboard's door.
import type { MiddlewareRoute } from "@medusajs/framework/http"
import { medusaQuery, selectParams } from "../../../medusa/query"
import { listOptionSetsConfig, retrieveOptionSetConfig } from "./query-config"
import { adminListOptionSetsQuery } from "./validators"

const LIST = "/admin/personalization/option-sets"
const ONE = "/admin/personalization/option-sets/:id"
const retrieve = medusaQuery(selectParams, retrieveOptionSetConfig)

/** Query conventions of the option sets. */
export const adminOptionSetMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: LIST,
    middlewares: [medusaQuery(adminListOptionSetsQuery, listOptionSetsConfig)],
  },
  { method: ["POST"], matcher: LIST, middlewares: [retrieve] },
  { method: ["GET", "POST"], matcher: ONE, middlewares: [retrieve] },
]
