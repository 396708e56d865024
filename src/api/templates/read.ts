// Reads what requests save of templates, at both doors: the form's faults come with those of the definition.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { z } from "@medusajs/framework/zod"
import { invalid } from "../../lib/errors"
import { definitionIssues } from "../../workflows/templates/check-definition"
import { findTemplate } from "../../workflows/templates/read-templates"
import { readFields } from "../standalone/well-formed"
import { createTemplateBody, updateTemplateBody } from "./validators"

/**
 * A new version. The definition of a body that is well-formed is checked when it is saved.
 * @throws AppError 400 with every fault when the body is not well-formed
 */
export async function readNewTemplate(
  scope: MedusaContainer,
  body: unknown
): Promise<z.output<typeof createTemplateBody>> {
  const { value, wellFormed, issues } = readFields(createTemplateBody, body)
  if (value === undefined) {
    const { definition, product_id } = wellFormed
    throw invalid([...issues, ...(await definitionIssues(scope, definition, product_id))])
  }
  return value
}

/** A change of the version whose path was called. @throws AppError 400 as `readNewTemplate` */
export async function readTemplateChange(
  scope: MedusaContainer,
  id: string,
  body: unknown
): Promise<z.output<typeof updateTemplateBody>> {
  const { value, wellFormed, issues } = readFields(updateTemplateBody, body)
  if (value === undefined) {
    const { definition } = wellFormed
    if (definition === undefined) {
      throw invalid(issues)
    }
    const found = await findTemplate(scope, id)
    const more = await definitionIssues(scope, definition, found?.template.product_id)
    throw invalid([...issues, ...more])
  }
  return value
}
