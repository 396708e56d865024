// Writes answers and errors of the standalone door.
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { AppError, toAppError, toErrorBody } from "../../lib/errors"

/** Answers an error in the contract's form. An unexpected one is logged with the request's id and says nothing more. */
export function sendError(req: MedusaRequest, res: MedusaResponse, thrown: unknown): void {
  let error = toAppError(thrown)
  if (!error) {
    const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
    logger.error(
      `request ${req.requestId ?? "-"} ${req.method} ${req.originalUrl} failed`,
      asError(thrown)
    )
    error = new AppError("unexpected_state", "internal_error", "The server could not do this.")
  }
  if (res.headersSent) {
    res.destroy()
    return
  }
  res.set("Cache-Control", "no-store")
  res.set(error.details.headers ?? {})
  res.status(error.status).json(toErrorBody(error))
}

/** What to log. Workflows hand errors on as plain objects, which would be logged as `[object Object]`. */
function asError(thrown: unknown): Error {
  if (thrown instanceof Error || typeof thrown !== "object" || thrown === null) {
    return thrown instanceof Error ? thrown : new Error(String(thrown))
  }
  const { message, stack } = thrown as { message?: unknown; stack?: unknown }
  const error = new Error(typeof message === "string" ? message : JSON.stringify(thrown))
  if (typeof stack === "string") {
    error.stack = stack
  }
  return error
}
