// What a host's own script does to sell one personalized thing, written against the plugin's public entry points.

/**
 * The source of a `medusa exec` script.
 * @param picture a PNG in base64: the product's photo
 */
export function fillShopScript(picture: string): string {
  return `import { createProductsWorkflow, createRegionsWorkflow } from "@medusajs/medusa/core-flows"
import type { ExecArgs } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import {
  createPersonalizationAssetWorkflow,
  createPersonalizationOptionSetWorkflow,
  createPersonalizationTemplateWorkflow,
} from "medusa-plugin-personalization/workflows"

export default async function fillShop({ container }: ExecArgs): Promise<void> {
  await createRegionsWorkflow(container).run({
    input: { regions: [{ name: "US", currency_code: "usd", countries: ["us"] }] },
  })
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels()
  const { result: [product] } = await createProductsWorkflow(container).run({
    input: {
      products: [{
        title: "Sign",
        handle: "sign",
        status: "published",
        options: [{ title: "Kind", values: ["Plain"] }],
        variants: [{
          title: "Plain",
          manage_inventory: false,
          options: { Kind: "Plain" },
          prices: [{ currency_code: "usd", amount: 20 }],
        }],
        sales_channels: [{ id: channel!.id }],
      }],
    },
  })
  const product_id = product!.id
  await createPersonalizationAssetWorkflow(container).run({
    input: { key: "sign", mime_type: "image/png", content: "${picture}" },
  })
  await createPersonalizationOptionSetWorkflow(container).run({
    input: {
      product_id,
      key: "finish",
      title: "Finish",
      options: [{ value: "gloss", label: "Gloss", price_delta: 1, price_deltas: { usd: "2.50" } }],
    },
  })
  await createPersonalizationTemplateWorkflow(container).run({
    input: {
      product_id,
      version: 1,
      definition: {
        schema: 1,
        placements: [{
          key: "front",
          label: "Front",
          canvas: { width: 400, height: 400 },
          background: { asset: "sign" },
          print_area: {
            width_mm: 100,
            height_mm: 100,
            dpi: 150,
            on_canvas: { x: 50, y: 50, width: 300, height: 300 },
          },
        }],
        zones: [{
          kind: "text",
          key: "name",
          label: "Name",
          required: true,
          placement: "front",
          frame: { x: 10, y: 30, width: 80, height: 40 },
          max_length: 12,
          fonts: ["pacifico"],
          size: { min: 12, max: 80, default: 60 },
          colors: [{ name: "Black", value: "#000000" }],
          price: { flat: { usd: 3 } },
        }],
      },
    },
  })
}
`
}
