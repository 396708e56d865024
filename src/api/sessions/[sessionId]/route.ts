// Reading and changing a design in progress.
import { z } from "@medusajs/framework/zod"
import { retrieveOwnSession } from "../../../workflows/sessions/context"
import { buildSessionView } from "../../../workflows/sessions/view"
import { updatePersonalizationSessionWorkflow } from "../../../workflows/sessions/workflows/update-session"
import { handle, type Call } from "../../standalone/handle"
import { requireVisitor } from "../../standalone/visitor"

const patch = z.strictObject({
  options: z.record(z.string().max(64), z.unknown()).optional(),
  variant_id: z.string().min(1).max(64).optional(),
  revision: z.int().min(0).optional(),
})

async function answer(call: Call, visitorId: string) {
  const sessionId = call.params.sessionId ?? ""
  const session = await retrieveOwnSession(call.scope, sessionId, visitorId)
  return { body: { sessionId, session: await buildSessionView(call.scope, session) } }
}

/** A session with completeness and a live price; 404 without the visitor's key. */
export const GET = handle({}, async (call) => {
  const visitor = await requireVisitor(call)
  return answer(call, visitor.id)
})

/** Merges values; null takes one back. All or nothing: 400 with every issue, 409 on a stale revision. */
export const PATCH = handle({ body: patch }, async (call) => {
  const visitor = await requireVisitor(call)
  await updatePersonalizationSessionWorkflow(call.scope).run({
    input: { ...call.body, session_id: call.params.sessionId ?? "", visitor_id: visitor.id },
  })
  return answer(call, visitor.id)
})
