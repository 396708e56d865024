// The steps by which a workflow says that it changed something the catalog shows, or took it back.
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

/**
 * Drops every cached answer of the catalog when the workflow fails. It stands before the first step that writes, and so
 * is compensated after every one of them: what readers cached of their changes in between goes.
 */
export const touchPersonalizationCatalogOnFailureStep = createStep(
  "touch-personalization-catalog-on-failure",
  async () => new StepResponse(),
  async (_nothing, { container }) => touchCatalog(container)
)
