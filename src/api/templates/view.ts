// A template on the wire.
import type { TemplateRow } from "../../modules/personalization/service"

/** The fields that the contract names, and no other column. */
export function templateView(template: TemplateRow) {
  const { id, product_id, version, name, definition, is_default, status, created_at } = template
  return { id, product_id, version, name, definition, is_default, status, created_at }
}
