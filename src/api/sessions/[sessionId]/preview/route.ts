// Asking for a preview of a design.
import { z } from "@medusajs/framework/zod"
import { requestPersonalizationPreviewWorkflow } from "../../../../workflows/rendering/workflows/request-preview"
import { rendering } from "../../../../workflows/services"
import { handle } from "../../../standalone/handle"
import { requireVisitor } from "../../../standalone/visitor"

const body = z.strictObject({ view: z.string().max(64).optional() })

/** Asks for a preview of the design as it is now; 202 with the job to ask for. */
export const POST = handle({ body }, async (call) => {
  const visitor = await requireVisitor(call)
  const { result: jobId } = await requestPersonalizationPreviewWorkflow(call.scope).run({
    input: {
      visitor_id: visitor.id,
      session_id: call.params.sessionId ?? "",
      view: call.body.view,
    },
  })
  const { id, status, revision } = await rendering(call.scope).retrieveRenderJob(jobId)
  return { status: 202, body: { jobId, job: { id, status, revision } } }
})
