// Decides what a copy of a design becomes: which template and region it goes on with, and which values that template takes.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Issue } from "../../domain/issue"
import { toOptions, validateSelection } from "../../domain/selection/validate"
import { allInputs } from "../../lib/all-inputs"
import { toAppError } from "../../lib/errors"
import type { OwnSession } from "../../modules/personalization/service"
import { resolveRegion, type PriceContext, type RegionWish } from "../catalog/region"
import { personalization } from "../services"
import { variantOptions } from "./bound-choices"
import { loadSessionContext, uploadIdsIn } from "./context"
import { drawingFacts } from "./drawing-facts"
import { chooseTemplate, type SessionPlan } from "./plan-session"
import type { Source } from "./source"
import { chooseVariant } from "./variants"

/** What may be asked of a copy beside its source. */
export type CopyWish = Omit<RegionWish, "region_id"> & {
  template_id?: string | undefined
  variant_id?: string | undefined
}
export type CopyPlan = SessionPlan & {
  /** What the template takes of the design. */
  options: Record<string, unknown>
  /** The uploads that the options name, which are the source's visitor's. */
  upload_ids: string[]
  /** What it does not take, and a variant that is not sold any more. */
  issues: Issue[]
}

/**
 * A copy keeps its design's template while that is published, so that editing changes nothing else; after that, and where
 * `template_id` says so, it moves to another one. Its region stays as long as there is one.
 * @throws AppError as `planSession`
 */
export async function planCopy(
  container: MedusaContainer,
  source: Source,
  wish: CopyWish
): Promise<CopyPlan> {
  const { product_id } = source
  const [variants, template, price_context] = await allInputs(
    chooseCopiedVariant(container, source, wish),
    copiedTemplate(container, source, wish),
    copiedRegion(container, source, wish)
  )
  const plan = {
    product_id,
    variant_id: variants.variant_id,
    ...{ template_id: template.id, template_version: template.version },
    ...price_context,
  }
  const { options, issues } = await judgeValues(container, source, plan)
  return {
    ...plan,
    options,
    upload_ids: uploadIdsIn(options),
    issues: [...variants.issues, ...issues],
  }
}

async function chooseCopiedVariant(
  container: MedusaContainer,
  source: Source,
  wish: CopyWish
): Promise<{ variant_id: string | null; issues: Issue[] }> {
  const { product_id, variant_id } = source
  if (wish.variant_id !== undefined) {
    return { variant_id: await chooseVariant(container, product_id, wish.variant_id), issues: [] }
  }
  try {
    return { variant_id: await chooseVariant(container, product_id, variant_id), issues: [] }
  } catch (error) {
    const known = toAppError(error)
    if (known?.code !== "unknown_variant") {
      throw error
    }
    return {
      variant_id: await chooseVariant(container, product_id, null),
      issues: known.details.issues ?? [],
    }
  }
}

async function copiedTemplate(container: MedusaContainer, source: Source, wish: CopyWish) {
  const { product_id } = source
  if (wish.template_id === undefined) {
    const [own] = await personalization(container).listTemplates(
      { id: source.template_id, status: "published" },
      { take: 1 }
    )
    if (own) {
      return own
    }
  }
  return chooseTemplate(container, { product_id, template_id: wish.template_id })
}

async function copiedRegion(
  container: MedusaContainer,
  source: Source,
  { currency_code, country_code }: CopyWish
): Promise<PriceContext> {
  if (currency_code !== undefined || country_code !== undefined) {
    return resolveRegion(container, { currency_code, country_code })
  }
  try {
    const { region_id, currency_code } = source
    return await resolveRegion(container, { region_id, currency_code })
  } catch (error) {
    if (toAppError(error)?.status !== 400) {
      throw error
    }
    return resolveRegion(container, {})
  }
}

/** Each value by itself, so that one which is refused takes no other with it. */
async function judgeValues(
  container: MedusaContainer,
  source: Source,
  plan: SessionPlan
): Promise<{ options: Record<string, unknown>; issues: Issue[] }> {
  const now = new Date()
  const uploads = await personalization(container).listUploads({
    id: uploadIdsIn(source.options),
    visitor_id: source.visitor_id,
  })
  const draft: OwnSession = {
    ...plan,
    ...{ id: "", visitor_id: source.visitor_id, customer_id: null, options: {}, revision: 0 },
    ...{ expires_at: now, created_at: now, key_expires_at: null, default_version: null, uploads },
  }
  const context = await loadSessionContext(container, draft)
  const drawing = await drawingFacts(container, context.definition)
  const variant = context.variants.find(({ id }) => id === plan.variant_id)
  const values = { ...source.options, ...variantOptions(context.bound, variant) }
  const results = Object.entries(values).map(([key, value]) =>
    validateSelection({ ...context, ...drawing }, { [key]: value })
  )
  return {
    options: Object.assign(
      {},
      ...results.map((result) => (result.success ? toOptions(result.value) : {}))
    ),
    issues: results.flatMap((result) => (result.success ? [] : result.issues)),
  }
}
