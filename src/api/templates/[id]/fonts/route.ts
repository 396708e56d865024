// The fonts that a template draws with.
import { readStored } from "../../../../domain/template/stored"
import { listTemplateFonts } from "../../../../workflows/templates/template-fonts"
import { handle } from "../../../standalone/handle"
import { visibleTemplate } from "../../visible"

/** The template's fonts, for those who may see the template. */
export const GET = handle({}, async ({ req, scope, params }) => {
  const { definition } = await visibleTemplate(req, params.id ?? "")
  return { body: { fonts: await listTemplateFonts(scope, readStored(definition)) } }
})
