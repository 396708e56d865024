// Checks a definition against the fonts and pictures that this shop has.
import type { MedusaContainer } from "@medusajs/framework/types"
import { checkDefinition } from "../../domain/template/check"
import type { Definition } from "../../domain/template/definition"
import type { Issue } from "../../domain/issue"
import { invalid } from "../../lib/errors"
import { personalization, rendering } from "../services"

/** A definition as it is kept, and what its designer should look at, though it can be made. */
export type ParsedDefinition = { definition: Definition; warnings: Issue[] }

/** Parses a definition. @throws AppError 400 `invalid_definition` with every fault below the path `definition`. */
export async function parseDefinition(
  container: MedusaContainer,
  input: unknown
): Promise<ParsedDefinition> {
  const [assets, fonts] = await Promise.all([
    personalization(container).listAssets({}, { select: ["key"] }),
    rendering(container).fonts(),
  ])
  const checked = checkDefinition(input, {
    fonts: new Set(fonts.map((font) => font.key)),
    assets: new Set(assets.map((asset) => asset.key)),
  })
  if (!checked.success) {
    throw invalid(belowDefinition(checked.issues), "invalid_definition")
  }
  return { definition: checked.value, warnings: belowDefinition(checked.warnings) }
}

function belowDefinition(issues: Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: ["definition", ...issue.path] }))
}
