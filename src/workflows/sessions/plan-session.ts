// Decides what a new session is about before anything is written: product, variant, template, region.
import type { MedusaContainer } from "@medusajs/framework/types"
import { readStored } from "../../domain/template/stored"
import { allInputs } from "../../lib/all-inputs"
import { AppError, invalidField } from "../../lib/errors"
import type { SessionRow, TemplateRow } from "../../modules/personalization/service"
import { resolveRegion, type RegionWish } from "../catalog/region"
import { personalization } from "../services"
import { chooseVariant, variantByDefaults } from "./variants"

export type SessionWish = Omit<RegionWish, "region_id"> & {
  product_id: string
  /** A published template of the product; the default one when left out. */
  template_id?: string | undefined
  variant_id?: string | undefined
}
export type SessionPlan = Pick<
  SessionRow,
  "product_id" | "variant_id" | "template_id" | "template_version" | "currency_code" | "region_id"
>

/**
 * Resolves a wish. The template's version is pinned here.
 * @throws AppError 404 `product_not_found`, `no_default_template`; 400 with every issue: `unknown_variant`,
 *   `unknown_template`, `unknown_currency`, `unknown_country`.
 */
export async function planSession(
  container: MedusaContainer,
  wish: SessionWish
): Promise<SessionPlan> {
  const { product_id, currency_code, country_code } = wish
  const [chosen, template, price_context] = await allInputs(
    chooseVariant(container, product_id, wish.variant_id),
    chooseTemplate(container, wish),
    resolveRegion(container, { currency_code, country_code })
  )
  const variant_id =
    chosen ?? (await variantByDefaults(container, product_id, readStored(template.definition)))
  return {
    product_id,
    variant_id,
    ...{ template_id: template.id, template_version: template.version },
    ...price_context,
  }
}

/**
 * The published template asked for, or the product's default one.
 * @throws AppError 400 `unknown_template`, 404 `no_default_template`
 */
export async function chooseTemplate(
  container: MedusaContainer,
  { product_id, template_id }: Pick<SessionWish, "product_id" | "template_id">
): Promise<TemplateRow> {
  const [template] = await personalization(container).listTemplates(
    {
      product_id,
      status: "published",
      ...(template_id ? { id: template_id } : { is_default: true }),
    },
    { take: 1 }
  )
  if (template) {
    return template
  }
  throw template_id
    ? invalidField(
        ["template_id"],
        "unknown_template",
        "template_id is not a published template of this product."
      )
    : new AppError(
        "not_found",
        "no_default_template",
        "The product has no template to personalize it with."
      )
}
