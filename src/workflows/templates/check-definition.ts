// Checks a definition against the fonts and pictures that this shop has, and the option sets of its product.
import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import {
  checkDefinition,
  type CheckedDefinition,
  type DefinitionContext,
} from "../../domain/template/check"
import { missingCharacters } from "../../domain/rendering/font-checks"
import type { Definition } from "../../domain/template/definition"
import type { Issue } from "../../domain/issue"
import { zodIssues } from "../../domain/zod-issues"
import { invalid } from "../../lib/errors"
import { liveOptionSets } from "../option-sets/live-options"
import { personalization, rendering } from "../services"
import { storeCurrencies } from "../store-currencies"

/** A definition as it is kept, and what its designer should look at, though it can be made. */
export type ParsedDefinition = { definition: Definition; warnings: Issue[] }

/** Parses a definition. @throws AppError 400 `invalid_definition` with every fault below the path `definition`. */
export async function parseDefinition(
  container: MedusaContainer,
  input: unknown,
  productId: string
): Promise<ParsedDefinition> {
  const checked = await check(container, input, productId)
  if (!checked.success) {
    throw invalid(checked.issues, "invalid_definition")
  }
  return { definition: checked.value, warnings: checked.warnings }
}

/**
 * The faults of a definition, below the path `definition`, to be told with others.
 * @param productId the product whose option sets count; undefined when it is not known
 */
export async function definitionIssues(
  container: MedusaContainer,
  input: unknown,
  productId: string | undefined
): Promise<Issue[]> {
  const checked = await check(container, input, productId)
  return checked.success ? [] : checked.issues
}

const given = z.object({ definition: z.looseObject({}) })

async function check(
  container: MedusaContainer,
  definition: unknown,
  productId: string | undefined
): Promise<CheckedDefinition> {
  const form = given.safeParse({ definition })
  if (!form.success) {
    return { success: false, issues: zodIssues(form.error, { definition }) }
  }
  const keys = new Set((await rendering(container).fonts()).map(({ key }) => key))
  const [assets, shaper, { supported }, sets] = await Promise.all([
    personalization(container).listAssets({}, { select: ["key"] }),
    rendering(container).shaper([...keys]),
    storeCurrencies(container),
    productId === undefined ? undefined : optionSetsOf(container, productId),
  ])
  const checked = checkDefinition(definition, {
    fonts: keys,
    assets: new Set(assets.map((asset) => asset.key)),
    currencies: [...supported].sort(),
    missing_glyphs: (font, text) => (keys.has(font) ? missingCharacters(shaper, font, text) : []),
    ...sets,
  })
  return checked.success
    ? { ...checked, warnings: belowDefinition(checked.warnings) }
    : { success: false, issues: belowDefinition(checked.issues) }
}

/** The values of a product's option sets by key, and which sets are bound: their values are their product option's. */
async function optionSetsOf(
  container: MedusaContainer,
  productId: string
): Promise<Required<Pick<DefinitionContext, "option_sets" | "bound_sets">>> {
  const records = await personalization(container).optionSets.read({ product_ids: [productId] })
  const sets = await liveOptionSets(container, records)
  return {
    option_sets: new Map(
      sets.map(({ key, options }) => [key, new Set(options.map(({ value }) => value))])
    ),
    bound_sets: new Set(
      records.flatMap(({ key, product_option_id }) => (product_option_id === null ? [] : [key]))
    ),
  }
}

function belowDefinition(issues: Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: ["definition", ...issue.path] }))
}
