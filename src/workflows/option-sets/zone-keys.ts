// Keys that a product's templates have for their own zones: no option set's choice could be told from a zone's value.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Issue } from "../../domain/issue"
import { keyTakenByZone } from "../../modules/personalization/product-keys"
import { personalization } from "../services"

/** The fault of a set's key that names a zone of an undeleted template, unless that zone takes this very set. */
export async function zoneKeyIssues(
  container: MedusaContainer,
  productId: string,
  key: string
): Promise<Issue[]> {
  const version = await personalization(container).optionSets.versionWithZone(productId, key)
  return version === null
    ? []
    : [
        {
          path: ["key"],
          code: "key_taken_by_zone",
          message: keyTakenByZone(key, version),
          params: { key, version },
        },
      ]
}
