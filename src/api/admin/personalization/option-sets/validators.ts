// The query of the option sets' list on the dashboard's door. Bodies are those of the standalone door.
import { z } from "@medusajs/framework/zod"
import { ORDER_COLUMNS } from "../../../../workflows/option-sets/view"
import { listParams } from "../../../medusa/query"

const productId = z.string().min(1).max(64)

/** `product_id` takes one or several; `order` a column, with - before it for descending. */
export const adminListOptionSetsQuery = listParams.extend({
  product_id: z.union([productId, z.array(productId).max(100)]).optional(),
  order: z.enum(ORDER_COLUMNS.flatMap((column) => [column, `-${column}` as const])).optional(),
})
