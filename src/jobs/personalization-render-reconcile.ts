// Finds render jobs whose wake-up or worker was lost, once a minute.
import type { MedusaContainer } from "@medusajs/framework/types"
import { rendering } from "../workflows/services"

export default async function reconcileRenderJobs(container: MedusaContainer): Promise<void> {
  await rendering(container).wakeForgottenJobs()
}

export const config = { name: "personalization-render-reconcile", schedule: "* * * * *" }
