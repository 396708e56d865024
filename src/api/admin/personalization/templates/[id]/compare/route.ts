// What changes for existing designs when they move to another version of their template.
import { z } from "@medusajs/framework/zod"
import { compareDefinitions } from "../../../../../../domain/template/compare"
import type { Definition } from "../../../../../../domain/template/definition"
import { invalidField, notFound } from "../../../../../../lib/errors"
import type { TemplateRow } from "../../../../../../modules/personalization/service"
import { findTemplate } from "../../../../../../workflows/templates/read-templates"
import { medusaHandle } from "../../../../../medusa/handle"

const query = z.strictObject({
  /** The version to move to. */
  with: z.string().min(1).max(64),
})

/**
 * `from` is the version in the path, `to` the one in `with`; drafts count. Breaking changes come first. 404 for an unknown
 * template, 400 `unknown_template` for an unknown one in `with`, 400 `other_product` for one of another product.
 */
export const GET = medusaHandle({ query }, async ({ scope, params, query }) => {
  const [from, to] = await Promise.all([
    findTemplate(scope, params.id ?? ""),
    findTemplate(scope, query.with),
  ])
  if (!from) {
    throw notFound("template")
  }
  if (!to) {
    throw invalidField(["with"], "unknown_template", "with is not the id of a template.")
  }
  if (from.template.product_id !== to.template.product_id) {
    throw invalidField(["with"], "other_product", "with is a template of another product.")
  }
  const changes = compareDefinitions(
    from.template.definition as Definition,
    to.template.definition as Definition
  )
  return {
    body: {
      from: summary(from.template),
      to: summary(to.template),
      breaking: changes.some(({ severity }) => severity === "breaking"),
      changes: changes.map((change) => ({ ...change, path: change.path.join(".") })),
    },
  }
})

function summary({ id, version, name, status }: TemplateRow) {
  return { id, version, name, status }
}
