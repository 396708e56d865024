// Queries of the templates on the dashboard's door. Bodies are those of the standalone door.
import { z } from "@medusajs/framework/zod"
import { TEMPLATE_STATUSES } from "../../../../domain/template/lifecycle"
import { booleanParam, listParams } from "../../../medusa/query"
import { productId } from "../../../templates/validators"
import { listTemplatesConfig } from "./query-config"

const status = z.enum(TEMPLATE_STATUSES)

const columns = listTemplatesConfig.defaults

/** `q` searches the name; `product_id` and `status` take one or several; `order` a column, with - before it for descending. */
export const adminListTemplatesQuery = listParams.extend({
  q: z.string().min(1).max(200).optional(),
  product_id: z.union([productId, z.array(productId).max(100)]).optional(),
  status: z.union([status, z.array(status).max(TEMPLATE_STATUSES.length)]).optional(),
  is_default: booleanParam.optional(),
  order: z.enum(columns.flatMap((column) => [column, `-${column}`])).optional(),
})
