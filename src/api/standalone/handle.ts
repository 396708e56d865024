// Wraps a handler of the standalone door: parses input, runs it, writes its answer or its error.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { z } from "@medusajs/framework/zod"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Issue } from "../../domain/issue"
import { zodIssues } from "../../domain/zod-issues"
import { invalid } from "../../lib/errors"
import type { PersonalizationOptions } from "../../lib/options"
import { gatePass } from "./gate"
import { pluginOptions } from "./plugin-options"
import { sendError } from "./respond"

/** A parsed request. */
export type Call<B = unknown, Q = unknown> = {
  req: MedusaRequest
  res: MedusaResponse
  scope: MedusaContainer
  body: B
  query: Q
  params: Record<string, string>
  /** The bytes of a route whose body is `raw`. */
  rawBody: Buffer
  options: PersonalizationOptions
}

/** What a handler answers: JSON, ready text, bytes, or a stream of bytes. `status` defaults to 200. */
export type Answer = { status?: number; headers?: Record<string, string> } & (
  { body?: unknown } | { text: string } | { raw: Buffer } | { stream: Readable }
)

/** A client that goes away while it gets a stream, or before, is no fault. */
const CLIENT_GONE = ["ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_UNABLE_TO_PIPE"]

export type RouteHandler = (req: MedusaRequest, res: MedusaResponse) => Promise<void>

/**
 * Makes a route handler. `body` and `query` are zod schemas; all their faults come back in one 400.
 * @param door `always` for a path whose line in the route table says so
 * @returns undefined when the standalone door is switched off, so that the route is not registered at all.
 */
export function handle<B = unknown, Q = unknown>(
  schemas: { body?: z.ZodType<B>; query?: z.ZodType<Q> },
  handler: (call: Call<B, Q>) => Promise<Answer>,
  door: "standalone" | "always" = "standalone"
): RouteHandler | undefined {
  if (door === "standalone" && !pluginOptions().standalone_api) {
    return undefined
  }
  return async (req, res) => {
    try {
      const pass = gatePass(req)
      const issues: Issue[] = []
      const body = parseInput(schemas.body, pass.body, issues)
      const query = parseInput(schemas.query, req.query, issues)
      if (issues.length > 0) {
        throw invalid(issues)
      }
      const answer = await handler({
        req,
        res,
        scope: req.scope,
        body: body as B,
        query: query as Q,
        params: pass.params,
        rawBody: pass.rawBody,
        options: pluginOptions(),
      })
      await sendAnswer(res, answer)
    } catch (error) {
      sendError(req, res, error)
    }
  }
}

/** Parses by a schema, if there is one; faults are added to `issues`. */
export function parseInput<T>(
  schema: z.ZodType<T> | undefined,
  input: unknown,
  issues: Issue[]
): T | undefined {
  if (!schema) {
    return undefined
  }
  const result = schema.safeParse(input)
  if (result.success) {
    return result.data
  }
  issues.push(...zodIssues(result.error, input))
  return undefined
}

/** Writes an answer, `no-store` unless something else was set before. */
export async function sendAnswer(res: MedusaResponse, answer: Answer): Promise<void> {
  res.status(answer.status ?? 200)
  if (!res.getHeader("Cache-Control")) {
    res.set("Cache-Control", "no-store")
  }
  res.set(answer.headers ?? {})
  if ("text" in answer) {
    res.send(answer.text)
  } else if ("raw" in answer) {
    res.end(answer.raw)
  } else if ("stream" in answer) {
    await pipeline(answer.stream, res).catch((error: unknown) => {
      // The stream is destroyed by then.
      if (!CLIENT_GONE.includes((error as { code?: string }).code ?? "")) {
        throw error
      }
    })
  } else {
    res.json(answer.body ?? {})
  }
}
