// Reads of the catalog, answered before Medusa's chain: from memory at once, otherwise as soon as they are loaded.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { MedusaContainer } from "@medusajs/framework/types"
import { catalogResponder } from "../../api/standalone/catalog/responder"
import { pluginOptions } from "../../api/standalone/plugin-options"
import type { EarlyAnswerer } from "./early"

/** The answerers of the doors that are open. A worker has none: it serves no routes. */
export function catalogAnswerers(container: MedusaContainer): EarlyAnswerer[] {
  const { projectConfig } = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  if (projectConfig.workerMode === "worker") {
    return []
  }
  const responder = catalogResponder()
  return [
    ...(pluginOptions().standalone_api
      ? ([(req, res) => responder.answerProducts(req, res)] satisfies EarlyAnswerer[])
      : []),
    (req, res) => responder.answerPersonalization(req, res),
  ]
}
