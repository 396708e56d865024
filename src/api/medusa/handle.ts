// Wraps a handler of Medusa's own doors (`/admin`, `/store`): parses input, runs it, writes its answer or its error.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { z } from "@medusajs/framework/zod"
import type { Issue } from "../../domain/issue"
import { invalid } from "../../lib/errors"
import type { PersonalizationOptions } from "../../lib/options"
import { parseInput, sendAnswer, type Answer, type RouteHandler } from "../standalone/handle"
import { pluginOptions } from "../standalone/plugin-options"
import { sendError } from "../standalone/respond"
import { unstorable } from "../standalone/storable"

/** A parsed request to one of Medusa's doors. What its middlewares found is on `req` (`queryConfig`, `filterableFields`). */
export type MedusaCall<B = unknown, Q = unknown> = {
  req: MedusaRequest
  res: MedusaResponse
  scope: MedusaContainer
  body: B
  query: Q
  params: Record<string, string>
  options: PersonalizationOptions
}

/**
 * Makes a route handler for a path below `/admin` or `/store`, where Medusa has authenticated the caller and read the
 * body already. `body` and `query` are zod schemas; all their faults come back in one 400.
 *
 * Errors are answered in the standalone door's form, `{ type, code, message, issues? }`, since Medusa's own error
 * handler drops `issues` and replaces the message of a conflict. The answer's `status` defaults to 200.
 */
export function medusaHandle<B = unknown, Q = unknown>(
  schemas: { body?: z.ZodType<B>; query?: z.ZodType<Q> },
  handler: (call: MedusaCall<B, Q>) => Promise<Answer>
): RouteHandler {
  return async (req, res) => {
    try {
      const params: Record<string, string> = { ...req.params }
      const unfit = [
        ...unstorable(params, []),
        ...unstorable(req.query, []),
        ...unstorable(req.body, []),
      ]
      if (unfit.length > 0) {
        throw invalid(unfit)
      }
      const issues: Issue[] = []
      const body = parseInput(schemas.body, req.body ?? {}, issues)
      const query = parseInput(schemas.query, req.query, issues)
      if (issues.length > 0) {
        throw invalid(issues)
      }
      await sendAnswer(
        res,
        await handler({
          req,
          res,
          scope: req.scope,
          body: body as B,
          query: query as Q,
          params,
          options: pluginOptions(),
        })
      )
    } catch (error) {
      sendError(req, res, error)
    }
  }
}
