// Starting a design.
import { z } from "@medusajs/framework/zod"
import { planSession } from "../../workflows/sessions/plan-session"
import { createPersonalizationSessionWorkflow } from "../../workflows/sessions/workflows/create-session"
import { personalization } from "../../workflows/services"
import { handle } from "../standalone/handle"
import { regionQuery } from "../standalone/query"
import { visitorOrNew } from "../standalone/visitor"

const id = z.string().min(1).max(64)
const body = z.strictObject({
  product_id: id,
  template_id: id.optional(),
  variant_id: id.optional(),
  ...regionQuery,
})

/** Starts a design; the answer carries the visitor's key as a cookie, or as a header for clients that use it. */
export const POST = handle({ body }, async (call) => {
  // Before a key is made: nothing is kept of a request that leads nowhere.
  const start = await planSession(call.scope, call.body)
  const visitor = await visitorOrNew(call)
  const { result: sessionId } = await createPersonalizationSessionWorkflow(call.scope).run({
    input: { ...start, visitor_id: visitor.id, customer_id: null },
  })
  const session = await personalization(call.scope).retrieveSession(sessionId)
  const { product_id, variant_id, template_id, template_version, options, revision } = session
  return {
    status: 201,
    body: {
      sessionId,
      session: {
        id: sessionId,
        product_id,
        variant_id,
        template_id,
        template_version,
        options,
        revision,
        expires_at: session.expires_at,
      },
    },
  }
})
