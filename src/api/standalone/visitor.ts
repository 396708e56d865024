// Who is calling: the visitor's key in the body, the header or the cookie, in this order, without falling back; and the
// customer who is signed in.
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { AppError, notFound } from "../../lib/errors"
import type { PersonalizationOptions } from "../../lib/options"
import {
  PERSONALIZATION_MODULE,
  type PersonalizationModuleService,
} from "../../modules/personalization"
import {
  hashVisitorKey,
  newVisitorKey,
  type VisitorRow,
} from "../../modules/personalization/service"
import { sessionEnd } from "../../workflows/sessions/session-end"
import { isForeignOrigin } from "./cors"
import { isSignedInByCookie, signedInCustomer } from "./customer"

const SESSION_COOKIE = "sessionKey"
const SESSION_HEADER = "X-Session-Key"
/** What a client without cookies sends to get its first key in the answer's header. */
const NEW_KEY = "new"
const HOUR_MS = 3_600_000
const KEY_SHAPE = /^[A-Za-z0-9_-]{43}$/

/** What is needed of a request of either door. */
export type VisitorCall = {
  req: MedusaRequest
  res: MedusaResponse
  scope: MedusaContainer
  options: PersonalizationOptions
}
/** Who may have sessions: the holder of a key, a customer, or both. */
export type Caller = { key_hash: string | null; customer_id: string | null }
type GivenKey = { key: string; from: "body" | "header" | "cookie" } | null

/**
 * As whom the caller may have sessions. Reads nothing.
 * @throws AppError 403 `foreign_origin` for a change that a page of another site makes with a cookie.
 */
export async function callerOf(call: VisitorCall, bodyKey?: string): Promise<Caller> {
  const given = givenKey(call.req, bodyKey)
  const customer_id = await signedInCustomer(call.req, call.res)
  const byCookie =
    given?.from === "cookie" || (customer_id !== null && isSignedInByCookie(call.req))
  if (byCookie && isChange(call.req) && isForeignOrigin(call.req)) {
    throw new AppError("forbidden", "foreign_origin", "This site may not act for the visitor.")
  }
  return {
    key_hash: given && KEY_SHAPE.test(given.key) ? hashVisitorKey(given.key) : null,
    customer_id,
  }
}

/** The visitor, or null when no key, or one that is not known, came. */
export async function optionalVisitor(
  call: VisitorCall,
  bodyKey?: string
): Promise<VisitorRow | null> {
  const { key_hash } = await callerOf(call, bodyKey)
  return key_hash === null ? null : service(call).findVisitorByHash(key_hash)
}

/**
 * The visitor; a change keeps it, as it keeps its designs, for another while.
 * @throws AppError 404 named after `kind`: without the right key a thing does not exist.
 */
export async function requireVisitor(
  call: VisitorCall,
  kind = "session",
  bodyKey?: string
): Promise<VisitorRow> {
  const visitor = await optionalVisitor(call, bodyKey)
  const kept = visitor && isChange(call.req) ? await prolong(call, visitor, bodyKey) : visitor
  if (!kept) {
    throw notFound(kind)
  }
  return kept
}

/**
 * The visitor, made now when no known key came; a key that a client made up is never adopted. The answer carries the
 * key in the cookie, or in the header for a client that uses the header.
 * @param beforeNew may refuse to make one
 */
export async function visitorOrNew(
  call: VisitorCall,
  bodyKey?: string,
  beforeNew?: () => Promise<void>
): Promise<VisitorRow> {
  const known = await optionalVisitor(call, bodyKey)
  const kept = known && (await prolong(call, known, bodyKey))
  if (kept) {
    return kept
  }
  await beforeNew?.()
  const key = newVisitorKey()
  const visitor = await service(call).createVisitors({
    key_hash: hashVisitorKey(key),
    expires_at: visitorEnd(call),
  })
  const given = givenKey(call.req, bodyKey)
  if (given && given.from !== "cookie") {
    call.res.set(SESSION_HEADER, key)
  } else {
    setCookie(call, key)
  }
  return visitor
}

async function prolong(
  call: VisitorCall,
  visitor: VisitorRow,
  bodyKey?: string
): Promise<VisitorRow | null> {
  const expires_at = await keepVisitor(call, visitor.id, visitor.expires_at, bodyKey)
  return expires_at && { ...visitor, expires_at }
}

/**
 * Puts off the end of a visitor whose key made a change, and of its cookie. The visitor outlives its designs by an hour at
 * most, so that most changes cost no write.
 * @returns when the visitor ends now; null when its time was ended meanwhile, which nothing takes back
 */
export async function keepVisitor(
  call: VisitorCall,
  id: string,
  expiresAt: Date,
  bodyKey?: string
): Promise<Date | null> {
  const given = givenKey(call.req, bodyKey)
  if (given?.from === "cookie") {
    setCookie(call, given.key)
  }
  if (expiresAt >= sessionEnd(call.options)) {
    return expiresAt
  }
  const expires_at = visitorEnd(call)
  return (await service(call).keepVisitor(id, expires_at)) ? expires_at : null
}

function visitorEnd({ options }: VisitorCall): Date {
  const spare = Math.min(HOUR_MS, (options.session.ttl_seconds * 1000) / 10)
  return new Date(sessionEnd(options).getTime() + spare)
}

function givenKey(req: MedusaRequest, bodyKey?: string): GivenKey {
  if (bodyKey !== undefined) {
    return { key: bodyKey, from: "body" }
  }
  const header = req.get(SESSION_HEADER)
  if (header !== undefined) {
    return { key: header === NEW_KEY ? "" : header, from: "header" }
  }
  const cookie: unknown = req.cookies?.[SESSION_COOKIE]
  return typeof cookie === "string" ? { key: cookie, from: "cookie" } : null
}

function setCookie(call: VisitorCall, key: string): void {
  call.res.cookie(SESSION_COOKIE, key, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    maxAge: call.options.session.ttl_seconds * 1000,
    secure: call.req.secure,
  })
}

function isChange(req: MedusaRequest): boolean {
  return req.method !== "GET" && req.method !== "HEAD"
}

function service(call: VisitorCall): PersonalizationModuleService {
  return call.scope.resolve<PersonalizationModuleService>(PERSONALIZATION_MODULE)
}
