// Whether this server can do its work now.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { AppError } from "../../lib/errors"
import { rendering } from "../../workflows/services"
import { handle } from "../standalone/handle"

/** 200 when Postgres and the queue's store answer, 503 otherwise. */
export const GET = handle(
  {},
  async ({ scope }) => {
    try {
      await scope.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw("select 1")
      await rendering(scope).pingQueue()
    } catch (error) {
      scope
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error("personalization: not ready", error instanceof Error ? error : undefined)
      throw new AppError("unavailable", "not_ready", "The server is not ready.", {
        headers: { "Retry-After": "5" },
      })
    }
    return { body: { status: "ready" } }
  },
  "always"
)
