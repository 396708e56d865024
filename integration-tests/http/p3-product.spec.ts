// P3: one product with its default template, against the rows of the database; the same through Medusa's door.
import { touchCatalog } from "../../src/workflows/catalog/version"
import { personalizationTestRunner } from "../helpers/runner"
import {
  dashboard,
  get,
  queriesOf,
  rows,
  until,
  type OptionSetBody,
  type PageBody,
} from "./catalog-shop"
import { seededShop, type Fault } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const admin = dashboard(store, () => seeded().api_key)
    const page = (path: string) => get<PageBody & Fault>(store, `/products/${path}`)

    it("P3: returns the product plus its default template, by id and by handle", async () => {
      const [row] = await rows<{ id: string; version: number; name: string; definition: unknown }>(
        store,
        `select id, version, name, definition from personalization_template
          where product_id = ? and is_default and deleted_at is null`,
        [product("mug")]
      )
      const byId = await page(product("mug"))
      const byHandle = await page("mug")
      expect(byId.status).toBe(200)
      expect(byHandle.text).toBe(byId.text)
      expect(byId.body.product).toMatchObject({
        id: product("mug"),
        handle: "mug",
        customizable: true,
        currency_code: "usd",
        template: row,
      })
      expect(Object.keys(byId.body.product.template)).toEqual([
        "id",
        "version",
        "name",
        "definition",
      ])
    })

    it("P3: shows the variants with price and stock as the rows have them", async () => {
      const expected = await rows<{ id: string; title: string; sku: string; amount: string }>(
        store,
        `select v.id, v.title, v.sku, price.amount from product_variant v
           join product_variant_price_set l on l.variant_id = v.id
           join price on price.price_set_id = l.price_set_id and price.currency_code = 'eur'
          where v.product_id = ? order by v.variant_rank, v.id`,
        [product("t-shirt")]
      )
      const { body } = await page("t-shirt?country_code=DE")
      expect(body.product.variants).toEqual(
        expected.map(({ amount, ...row }) => ({
          ...row,
          base_price: Number(amount),
          tax_inclusive: expect.any(Boolean),
          in_stock: true,
        }))
      )
      expect(body.product.base_price).toBe(Math.min(...expected.map(({ amount }) => +amount)))
    })

    it("P3: in stock means at the sales channel's stock locations", async () => {
      const [level] = await rows<{ item: string; place: string; variant: string; stock: number }>(
        store,
        `select l.inventory_item_id as item, l.location_id as place, i.variant_id as variant,
                l.stocked_quantity::int as stock
           from inventory_level l
           join product_variant_inventory_item i on i.inventory_item_id = l.inventory_item_id
           join product_variant v on v.id = i.variant_id and v.product_id = ? limit 1`,
        [product("mug")]
      )
      const inStock = async () => {
        const { body } = await page("mug")
        return body.product.variants.find(({ id }) => id === level?.variant)?.in_stock
      }
      const put = (stocked_quantity: number | undefined) =>
        admin("POST", `/inventory-items/${level?.item}/location-levels/${level?.place}`, {
          stocked_quantity,
        })
      expect(await inStock()).toBe(true)
      await put(0)
      await until(async () => (await inStock()) === false)

      // Elsewhere there is plenty, but this channel is not served from there.
      const { stock_location } = await admin<{ stock_location: { id: string } }>(
        "POST",
        "/stock-locations",
        { name: "Far away" }
      )
      await admin("POST", `/inventory-items/${level?.item}/location-levels`, {
        location_id: stock_location.id,
        stocked_quantity: 50,
      })
      await touchCatalog(store.getContainer())
      expect(await inStock()).toBe(false)
      const [own] = await rows<{ id: string }>(
        store,
        "select default_sales_channel_id as id from store"
      )
      await admin("POST", `/stock-locations/${stock_location.id}/sales-channels`, {
        add: [own?.id],
      })
      await until(async () => (await inStock()) === true)
      await put(level?.stock)
    })

    it("P3: a part of which a variant takes none does not count for its stock", async () => {
      const [part] = await rows<{ item: string; variant: string; quantity: number }>(
        store,
        `select i.inventory_item_id as item, i.variant_id as variant,
                i.required_quantity::int as quantity
           from product_variant_inventory_item i
           join product_variant v on v.id = i.variant_id and v.product_id = ? limit 1`,
        [product("mug")]
      )
      const take = async (required_quantity: number | undefined) => {
        await admin(
          "POST",
          `/products/${product("mug")}/variants/${part?.variant}/inventory-items/${part?.item}`,
          { required_quantity }
        )
        await touchCatalog(store.getContainer())
        const { status, body } = await page("mug")
        expect(status).toBe(200)
        return body.product.variants.find(({ id }) => id === part?.variant)?.in_stock
      }
      expect(await take(0)).toBe(true)
      expect(await take(1_000_000)).toBe(false)
      expect(await take(part?.quantity)).toBe(true)
    })

    it("P3: 404 if the product is not found", async () => {
      const missing = await page("prod_none")
      expect(missing).toMatchObject({ status: 404, body: { code: "product_not_found" } })
      await admin("POST", `/products/${product("poster")}`, { status: "draft" })
      await until(async () => (await page("poster")).status === 404)
      expect((await page(product("poster"))).text).toBe(missing.text)
      await admin("POST", `/products/${product("poster")}`, { status: "published" })
      await until(async () => (await page("poster")).status === 200)
    })

    it("P3: 404 if it has no default template", async () => {
      const { product: plain } = await admin<{ product: { id: string } }>("POST", "/products", {
        title: "Plain",
        status: "published",
        options: [{ title: "Size", values: ["One"] }],
        sales_channels: await rows(store, "select default_sales_channel_id as id from store"),
      })
      await until(async () => (await page(plain.id)).body.code === "no_default_template")
      expect((await page(plain.id)).status).toBe(404)
      await admin("DELETE", `/products/${plain.id}`)
    })

    it("P3: offers every option set with its surcharge in the currency", async () => {
      const expected = await rows<{ key: string; value: string; amount: string }>(
        store,
        `select s.key, o.value, price.amount from personalization_option_set s
           join personalization_option o on o.option_set_id = s.id
           join price on price.price_set_id = o.price_set_id and price.currency_code = 'eur'
          where s.product_id = ? order by s.created_at, o.rank`,
        [product("t-shirt")]
      )
      const { body } = await page("t-shirt?currency_code=eur")
      const shown = body.product.option_sets.flatMap(({ key, options }) =>
        options.map(({ value, price_delta }) => ({ key, value, amount: price_delta }))
      )
      expect(expected.length).toBeGreaterThan(0)
      expect(shown).toEqual(
        expect.arrayContaining(expected.map((row) => ({ ...row, amount: Number(row.amount) })))
      )
    })

    it("P3: the number of queries is small and constant", async () => {
      const measure = async (handle: string) => {
        await touchCatalog(store.getContainer())
        return queriesOf(store, () => page(handle))
      }
      const counts = [await measure("mug"), await measure("t-shirt")].map(({ length }) => length)
      expect(Math.max(...counts)).toBeLessThanOrEqual(14)
      expect(Math.abs((counts[0] ?? 0) - (counts[1] ?? 0))).toBeLessThanOrEqual(2)
    })

    describe("door 1: GET /store/products/:id/personalization", () => {
      type Body = { template: { id: string }; option_sets: OptionSetBody[] } & Fault
      const ask = (path: string, key = seeded().publishable_key) =>
        get<Body>(store, `/store/products/${path}`, { "x-publishable-api-key": key })

      it("gives the template and the option sets of P3", async () => {
        const { body } = await page("t-shirt?currency_code=eur")
        const { regions } = await admin<{ regions: { id: string; currency_code: string }[] }>(
          "GET",
          "/regions"
        )
        const euro = regions.find(({ currency_code }) => currency_code === "eur")
        const answers = await Promise.all(
          [`region_id=${euro?.id}`, "currency_code=eur", "country_code=de"].map((query) =>
            ask(`t-shirt/personalization?${query}`)
          )
        )
        for (const answer of answers) {
          expect(answer.status).toBe(200)
          expect(answer.body).toEqual({
            template: body.product.template,
            option_sets: body.product.option_sets,
          })
          expect(answer.headers.get("cache-control")).toBe("private, max-age=0")
        }
      })

      it("reads nothing for a kept answer but the publishable key, which is Medusa's check", async () => {
        await ask("mug/personalization")
        const queries = await queriesOf(store, () => ask("mug/personalization"))
        expect(queries.map((sql) => /from (?:"public"\.)?"(\w+)"/.exec(sql)?.[1])).toEqual([
          "api_key",
          "publishable_api_key_sales_channel",
        ])
      })

      it("answers 304, and 404 and 400 in our form", async () => {
        const first = await ask("mug/personalization")
        const again = await store.request("/store/products/mug/personalization", {
          headers: {
            "x-publishable-api-key": seeded().publishable_key,
            "If-None-Match": first.headers.get("etag") ?? "",
          },
        })
        expect([again.status, await again.text()]).toEqual([304, ""])
        expect(await ask("none/personalization")).toMatchObject({
          status: 404,
          body: { code: "product_not_found" },
        })
        expect(await ask("mug/personalization?region_id=reg_none")).toMatchObject({
          status: 400,
          body: { code: "unknown_region" },
        })
      })

      it("needs a publishable key, and shows its sales channels' products only", async () => {
        expect((await ask("mug/personalization", "pk_wrong")).status).toBe(400)
        const { sales_channel } = await admin<{ sales_channel: { id: string } }>(
          "POST",
          "/sales-channels",
          { name: "Other" }
        )
        const { api_key } = await admin<{ api_key: { id: string; token: string } }>(
          "POST",
          "/api-keys",
          { title: "Other", type: "publishable" }
        )
        await admin("POST", `/api-keys/${api_key.id}/sales-channels`, { add: [sales_channel.id] })
        expect((await ask("mug/personalization", api_key.token)).status).toBe(404)
        await admin("POST", `/sales-channels/${sales_channel.id}/products`, {
          add: [product("mug")],
        })
        await until(async () => (await ask("mug/personalization", api_key.token)).status === 200)
        expect((await ask("t-shirt/personalization", api_key.token)).status).toBe(404)
      })
    })
  },
})
