// A1: what an amount in a product's change means where regions and price lists decide the price shown.
import { createPriceListsWorkflow, createRegionsWorkflow } from "@medusajs/medusa/core-flows"
import {
  ContainerRegistrationKeys,
  Modules,
  PriceListStatus,
  PriceListType,
} from "@medusajs/framework/utils"
import { createWorkflow, transform } from "@medusajs/framework/workflows-sdk"
import { productLockKey } from "../../src/workflows/products/lock"
import { dropPersonalizationDoubledPricesStep } from "../../src/workflows/products/steps/set-plain-prices"
import { personalizationTestRunner } from "../helpers/runner"
import { productManager, type Answer } from "./a1-manager"
import { failAtTheEnd, insteadOfTouch } from "./failing-catalog"
import { TestVisitor } from "./visitor"

const dropDoubled = createWorkflow(
  "test-drop-doubled-prices",
  (input: { price_set_id: string; currency_code: string }) => {
    dropPersonalizationDoubledPricesStep(
      transform({ input }, ({ input: { price_set_id, currency_code } }) => ({
        currency_code,
        prices: [{ price_set_id, amount: "0" }],
      }))
    )
  }
)

personalizationTestRunner({
  testSuite: (store) => {
    const { call, create, update, priceRows } = productManager(store)
    const container = () => store.getContainer()
    let nordics = ""

    beforeAll(async () => {
      const { result } = await createRegionsWorkflow(container()).run({
        input: { regions: [{ name: "Nordics", currency_code: "eur", countries: ["fi"] }] },
      })
      nordics = result[0]?.id ?? ""
    })

    const euros = (name: string, more: Record<string, unknown> = {}) =>
      create({ name, base_price: 20, currency_code: "eur", ...more })

    /** Gives a product's first price set a price of its own in each of the regions. */
    async function regionPrices(id: string, amount: number, regions: string[]): Promise<void> {
      const [price] = await priceRows(id)
      await container()
        .resolve(Modules.PRICING)
        .addPrices({
          priceSetId: price?.set ?? "",
          prices: regions.map((region_id) => ({
            amount,
            currency_code: "eur",
            rules: { region_id },
          })),
        })
    }

    /** Gives a product's first price set a price in a list of its own. */
    async function listPrice(
      id: string,
      type: PriceListType,
      price: { currency_code: string; amount: number }
    ): Promise<void> {
      const [row] = await priceRows(id)
      const prices = [{ ...price, price_set_id: row?.set ?? "" }]
      await container()
        .resolve(Modules.PRICING)
        .createPriceLists([
          { title: type, description: type, type, status: PriceListStatus.ACTIVE, prices },
        ])
    }

    async function euroRegions(): Promise<string[]> {
      const regions = await container()
        .resolve(Modules.REGION)
        .listRegions({ currency_code: "eur" })
      return regions.map(({ id }) => id)
    }

    const put = (id: string, body: Record<string, unknown>) =>
      call("PUT", `/products/${id}`, { currency_code: "eur", ...body })

    const refused = async (id: string, body: Record<string, unknown>) => {
      const rows = await priceRows(id)
      const answer = await put(id, body)
      expect(answer.status).toBe(400)
      expect(await priceRows(id)).toEqual(rows)
      return answer.body.issues?.map(({ path, code }) => `${path} ${code}`)
    }

    it("A1: takes back what GET gave in any region of the currency, and changes nothing", async () => {
      const visitor = new TestVisitor(store)
      const first = await visitor.call<Answer>("GET", "/products/poster?country_code=de")
      const { id, base_price } = first.body.product
      await regionPrices(id, 99, [nordics])
      await update(id, { description: "Two regions." })
      const rows = await priceRows(id)
      for (const [country, shown] of [
        ["fi", 99],
        ["de", base_price],
      ]) {
        const { body } = await visitor.call<Answer>(
          "GET",
          `/products/${id}?country_code=${country}`
        )
        expect(body.product.variants.map((variant) => variant.base_price)).toContain(shown)
        const answer = await call("PUT", `/products/${id}`, body.product)
        expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 })
        expect(await priceRows(id)).toEqual(rows)
      }
    })

    it("A1: an amount that one region shows is no change for the others", async () => {
      const { id, variants } = await euros("Nordic")
      await regionPrices(id, 25, [nordics])
      const rows = await priceRows(id)
      for (const amount of [20, 25]) {
        const changes = {
          base_price: amount,
          variants: [{ id: variants[0]?.id, base_price: amount }],
        }
        expect(await put(id, changes)).toMatchObject({
          status: 200,
          body: { product: { base_price: 20 } },
        })
        expect(await priceRows(id)).toEqual(rows)
      }
    })

    it("A1: changes the plain price while a region without its own shows it", async () => {
      const { id } = await euros("Nordic too")
      await regionPrices(id, 25, [nordics])
      const rows = await priceRows(id)
      const answer = await put(id, { base_price: 30 })
      expect(answer.body.product).toMatchObject({ base_price: 30 })
      expect(await priceRows(id)).toEqual(
        rows.map((row) => (row.rules?.length === 0 ? { ...row, amount: 30 } : row))
      )
    })

    it("A1: refuses a price that regions' own prices hide everywhere", async () => {
      const { id, variants } = await euros("Hidden")
      await regionPrices(id, 25, await euroRegions())
      expect(await refused(id, { base_price: 30 })).toEqual(["base_price price_overridden"])
      const variant = { id: variants[0]?.id, base_price: 30 }
      expect(await refused(id, { variants: [variant] })).toEqual([
        "variants.0.base_price price_overridden",
      ])
      expect((await put(id, { base_price: 30 })).body.code).toBe("price_overridden")
      expect(await put(id, { base_price: 20 })).toMatchObject({
        status: 200,
        body: { product: { base_price: 25 } },
      })
    })

    it("A1: refuses a price that a price list hides, and lets the other variants be changed", async () => {
      const { id, variants } = await euros("Sold off", {
        options: [{ title: "Size", values: ["S", "L"] }],
        variants: [{ options: { Size: "S" } }, { options: { Size: "L" } }],
      })
      const [small, large] = variants
      await createPriceListsWorkflow(container()).run({
        input: {
          price_lists_data: [
            {
              title: "Sale",
              description: "Sale",
              status: "active",
              prices: [{ amount: 6, currency_code: "eur", variant_id: small?.id ?? "" }],
            },
          ],
        },
      })
      const both = [
        { id: large?.id, base_price: 30 },
        { id: small?.id, base_price: 30 },
      ]
      expect(await refused(id, { variants: both })).toEqual([
        "variants.1.base_price price_overridden",
      ])
      expect(await refused(id, { base_price: 30 })).toEqual(["base_price ambiguous_base_price"])
      expect((await put(id, { variants: both.slice(0, 1) })).body.product).toMatchObject({
        base_price: 6,
        variants: [{ base_price: 6 }, { base_price: 30 }],
      })
    })

    it("A1: of a sale's price and the plain one the lower is shown, of an override's the override's", async () => {
      const listed = async (name: string, type: PriceListType) => {
        const { id, variants } = await create({ name, base_price: 10 })
        await listPrice(id, type, { currency_code: "usd", amount: 6 })
        return { id, variant: variants[0]?.id }
      }
      const usd = { currency_code: "usd" }
      const sale = await listed("In a sale", PriceListType.SALE)
      expect(await refused(sale.id, { ...usd, base_price: 8 })).toEqual([
        "base_price price_overridden",
      ])
      expect((await put(sale.id, { ...usd, base_price: 5 })).body.product).toMatchObject({
        base_price: 5,
        variants: [{ base_price: 5 }],
      })
      const other = await listed("In a sale too", PriceListType.SALE)
      const variants = [{ id: other.variant, base_price: 4 }]
      const both = await put(other.id, { ...usd, base_price: 4, variants })
      expect(both.body.product).toMatchObject({ base_price: 4, variants: [{ base_price: 4 }] })
      const override = await listed("Overridden", PriceListType.OVERRIDE)
      expect(await refused(override.id, { ...usd, base_price: 5 })).toEqual([
        "base_price price_overridden",
      ])
    })

    it("A1: a sale does not let a plain price through that the region's own hides", async () => {
      const { id } = await euros("Sold off everywhere")
      await regionPrices(id, 25, await euroRegions())
      await listPrice(id, PriceListType.SALE, { currency_code: "eur", amount: 9 })
      expect(await refused(id, { base_price: 5 })).toEqual(["base_price price_overridden"])
    })

    it("A1: of plain prices that two processes added the newest stays", async () => {
      const { id } = await euros("Doubled")
      await regionPrices(id, 25, [nordics])
      const rows = await priceRows(id)
      const [plain] = rows.filter(({ rules }) => rules?.length === 0)
      const connection = container().resolve(ContainerRegistrationKeys.PG_CONNECTION)
      // The Pricing Module itself would change the first one in place.
      await connection.raw(
        `insert into price (id, price_set_id, currency_code, amount, raw_amount, rules_count, created_at)
         select id || '_2', price_set_id, currency_code, 21, '{"value":"21","precision":20}', rules_count,
                created_at + interval '1 second' from price where id = ?`,
        [plain?.id ?? ""]
      )
      const expected = rows.map((row) =>
        row.id === plain?.id ? { ...row, id: `${plain.id}_2`, amount: 21 } : row
      )
      await dropDoubled(container()).run({
        input: { price_set_id: plain?.set ?? "", currency_code: "eur" },
      })
      expect(await priceRows(id)).toEqual(expected)
    })

    it("A1: a failed change leaves nothing behind in the catalog", async () => {
      const { failed, before, during, after } = await failAtTheEnd(store, "/products/t-shirt", () =>
        call("PUT", "/products/t-shirt", { name: "Never saved", base_price: 77 })
      )
      expect(failed.status).toBe(500)
      expect(during).toContain("Never saved")
      expect(after).toBe(before)
    })

    it.each(["PUT", "DELETE"])("A1: %s holds the product's lock to the end", async (method) => {
      const { id } = await create({ name: `Locked ${method}`, base_price: 5 })
      const locking = container().resolve(Modules.LOCKING)
      let held = false
      const restore = insteadOfTouch(store, async (touch) => {
        const lock = locking.execute(productLockKey(id), async () => false, { timeout: 0.1 })
        held = await lock.catch(() => true)
        await touch()
      })
      const body = method === "PUT" ? { name: "Renamed" } : undefined
      expect((await call(method, `/products/${id}`, body)).status).toBe(200)
      restore()
      expect(held).toBe(true)
    })
  },
})
