// Turns the contract's new product into what Medusa's workflow creates.
import type { CreateProductWorkflowInputDTO, MedusaContainer } from "@medusajs/framework/types"
import { toHandle } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import { invalid } from "../../lib/errors"
import { personalization } from "../services"
import { handleIssues, missingParts, productIssues } from "./check-product"
import { refuseDuplicates } from "./duplicates"
import { mediaIssues, storedUrl } from "./media"
import { requireCurrency, sellingDefaults, writeCurrency } from "./store-facts"
import type { CreateCatalogProductInput } from "./types"

/** Medusa wants an option on every product; its dashboard names that of a plain one so. */
const PLAIN_OPTION = { title: "Default option", values: ["Default option value"] }
const PLAIN_VARIANT_TITLE = "Default"

/** Every fault of the fields given, against each other and the store's currencies; fields may be missing. */
export async function newProductIssues(
  container: MedusaContainer,
  input: Partial<CreateCatalogProductInput>
): Promise<Issue[]> {
  const asked = await writeCurrency(container, input.currency_code)
  const { options } = personalization(container)
  return [
    ...("issue" in asked ? [asked.issue] : []),
    ...handleIssues(input.handle),
    ...mediaIssues(options, input.media),
    ...productIssues(input, "issue" in asked ? undefined : asked.currency),
  ]
}

/**
 * @throws AppError 400 with every issue; 409 when the store has nothing to sell it in or to ship it with; 422
 *   `duplicate_handle` or `duplicate_sku`.
 */
export async function planNewProduct(
  container: MedusaContainer,
  input: CreateCatalogProductInput
): Promise<CreateProductWorkflowInputDTO> {
  const issues = [...(await newProductIssues(container, input)), ...missingParts(input)]
  if (issues.length > 0) {
    throw invalid(issues, issues.length === 1 ? issues[0]?.code : undefined)
  }
  const currency_code = await requireCurrency(container, input.currency_code)
  const given = input.variants?.length ? input.variants : [{}]
  const options = input.options?.length ? input.options : [PLAIN_OPTION]
  const plain = !input.options?.length
  const handle = input.handle ?? toHandle(input.name)
  const [{ sales_channel_id, shipping_profile_id }] = await Promise.all([
    sellingDefaults(container),
    refuseDuplicates(container, {
      handle,
      skus: given.flatMap(({ sku }, index) => (sku ? [{ sku, index }] : [])),
    }),
  ])
  const urls = (input.media ?? []).map((url) => storedUrl(personalization(container).options, url))
  return {
    title: input.name,
    handle,
    status: input.status ?? "published",
    ...(input.description ? { description: input.description } : {}),
    images: urls.map((url) => ({ url })),
    ...(urls[0] ? { thumbnail: urls[0] } : {}),
    options,
    sales_channels: [{ id: sales_channel_id }],
    shipping_profile_id,
    variants: given.map((variant, index) => {
      const chosen = plain
        ? { [PLAIN_OPTION.title]: PLAIN_OPTION.values[0] ?? "" }
        : variant.options
      const words = options.map(({ title }) => variant.options?.[title])
      return {
        title: variant.title ?? (plain ? PLAIN_VARIANT_TITLE : words.join(" / ")),
        ...(variant.sku ? { sku: variant.sku } : {}),
        options: { ...chosen },
        variant_rank: index,
        manage_inventory: variant.manage_inventory ?? false,
        prices: [{ currency_code, amount: variant.base_price ?? input.base_price }],
      }
    }),
  }
}
