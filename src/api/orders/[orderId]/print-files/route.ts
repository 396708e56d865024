// The print files of an order, for the shop.
import { requestPersonalizationOrderPrintsWorkflow } from "../../../../workflows/rendering/workflows/request-order-prints"
import { handle } from "../../../standalone/handle"
import { readOrder } from "../../access"
import { printFilesView } from "../../print-files"
import { noQuery } from "../../validators"

/** 200 with the files that are ready, and where each line's job stands. */
export const GET = handle({ query: noQuery }, async (call) => {
  const { order_id } = await readOrder(call)
  return { body: await printFilesView(call, order_id) }
})

/** 202 with a job for each personalized line, which draws all its placements anew. */
export const POST = handle({ query: noQuery }, async (call) => {
  const { order_id } = await readOrder(call)
  const { result: jobs } = await requestPersonalizationOrderPrintsWorkflow(call.scope).run({
    input: { order_id, fresh: true },
  })
  return { status: 202, body: { jobs } }
})
