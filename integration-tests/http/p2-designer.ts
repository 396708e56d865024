// A studio designer in tests: products of their own, a small definition, and calls with the management key.
import { Modules } from "@medusajs/framework/utils"
import { createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { randomBytes } from "node:crypto"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../../src/domain/__tests__/sample"
import type { SeedResult } from "../../src/scripts/seed"
import { personalization } from "../../src/workflows/services"
import type { TestStore } from "../helpers/runner"
import { TestVisitor, type Reply } from "./visitor"

export type WireTemplate = {
  id: string
  product_id: string
  version: number
  name: string
  definition: Record<string, unknown>
  is_default: boolean
  status: "draft" | "published" | "archived"
  created_at: string
}
export type TemplateReply = Reply<{
  template: WireTemplate
  type: string
  code: string
  issues?: { path: string; code: string }[]
  warnings: { path: string; code: string; message: string }[]
}>

export class Designer {
  #asset: string | undefined

  constructor(
    private readonly store: TestStore,
    private readonly seeded: () => SeedResult
  ) {}

  /** Calls with the management key. */
  call<T = TemplateReply["body"]>(method: string, path: string, body?: unknown): Promise<Reply<T>> {
    return new TestVisitor(this.store).call<T>(method, path, body, {
      "X-API-Key": this.seeded().api_key ?? "",
    })
  }

  /** A product without templates, in the store's default sales channel. */
  async product(status: "published" | "draft" = "published"): Promise<string> {
    const [shop] = await this.store.getContainer().resolve(Modules.STORE).listStores({})
    const { result } = await createProductsWorkflow(this.store.getContainer()).run({
      input: {
        products: [
          {
            title: `Canvas ${randomBytes(4).toString("hex")}`,
            status,
            sales_channels: [{ id: shop?.default_sales_channel_id ?? "" }],
            options: [{ title: "Size", values: ["One"] }],
            variants: [
              {
                title: "One",
                options: { Size: "One" },
                prices: [{ amount: 10, currency_code: "usd" }],
              },
            ],
          },
        ],
      },
    })
    return result[0]?.id ?? ""
  }

  /** A valid definition with one text zone whose label may vary. */
  async definition(label = "Name"): Promise<{ schema: 1; placements: object[]; zones: object[] }> {
    if (this.#asset === undefined) {
      const [asset] = await personalization(this.store.getContainer()).listAssets({}, { take: 1 })
      this.#asset = asset?.key ?? ""
    }
    return {
      schema: 1,
      placements: [{ ...SAMPLE_PLACEMENT, background: { asset: this.#asset } }],
      zones: [{ ...SAMPLE_TEXT_ZONE, label }],
    }
  }

  /** Tries to save a version. */
  async save(
    product_id: string,
    version: number,
    more: Record<string, unknown> = {}
  ): Promise<TemplateReply> {
    return this.call("POST", "/templates", {
      product_id,
      version,
      definition: await this.definition(),
      ...more,
    })
  }

  /** Saves a version. */
  async saved(
    product_id: string,
    version: number,
    more: Record<string, unknown> = {}
  ): Promise<WireTemplate> {
    const { status, body, text } = await this.save(product_id, version, more)
    if (status !== 201) {
      throw new Error(`The template was not saved: ${text}`)
    }
    return body.template
  }

  /** A template as it is now. */
  async read(id: string): Promise<WireTemplate> {
    const { body } = await this.call("GET", `/templates/${id}`)
    return body.template
  }
}
