// What is answered before Medusa's chain sees a request: refusals by pure handlers, and answers that are ready.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http"
import { type AppError, toErrorBody } from "../../lib/errors"

/** The parts of a request that an early handler may look at. The body has not been read. */
export type EarlyRequest = {
  method: string
  /** The request target as it came, undecoded. */
  url: string
  headers: IncomingHttpHeaders
}

/** Gives the error to answer with, or undefined to let the request pass. Must neither throw nor wait. */
export type EarlyHandler = (request: EarlyRequest) => AppError | undefined

/**
 * Asks the handlers in their order; the first error is answered as JSON and closes the connection, because its body
 * was not read.
 *
 * @returns whether the request was answered
 */
export function answerEarly(
  handlers: readonly EarlyHandler[],
  req: IncomingMessage,
  res: ServerResponse
): boolean {
  const request = { method: req.method ?? "GET", url: req.url ?? "/", headers: req.headers }
  for (const handler of handlers) {
    const error = handler(request)
    if (error) {
      const body = Buffer.from(JSON.stringify(toErrorBody(error)))
      res.writeHead(error.status, {
        ...errorHeaders(error, body),
        Connection: "close",
      })
      res.end(request.method === "HEAD" ? undefined : body)
      return true
    }
  }
  return false
}

/** Writes the answer and tells so, at once where it can; false leaves the request to the next one. Must not throw. */
export type EarlyAnswerer = (
  req: IncomingMessage,
  res: ServerResponse
) => boolean | Promise<boolean>

/** Asks the answerers in their order, and hands the request on when none of them answered. */
export function answerOr(
  answerers: readonly EarlyAnswerer[],
  req: IncomingMessage,
  res: ServerResponse,
  handOn: () => void
): void {
  for (const [index, answerer] of answerers.entries()) {
    const answered = answerer(req, res)
    if (answered === true) {
      return
    }
    if (answered !== false) {
      answered.then(
        (done) => {
          if (!done) {
            answerOr(answerers.slice(index + 1), req, res, handOn)
          }
        },
        // The client is gone, or the answer is half written: nothing can be said any more.
        () => res.destroy()
      )
      return
    }
  }
  handOn()
}

/** The same answer as bytes for a socket, for a request that Node's parser gave up on. */
export function rawAnswer(error: AppError, reason: string, status: number): string {
  const body = Buffer.from(JSON.stringify(toErrorBody(error)))
  const headers = Object.entries({ ...errorHeaders(error, body), Connection: "close" })
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")
  return `HTTP/1.1 ${status} ${reason}\r\n${head}\r\n${body.toString()}`
}

function errorHeaders(error: AppError, body: Buffer): Record<string, string> {
  return {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(body.length),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...error.details.headers,
  }
}
