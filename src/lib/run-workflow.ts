// Runs a workflow by its id, for modules: they start work on a queue's wake-up but must not import a workflow.
import { container } from "@medusajs/framework"
import { Modules } from "@medusajs/framework/utils"

/**
 * Runs a workflow of this process's app.
 * @returns the workflow's result
 * @throws what a step threw, or Medusa's error when no workflow has that id
 */
export async function runWorkflow(id: string, input: Record<string, unknown>): Promise<unknown> {
  const { result } = await container.resolve(Modules.WORKFLOW_ENGINE).run(id, { input })
  return result
}
