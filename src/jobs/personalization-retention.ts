// Every hour: remove what is over. The log says how much of what, and nothing of whom.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { removeExpiredPersonalizationSessionsWorkflow } from "../workflows/retention/workflows/remove-expired-sessions"

export default async function removeWhatIsOver(container: MedusaContainer): Promise<void> {
  const { result } = await removeExpiredPersonalizationSessionsWorkflow(container).run()
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .info(`personalization retention removed ${JSON.stringify(result)}`)
}

export const config = { name: "personalization-retention", schedule: "0 * * * *" }
