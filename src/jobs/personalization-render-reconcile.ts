// Finds render jobs whose wake-up or worker was lost, and paid orders whose files nobody asked for, once a minute.
import type { MedusaContainer } from "@medusajs/framework/types"
import { printForgottenOrders } from "../workflows/rendering/order-prints"
import { rendering } from "../workflows/services"

export default async function reconcileRenderJobs(container: MedusaContainer): Promise<void> {
  await rendering(container).wakeForgottenJobs()
  await printForgottenOrders(container)
}

export const config = { name: "personalization-render-reconcile", schedule: "* * * * *" }
