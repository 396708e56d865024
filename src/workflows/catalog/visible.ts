// What the standalone door sells: published products of its sales channel. The rest is, for it, not there.
import type { MedusaContainer } from "@medusajs/framework/types"
import { personalization } from "../services"
import { readShop, type Shop } from "./region"
import { select } from "./sql"

/** The sales channel of the standalone door: the option `catalog.sales_channel_id`, else the store's default, or null. */
export function ownChannel(
  container: MedusaContainer,
  shop: Pick<Shop, "default_sales_channel_id">
): string | null {
  const { catalog } = personalization(container).options
  return catalog.sales_channel_id ?? shop.default_sales_channel_id
}

/** `ownChannel` as a list, for `visible`; empty when the store has none. One query. */
export async function readOwnChannels(container: MedusaContainer): Promise<string[]> {
  const channel = ownChannel(container, await readShop(container))
  return channel === null ? [] : [channel]
}

/**
 * SQL that says whether the product `p` is published and sold in any of some sales channels.
 * @param channels the placeholder of the channels, which are bound as one array
 */
export function visible(channels = "?"): string {
  // "exists" instead of a join: a product of several channels counts once, and a page ends when it is full.
  return `p.deleted_at is null and p.status = 'published' and exists (
    select 1 from product_sales_channel c
     where c.product_id = p.id and c.sales_channel_id = any(${channels}) and c.deleted_at is null)`
}

/** Whether the standalone door shows a product. Two queries. */
export async function isVisible(container: MedusaContainer, productId: string): Promise<boolean> {
  const found = await select(container, `select 1 from product p where p.id = ? and ${visible()}`, [
    productId,
    await readOwnChannels(container),
  ])
  return found.length > 0
}

/** Whether a variant is there and the standalone door shows its product. Two queries. */
export async function isVisibleVariant(
  container: MedusaContainer,
  variantId: string
): Promise<boolean> {
  const found = await select(
    container,
    `select 1 from product_variant v join product p on p.id = v.product_id
      where v.id = ? and v.deleted_at is null and ${visible()}`,
    [variantId, await readOwnChannels(container)]
  )
  return found.length > 0
}
