// Step: remove the sessions whose time is over.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { removeExpiredSessions } from "../remove-sessions"

/** What is gone cannot be taken back, so there is no compensation. */
export const removeExpiredPersonalizationSessionsStep = createStep(
  "remove-expired-personalization-sessions",
  async (_: void, { container }) => new StepResponse(await removeExpiredSessions(container))
)
