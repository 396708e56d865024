// A template on the wire.
import type { Issue } from "../../domain/issue"
import { toWireIssue } from "../../lib/errors"
import type { TemplateRow } from "../../modules/personalization/service"

/** The fields that the contract names, and no other column. */
export function templateView(template: TemplateRow) {
  const { id, product_id, version, name, definition, is_default, status, created_at } = template
  return { id, product_id, version, name, definition, is_default, status, created_at }
}

/** A saved template, and what its designer should look at in the definition that was sent. */
export function savedView(saved: { template: TemplateRow; warnings: Issue[] }) {
  return { template: templateView(saved.template), warnings: saved.warnings.map(toWireIssue) }
}
