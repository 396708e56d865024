// Keys that a product's templates have for their own zones: no option set's choice could be told from a zone's value.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Issue } from "../../domain/issue"
import { select } from "../catalog/sql"

/** The fault of a set's key that names a zone of an undeleted template, unless that zone takes this very set. */
export async function zoneKeyIssues(
  container: MedusaContainer,
  productId: string,
  key: string
): Promise<Issue[]> {
  const [taken] = await select<{ version: number }>(
    container,
    `select t.version
       from personalization_template t, jsonb_array_elements(t.definition -> 'zones') zone
      where t.product_id = ? and t.deleted_at is null and zone ->> 'key' = ?
        and (zone ->> 'option_set') is distinct from ?
      order by t.version desc limit 1`,
    [productId, key, key]
  )
  if (!taken) {
    return []
  }
  const { version } = taken
  const message = `key: version ${version} of the product's template has a zone ${key} that does not take this set.`
  return [{ path: ["key"], code: "key_taken_by_zone", message, params: { key, version } }]
}
