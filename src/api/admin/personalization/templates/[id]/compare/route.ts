// What changes for existing designs when they move to another version of their template.
import { z } from "@medusajs/framework/zod"
import { invalidField, notFound } from "../../../../../../lib/errors"
import { findTemplate } from "../../../../../../workflows/templates/read-templates"
import { medusaHandle } from "../../../../../medusa/handle"
import { comparisonOf } from "./comparison"

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
  return { body: comparisonOf(from.template, to.template) }
})
