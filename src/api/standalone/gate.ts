// The first thing a request to the standalone door meets: path, method, API key, then the body. In this order, so that
// nothing is read or looked up for a caller who may not be here.
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { AppError, invalid, invalidField } from "../../lib/errors"
import { hasApiKey, invalidApiKey } from "./api-key"
import { readBody } from "./body"
import { matchRoute } from "./match"
import { sendError } from "./respond"
import { unstorable } from "./storable"
import { pluginOptions } from "./plugin-options"
import { activeRoutes, type StandaloneRoute } from "./routes"

/** What the gate found out, for the handler. */
export type GatePass = {
  route: StandaloneRoute
  params: Record<string, string>
  body: unknown
  rawBody: Buffer
}

const passes = new WeakMap<MedusaRequest, GatePass>()

/** The pass of a request that came through the gate. */
export function gatePass(req: MedusaRequest): GatePass {
  const pass = passes.get(req)
  if (!pass) {
    throw new Error(`${req.method} ${req.path} is not in the standalone route table`)
  }
  return pass
}

/** The middleware of the standalone door. */
export async function standaloneGate(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  try {
    passes.set(req, await admit(req))
  } catch (error) {
    sendError(req, res, error)
    return
  }
  next()
}

async function admit(req: MedusaRequest): Promise<GatePass> {
  const path = req.originalUrl.split("?")[0] ?? "/"
  const match = matchRoute(activeRoutes(pluginOptions().standalone_api), req.method, path)
  if (match.kind === "unknown") {
    throw new AppError("not_found", "unknown_path", "There is nothing at this path.")
  }
  if (match.kind === "wrong_method") {
    throw new AppError(
      "method_not_allowed",
      "method_not_allowed",
      "This path has no such method.",
      {
        headers: { Allow: match.allow.join(", ") },
      }
    )
  }
  const { route } = match
  if (route.access === "api_key" && !(await hasApiKey(req))) {
    throw invalidApiKey()
  }
  if (match.kind === "malformed") {
    throw invalidField(["path"], "malformed_url", "The path holds a malformed percent-escape.")
  }
  const { params } = match
  const faults = [...unstorable(params, []), ...unstorable(req.query, [])]
  if (faults.length > 0) {
    throw invalid(faults)
  }
  if (route.body === "none" || route.body === "multipart") {
    return { route, params, body: {}, rawBody: Buffer.alloc(0) }
  }
  const { raw, parsed } = await readBody(req, route)
  const unfit = unstorable(parsed, [])
  if (unfit.length > 0) {
    throw invalid(unfit)
  }
  return { route, params, body: parsed, rawBody: raw }
}
