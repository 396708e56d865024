// Who is calling: the visitor's key in the body, the header or the cookie, in this order, without falling back.
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
import { isForeignOrigin } from "./cors"

const SESSION_COOKIE = "sessionKey"
const SESSION_HEADER = "X-Session-Key"
/** What a client without cookies sends to get its first key in the answer's header. */
const NEW_KEY = "new"
const HOUR_MS = 3_600_000
const KEY_SHAPE = /^[A-Za-z0-9_-]{43}$/

type VisitorCall = {
  req: MedusaRequest
  res: MedusaResponse
  scope: MedusaContainer
  options: PersonalizationOptions
}
type GivenKey = { key: string; from: "body" | "header" | "cookie" } | null

/** The visitor, or null when no key, or one that is not known, came. */
export async function optionalVisitor(
  call: VisitorCall,
  bodyKey?: string
): Promise<VisitorRow | null> {
  const given = givenKey(call.req, bodyKey)
  if (given?.from === "cookie" && isChange(call.req) && isForeignOrigin(call.req)) {
    throw new AppError("forbidden", "foreign_origin", "This site may not act for the visitor.")
  }
  return given && KEY_SHAPE.test(given.key) ? service(call).findVisitorByKey(given.key) : null
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
  if (!visitor) {
    throw notFound(kind)
  }
  return isChange(call.req) ? prolong(call, visitor, bodyKey) : visitor
}

/**
 * The visitor, made now when no known key came; a key that a client made up is never adopted. The answer carries the
 * key in the cookie, or in the header for a client that uses the header.
 */
export async function visitorOrNew(call: VisitorCall, bodyKey?: string): Promise<VisitorRow> {
  const known = await optionalVisitor(call, bodyKey)
  if (known) {
    return prolong(call, known, bodyKey)
  }
  const key = newVisitorKey()
  const visitor = await service(call).createVisitors({
    key_hash: hashVisitorKey(key),
    expires_at: expiry(call),
  })
  const given = givenKey(call.req, bodyKey)
  if (given && given.from !== "cookie") {
    call.res.set(SESSION_HEADER, key)
  } else {
    setCookie(call, key)
  }
  return visitor
}

/** Puts off the visitor's end, at most once an hour, so that most changes cost no write. */
async function prolong(
  call: VisitorCall,
  visitor: VisitorRow,
  bodyKey?: string
): Promise<VisitorRow> {
  const expires_at = expiry(call)
  const slack = Math.min(HOUR_MS, (call.options.session.ttl_seconds * 1000) / 10)
  if (visitor.expires_at.getTime() > expires_at.getTime() - slack) {
    return visitor
  }
  const given = givenKey(call.req, bodyKey)
  if (given?.from === "cookie") {
    setCookie(call, given.key)
  }
  return service(call).updateVisitors({ id: visitor.id, expires_at })
}

function expiry(call: VisitorCall): Date {
  return new Date(Date.now() + call.options.session.ttl_seconds * 1000)
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
