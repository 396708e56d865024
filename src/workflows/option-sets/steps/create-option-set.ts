// Saves an option set; every option's surcharge becomes a price set of the Pricing Module.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { AppError, invalid, notFound } from "../../../lib/errors"
import type { Issue } from "../../../domain/issue"
import type { PersonalizationModuleService } from "../../../modules/personalization"
import { personalization } from "../../services"

export type OptionInput = {
  value: string
  label: string
  /** Decimal, major units of the store's default currency, per unit; may be negative. */
  price_delta: number | string
  /** The same by lower-case ISO 4217 code for other currencies. */
  price_deltas?: Record<string, number | string> | undefined
  rank?: number | undefined
  metadata?: Record<string, unknown> | null | undefined
}
export type CreateOptionSetInput = {
  product_id: string
  key: string
  title: string
  required?: boolean | undefined
  options: OptionInput[]
}

/** What uniqueness of option values is decided on: NFC, trimmed, without regard to case. */
function optionValueKey(value: string): string {
  return value.normalize("NFC").trim().toLowerCase()
}

/** Creates the set. @throws AppError 404 `product_not_found`, 422 `duplicate_key` or `duplicate_option`. */
export const createPersonalizationOptionSetStep = createStep(
  "create-personalization-option-set",
  async (input: CreateOptionSetInput, { container }) => {
    const service = personalization(container)
    await check(container, input)
    const defaultCurrency = await storeCurrency(container)
    const priceSets = await container.resolve(Modules.PRICING).createPriceSets(
      input.options.map((option) => ({
        prices: Object.entries({
          ...option.price_deltas,
          [defaultCurrency]: option.price_delta,
        }).map(([currency_code, amount]) => ({ currency_code, amount })),
      }))
    )
    const price_set_ids = priceSets.map(({ id }) => id)
    try {
      const saved = await saveSet(service, input, price_set_ids)
      return new StepResponse(saved, { set_id: saved.id, price_set_ids })
    } catch (error) {
      // The compensation runs for a finished step only.
      await container.resolve(Modules.PRICING).deletePriceSets(price_set_ids)
      throw error
    }
  },
  async (created, { container }) => {
    if (created) {
      await personalization(container).deleteOptionSets(created.set_id)
      await container.resolve(Modules.PRICING).deletePriceSets(created.price_set_ids)
    }
  }
)

async function saveSet(
  service: PersonalizationModuleService,
  input: CreateOptionSetInput,
  priceSetIds: string[]
) {
  const set = await service.createOptionSets({
    product_id: input.product_id,
    key: input.key,
    title: input.title,
    required: input.required ?? false,
  })
  const options = await service
    .createOptions(
      input.options.map((option, index) => ({
        option_set_id: set.id,
        value: option.value.normalize("NFC").trim(),
        value_key: optionValueKey(option.value),
        label: option.label,
        rank: option.rank ?? index,
        price_set_id: priceSetIds[index] ?? "",
        metadata: option.metadata ?? null,
      }))
    )
    .catch(async (error: unknown) => {
      await service.deleteOptionSets(set.id)
      throw error
    })
  return { ...set, options }
}

async function check(container: MedusaContainer, input: CreateOptionSetInput): Promise<void> {
  const [product] = await container
    .resolve(Modules.PRODUCT)
    .listProducts({ id: input.product_id }, { select: ["id"], take: 1 })
  if (!product) {
    throw notFound("product")
  }
  const [taken] = await personalization(container).listOptionSets(
    { product_id: input.product_id, key: input.key },
    { take: 1 }
  )
  if (taken) {
    throw new AppError(
      "duplicate_error",
      "duplicate_key",
      `The product has an option set with the key ${input.key} already.`
    )
  }
  const seen = new Set<string>()
  const doubled: Issue[] = input.options.flatMap(({ value }, index) => {
    const key = optionValueKey(value)
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [
      {
        path: ["options", index, "value"],
        code: "duplicate_option",
        message: `The value ${value} is in the set already.`,
        params: { value },
      },
    ]
  })
  if (doubled.length > 0) {
    const { message } = invalid(doubled)
    throw new AppError("duplicate_error", "duplicate_option", message, { issues: doubled })
  }
}

async function storeCurrency(container: MedusaContainer): Promise<string> {
  const [store] = await container
    .resolve(Modules.STORE)
    .listStores({}, { relations: ["supported_currencies"], take: 1 })
  const currency = store?.supported_currencies?.find((supported) => supported.is_default)
  if (!currency) {
    throw new AppError(
      "conflict",
      "no_default_currency",
      "The store has no default currency to price the options in."
    )
  }
  return currency.currency_code
}
