// A catalog answer as HTTP: its headers, and 304 for a client that has it already.
import type { IncomingHttpHeaders } from "node:http"
import type { ReadyAnswer } from "../../../lib/ready-cache"

/** Who may keep an answer, and which request headers it depends on. */
export type CachePolicy = { cache_control: string; vary: string }

/** What goes over the wire. */
export type HttpAnswer = { status: number; headers: Record<string, string>; body?: Buffer }

/** The headers and body of a read. What is not there (404) is kept by nobody but us. */
export function httpAnswer(
  read: { answer: ReadyAnswer; hit: boolean },
  request: IncomingHttpHeaders,
  policy: CachePolicy
): HttpAnswer {
  const { status, body, etag } = read.answer
  if (status !== 200) {
    const headers = { ...bodyHeaders(body), "Cache-Control": "no-store", Vary: policy.vary }
    return { status, headers, body }
  }
  const headers = {
    ETag: etag,
    "Cache-Control": policy.cache_control,
    Vary: policy.vary,
    "X-Cache": read.hit ? "HIT" : "MISS",
  }
  const known = request["if-none-match"]
  if (known !== undefined && names(known, etag)) {
    return { status: 304, headers }
  }
  return { status, headers: { ...bodyHeaders(body), ...headers }, body }
}

function bodyHeaders(body: Buffer): Record<string, string> {
  return {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(body.length),
  }
}

/** `If-None-Match` (RFC 9110 section 13.1.2): any, or a list that is compared weakly. */
export function names(ifNoneMatch: string, etag: string): boolean {
  return (
    ifNoneMatch === etag ||
    ifNoneMatch.trim() === "*" ||
    ifNoneMatch.match(/"[^"]*"/g)?.some((tag) => tag === etag) === true
  )
}
