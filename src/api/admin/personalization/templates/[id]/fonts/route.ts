// The fonts that a template draws with, on the dashboard's door.
import { readStored } from "../../../../../../domain/template/stored"
import { notFound } from "../../../../../../lib/errors"
import { findTemplate } from "../../../../../../workflows/templates/read-templates"
import { listTemplateFonts } from "../../../../../../workflows/templates/template-fonts"
import { medusaHandle } from "../../../../../medusa/handle"

/** The fonts of a template, whatever its status. */
export const GET = medusaHandle({}, async ({ scope, params }) => {
  const found = await findTemplate(scope, params.id ?? "")
  if (!found) {
    throw notFound("template")
  }
  return {
    body: { fonts: await listTemplateFonts(scope, readStored(found.template.definition)) },
  }
})
