// The step by which a workflow says that it changed something the catalog shows.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { touchCatalog } from "../version"

/**
 * Drops every cached answer of the catalog. The last step of a workflow: what the steps before it saved must be
 * committed, or a reader could cache the old state under the new version.
 */
export const touchPersonalizationCatalogStep = createStep(
  "touch-personalization-catalog",
  async (_input: void, { container }) => {
    await touchCatalog(container)
    return new StepResponse()
  }
)
