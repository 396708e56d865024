// What both doors do with sessions: start, list, read, change.
import { furtherFaults } from "../../lib/all-inputs"
import { invalid, notFound, toWireIssue } from "../../lib/errors"
import type { OwnSession } from "../../modules/personalization/service"
import { loadSessionContext, retrieveOwnSession } from "../../workflows/sessions/context"
import { planCopy } from "../../workflows/sessions/plan-copy"
import { planSession } from "../../workflows/sessions/plan-session"
import { findSource } from "../../workflows/sessions/source"
import { buildSessionView } from "../../workflows/sessions/view"
import {
  createPersonalizationSessionWorkflow,
  type CreateSessionInput,
} from "../../workflows/sessions/workflows/create-session"
import {
  changeFaults,
  updatePersonalizationSessionWorkflow,
} from "../../workflows/sessions/workflows/update-session"
import { personalization } from "../../workflows/services"
import type { Answer, Call } from "../standalone/handle"
import { limitAddress, limitVisitor } from "../standalone/rate-limit"
import { callerOf, keepVisitor, visitorOrNew, type Caller } from "../standalone/visitor"
import { readFields } from "../standalone/well-formed"
import { changeBody, startBody, type StartBody } from "./validators"

/** A request of either door. */
export type DoorCall<B = unknown, Q = unknown> = Omit<Call<B, Q>, "rawBody">

/** Starts a design; the answer carries the visitor's key as a cookie, or as a header for clients that use it. */
export async function startSession(call: DoorCall): Promise<Answer> {
  await limitAddress(call, "sessions")
  const caller = await callerOf(call)
  const known = caller.key_hash ?? caller.customer_id
  if (known !== null) {
    await limitVisitor(call, "sessions", known)
  }
  const { product_id, from, ...wish } = await readStart(call, caller)
  // Before a key is made: nothing is kept of a request that leads nowhere.
  if (from) {
    const source = await findSource(call.scope, from, caller)
    const { issues, ...plan } = await planCopy(call.scope, source, wish)
    const session = await create(call, caller, plan)
    const view = buildSessionView(await loadSessionContext(call.scope, session))
    return {
      status: 201,
      body: { sessionId: session.id, session: view, issues: issues.map(toWireIssue) },
    }
  }
  const plan = await planSession(call.scope, { ...wish, product_id: product_id ?? "" })
  const session = await create(call, caller, plan)
  const { id, variant_id, template_id, template_version, options, revision, expires_at } = session
  return {
    status: 201,
    body: {
      sessionId: id,
      session: {
        ...{ id, product_id: session.product_id, variant_id, template_id, template_version },
        ...{ options, revision, expires_at },
      },
    },
  }
}

/** @throws AppError 400 with every fault: of the form, and of what is well-formed beside it */
async function readStart({ scope, body }: DoorCall, caller: Caller): Promise<StartBody> {
  const { value, wellFormed, issues } = readFields(startBody, body)
  if (value) {
    return value
  }
  const { product_id, from, ...wish } = wellFormed
  const plan = async (): Promise<unknown> =>
    from
      ? planCopy(scope, await findSource(scope, from, caller), wish)
      : product_id && planSession(scope, { ...wish, product_id })
  throw invalid([...issues, ...(await furtherFaults(plan()))])
}

async function create(
  call: DoorCall,
  { customer_id }: Caller,
  plan: Omit<CreateSessionInput, "visitor_id" | "customer_id">
): Promise<OwnSession> {
  const visitor = await visitorOrNew(call)
  const { result: id } = await createPersonalizationSessionWorkflow(call.scope).run({
    input: { ...plan, visitor_id: visitor.id, customer_id },
  })
  return retrieveOwnSession(call.scope, id, { visitor_id: visitor.id })
}

/** One's own sessions, the last changed first: those of the key and those of the signed-in customer. */
export async function listSessions(
  call: DoorCall<unknown, { limit: number; offset: number }>
): Promise<Answer> {
  const { limit, offset } = call.query
  const caller = await callerOf(call)
  const page = await personalization(call.scope).sessions.listOwn(caller, { limit, offset })
  return { body: { ...page, limit, offset } }
}

/** A session with completeness and a live price; 404 for whoever does not own it. */
export async function readSession(call: DoorCall): Promise<Answer> {
  const session = await requireSession(call, await callerOf(call))
  const context = await loadSessionContext(call.scope, session)
  return { body: { sessionId: session.id, session: buildSessionView(context) } }
}

/** Merges values; null takes one back. All or nothing: 400 with every issue, 409 on a stale revision. */
export async function changeSession(call: DoorCall): Promise<Answer> {
  const owner = await callerOf(call)
  const session_id = sessionIdOf(call)
  const { value, wellFormed, issues } = readFields(changeBody, call.body)
  if (!value) {
    const { options, variant_id } = wellFormed
    const more = await changeFaults(call.scope, { owner, session_id, options, variant_id })
    throw invalid([...issues, ...more])
  }
  const { result } = await updatePersonalizationSessionWorkflow(call.scope).run({
    input: { ...value, session_id, owner },
  })
  if (result.key_expires_at !== null) {
    await keepVisitor(call, result.visitor_id, new Date(result.key_expires_at))
  }
  return { body: { sessionId: result.session.id, session: result.session } }
}

/** The session that a request is about. @throws AppError 404 */
export async function requireSession(call: DoorCall, caller: Caller): Promise<OwnSession> {
  return retrieveOwnSession(call.scope, sessionIdOf(call), caller)
}

/** The session that a change is about, whose visitor it keeps. @throws AppError 404; 403 `foreign_origin` */
export async function requireSessionToChange(call: DoorCall): Promise<OwnSession> {
  const session = await requireSession(call, await callerOf(call))
  if (session.key_expires_at) {
    await keepVisitor(call, session.visitor_id, session.key_expires_at)
  }
  return session
}

function sessionIdOf(call: DoorCall): string {
  const { sessionId } = call.params
  if (!sessionId) {
    throw notFound("session")
  }
  return sessionId
}
