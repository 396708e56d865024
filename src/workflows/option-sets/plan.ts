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
import { defaultCurrency, storeCurrencies } from "../store-currencies"
import { planBoundOptions } from "./bound-options"
import type {
  CreateOptionSetInput,
  LooseOptionSetInput,
  OptionInput,
  UpdateOptionSetInput,
} from "./input"
import { readOnly, type OptionsPlan } from "./option-plan"
import { planOwnOptions } from "./own-options"
import { plainAmounts } from "./prices"
import { hasProductOption, listProductOptionValues } from "./product-options"
import { zoneKeyIssues } from "./zone-keys"

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
  return plan(null, draft, await judge(container, null, draft, input.options))
}

/**
 * Plans a change.
 * @throws AppError 404 `option_set_not_found`; otherwise as `planNewOptionSet`.
 */
export async function planOptionSetChange(
  container: MedusaContainer,
  input: UpdateOptionSetInput
): Promise<OptionSetPlan> {
  const base = await readBase(container, input.id)
  const draft = {
    product_id: base.product_id,
    key: input.key ?? base.key,
    title: input.title ?? base.title,
    required: input.required ?? base.required,
    product_option_id:
      input.product_option_id === undefined ? base.product_option_id : input.product_option_id,
  }
  return plan(base, draft, await judgeChange(container, base, input))
}

/** What else is wrong with a new set whose input is not well-formed. */
export async function newOptionSetIssues(
  container: MedusaContainer,
  input: LooseOptionSetInput
): Promise<Issue[]> {
  const { product_id, key, product_option_id = null, options } = input
  const judged = await judge(container, null, { product_id, key, product_option_id }, options)
  return [...judged.issues, ...judged.duplicates]
}

/** What else is wrong with a change whose input is not well-formed. @throws AppError 404 `option_set_not_found` */
export async function changedOptionSetIssues(
  container: MedusaContainer,
  id: string,
  input: LooseOptionSetInput
): Promise<Issue[]> {
  const judged = await judgeChange(container, await readBase(container, id), input)
  return [...judged.issues, ...judged.duplicates]
}

async function readBase(container: MedusaContainer, id: string): Promise<OptionSetRecord> {
  const [base] = await personalization(container).optionSets.read({ ids: [id] })
  if (!base) {
    throw notFound("option_set")
  }
  return base
}

/** What a set's options come to, with its own faults among theirs. */
function plan(
  base: OptionSetRecord | null,
  set: Omit<OptionSetDraft, "options">,
  { issues, duplicates, options, new_prices, price_index, price_changes }: OptionsPlan
): OptionSetPlan {
  if (issues.length > 0) {
    const all = [...issues, ...duplicates]
    throw invalid(all, all.length === 1 ? all[0]?.code : undefined)
  }
  const [first] = duplicates
  if (first) {
    const { message } = invalid(duplicates)
    throw new AppError("duplicate_error", first.code, message, { issues: duplicates })
  }
  return { base, draft: { ...set, options }, new_prices, price_index, price_changes }
}

/** What a set is judged by; a new one's product and key may be missing or misshapen. */
type JudgedSet = {
  product_id: string | undefined
  key: string | undefined
  product_option_id: string | null
}

async function judgeChange(
  container: MedusaContainer,
  base: OptionSetRecord,
  input: LooseOptionSetInput
): Promise<OptionsPlan> {
  const { product_id, key = base.key, product_option_id = base.product_option_id } = input
  const set = { product_id: base.product_id, key, product_option_id }
  const judged = await judge(container, base, set, input.options)
  const moved = product_id !== undefined && product_id !== base.product_id
  return moved ? { ...judged, issues: [readOnly(["product_id"]), ...judged.issues] } : judged
}

async function judge(
  container: MedusaContainer,
  base: OptionSetRecord | null,
  set: JudgedSet,
  given: LooseOptionSetInput["options"]
): Promise<OptionsPlan> {
  const stays = base !== null && base.product_option_id === set.product_option_id
  // Options of another kind do not outlive a set's being bound or set free.
  const before = stays ? base.options : []
  const options = await planOptions(container, set, before, stays ? given : (given ?? []))
  const { product_id, key } = set
  if (product_id === undefined) {
    return options
  }
  // A key that stays is let be, so that the set can be sent back as it was read.
  const zones =
    key === undefined || key === base?.key ? [] : await zoneKeyIssues(container, product_id, key)
  return {
    ...options,
    issues: [...zones, ...options.issues],
    duplicates: [
      ...(await takenIssues(container, base, { ...set, product_id })),
      ...options.duplicates,
    ],
  }
}

async function planOptions(
  container: MedusaContainer,
  { product_id, product_option_id }: JudgedSet,
  before: OptionSetRecord["options"],
  given: Partial<OptionInput>[] | undefined
): Promise<OptionsPlan> {
  const nothing = { new_prices: [], price_index: {}, price_changes: [], issues: [], duplicates: [] }
  if (product_option_id !== null && product_id === undefined) {
    return { ...nothing, options: [] }
  }
  if (product_option_id !== null && product_id !== undefined) {
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
  const default_currency = defaultCurrency(currencies)
  return planOwnOptions({
    before,
    amounts,
    currencies: { default_currency, supported: currencies.supported },
    given,
  })
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
  set: JudgedSet & { product_id: string }
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
