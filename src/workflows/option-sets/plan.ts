// Decides what saving an option set comes to, and finds every fault, before anything is written.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import { AppError, invalid, notFound } from "../../lib/errors"
import type {
  OptionSetDraft,
  OptionSetRecord,
} from "../../modules/personalization/option-set-store"
import { personalization } from "../services"
import { planBoundOptions } from "./bound-options"
import type { CreateOptionSetInput, UpdateOptionSetInput } from "./input"
import { readOnly, type OptionsPlan } from "./option-plan"
import { planOwnOptions } from "./own-options"
import { plainAmounts, storeCurrencies } from "./prices"
import { hasProductOption, listProductOptionValues } from "./product-options"

export type OptionSetPlan = Pick<OptionsPlan, "new_prices" | "price_index" | "price_changes"> & {
  /** The set as it was read; null for a new one. */
  base: OptionSetRecord | null
  draft: OptionSetDraft
}

/**
 * Plans a new set.
 * @throws AppError 404 `product_not_found`; 400 with every fault; 422 `duplicate_key`, `duplicate_option`,
 *   `product_option_bound`.
 */
export async function planNewOptionSet(
  container: MedusaContainer,
  input: CreateOptionSetInput
): Promise<OptionSetPlan> {
  const [product] = await container
    .resolve(Modules.PRODUCT)
    .listProducts({ id: input.product_id }, { select: ["id"], take: 1 })
  if (!product) {
    throw notFound("product")
  }
  const product_option_id = input.product_option_id ?? null
  const draft = {
    product_id: input.product_id,
    key: input.key,
    title: input.title,
    required: input.required ?? product_option_id !== null,
    product_option_id,
  }
  return plan(container, null, draft, input.options)
}

/**
 * Plans a change.
 * @throws AppError 404 `option_set_not_found`; otherwise as `planNewOptionSet`.
 */
export async function planOptionSetChange(
  container: MedusaContainer,
  input: UpdateOptionSetInput
): Promise<OptionSetPlan> {
  const [base] = await personalization(container).optionSets.read({ ids: [input.id] })
  if (!base) {
    throw notFound("option_set")
  }
  if (input.product_id !== undefined && input.product_id !== base.product_id) {
    throw invalid([readOnly(["product_id"])], "read_only")
  }
  const draft = {
    product_id: base.product_id,
    key: input.key ?? base.key,
    title: input.title ?? base.title,
    required: input.required ?? base.required,
    product_option_id:
      input.product_option_id === undefined ? base.product_option_id : input.product_option_id,
  }
  return plan(container, base, draft, input.options)
}

async function plan(
  container: MedusaContainer,
  base: OptionSetRecord | null,
  set: Omit<OptionSetDraft, "options">,
  given: CreateOptionSetInput["options"]
): Promise<OptionSetPlan> {
  const stays = base !== null && base.product_option_id === set.product_option_id
  // Options of another kind do not outlive a set's being bound or set free.
  const before = stays ? base.options : []
  const options = await planOptions(container, set, before, stays ? given : (given ?? []))
  if (options.issues.length > 0) {
    throw invalid(options.issues, options.issues.length === 1 ? options.issues[0]?.code : undefined)
  }
  const duplicates = [...(await takenIssues(container, base, set)), ...options.duplicates]
  const [first] = duplicates
  if (first) {
    const { message } = invalid(duplicates)
    throw new AppError("duplicate_error", first.code, message, { issues: duplicates })
  }
  const { new_prices, price_index, price_changes } = options
  return {
    base,
    draft: { ...set, options: options.options },
    ...{ new_prices, price_index, price_changes },
  }
}

async function planOptions(
  container: MedusaContainer,
  set: Omit<OptionSetDraft, "options">,
  before: OptionSetRecord["options"],
  given: CreateOptionSetInput["options"]
): Promise<OptionsPlan> {
  const nothing = { new_prices: [], price_index: {}, price_changes: [], issues: [], duplicates: [] }
  const { product_id, product_option_id } = set
  if (product_option_id !== null) {
    if (!(await hasProductOption(container, product_id, product_option_id))) {
      // Left as it is, a set whose product option is gone can still be renamed.
      return given === undefined
        ? { ...nothing, options: before }
        : { ...nothing, options: [], issues: [unknownProductOption()] }
    }
    const values = await listProductOptionValues(container, [{ product_id, product_option_id }])
    return given === undefined
      ? { ...nothing, options: before }
      : { ...nothing, ...planBoundOptions(values, before, given) }
  }
  if (given === undefined) {
    return { ...nothing, options: before }
  }
  const [currencies, amounts] = await Promise.all([
    storeCurrencies(container),
    plainAmounts(
      container,
      before.flatMap(({ price_set_id }) => price_set_id ?? [])
    ),
  ])
  return planOwnOptions({ before, amounts, currencies, given })
}

function unknownProductOption(): Issue {
  return {
    path: ["product_option_id"],
    code: "unknown_product_option",
    message: "product_option_id is not an option of this product in Medusa.",
  }
}

/** Asked beforehand for a good answer; the database decides between two requests at the same time. */
async function takenIssues(
  container: MedusaContainer,
  base: OptionSetRecord | null,
  set: Omit<OptionSetDraft, "options">
): Promise<Issue[]> {
  const sets = await personalization(container).optionSets.read({ product_ids: [set.product_id] })
  const others = sets.filter(({ id }) => id !== base?.id)
  const issues: Issue[] = []
  if (others.some(({ key }) => key === set.key)) {
    issues.push({
      path: ["key"],
      code: "duplicate_key",
      message: `The product has an option set ${set.key} already.`,
      params: { key: set.key },
    })
  }
  if (
    set.product_option_id !== null &&
    others.some(({ product_option_id }) => product_option_id === set.product_option_id)
  ) {
    issues.push({
      path: ["product_option_id"],
      code: "product_option_bound",
      message: "Another option set of the product is bound to this product option.",
    })
  }
  return issues
}
