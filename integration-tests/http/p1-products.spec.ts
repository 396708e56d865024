// P1: the product list, against the rows of the database.
import { Client } from "pg"
import { touchCatalog } from "../../src/workflows/catalog/version"
import { personalizationTestRunner } from "../helpers/runner"
import { dashboard, get, queriesOf, rows, until, type ListBody } from "./catalog-shop"
import { seededShop } from "./visitor"

type Filler = {
  fillCatalog(
    sql: (text: string, values?: unknown[]) => Promise<unknown[]>,
    count: number
  ): Promise<void>
}

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const admin = dashboard(store, () => seeded().api_key)
    const list = async (query = "") => (await get<ListBody>(store, `/products${query}`)).body
    /** What the dashboard changed is seen long before what is cached expires. */
    const soon = (fits: (body: ListBody) => boolean, query = "") =>
      until(async () => fits(await list(query)))

    it("P1: returns only active products with id, name, description, base_price and media", async () => {
      const { status, body } = await get<ListBody>(store, "/products")
      expect(status).toBe(200)
      expect(body).toMatchObject({ count: 4, limit: 20, offset: 0 })
      for (const line of body.products) {
        expect(line).toEqual({
          id: expect.stringMatching(/^prod_/),
          handle: expect.any(String),
          name: expect.any(String),
          description: expect.any(String),
          base_price: expect.any(Number),
          currency_code: "usd",
          tax_inclusive: false,
          media: expect.arrayContaining([{ url: expect.stringContaining("/files/") }]),
          customizable: true,
        })
      }
    })

    it("P1: data matches database records", async () => {
      const expected = await rows<{
        id: string
        handle: string
        name: string
        description: string
        base_price: string
        images: string[]
      }>(
        store,
        `select p.id, p.handle, p.title as name, p.description,
                (select min(price.amount) from product_variant v
                   join product_variant_price_set l on l.variant_id = v.id
                   join price on price.price_set_id = l.price_set_id
                  where v.product_id = p.id and price.currency_code = 'eur') as base_price,
                array(select url from image i where i.product_id = p.id order by rank) as images
           from product p where p.status = 'published' and p.deleted_at is null
          order by p.created_at, p.id`
      )
      const { products } = await list("?currency_code=EUR")
      expect(products.map(({ media: _media, ...line }) => line)).toEqual(
        expected.map(({ images: _images, ...row }) => ({
          ...row,
          base_price: Number(row.base_price),
          currency_code: "eur",
          tax_inclusive: expect.any(Boolean),
          customizable: true,
        }))
      )
      expect(products.map(({ media }) => media.map(({ url }) => new URL(url).pathname))).toEqual(
        expected.map(({ images }) => images)
      )
    })

    it("P1: hides drafts, deleted products and those of other sales channels", async () => {
      const channel = await admin<{ sales_channel: { id: string } }>("POST", "/sales-channels", {
        name: "Elsewhere",
      })
      const made = async (title: string, more: Record<string, unknown>) => {
        const [own] = await rows<{ id: string }>(
          store,
          "select default_sales_channel_id as id from store"
        )
        const { product } = await admin<{ product: { id: string } }>("POST", "/products", {
          title,
          status: "published",
          options: [{ title: "Size", values: ["One"] }],
          sales_channels: [{ id: own?.id }],
          ...more,
        })
        return product.id
      }
      await made("Draft", { status: "draft" })
      await made("Elsewhere", { sales_channels: [{ id: channel.sales_channel.id }] })
      const deleted = await made("Deleted", {})
      const shown = await made("Shown", {})
      await soon(({ count }) => count === 6)
      await admin("DELETE", `/products/${deleted}`)
      await soon(({ count }) => count === 5)
      const { products, count } = await list()
      expect(products.map(({ name }) => name)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/Draft|Elsewhere|Deleted/)])
      )
      expect(products.at(-1)).toMatchObject({
        id: shown,
        base_price: null,
        tax_inclusive: null,
        media: [],
        customizable: false,
      })
      expect(count).toBe(products.length)

      // A product of two channels counts once.
      await admin("POST", `/sales-channels/${channel.sales_channel.id}/products`, { add: [shown] })
      await touchCatalog(store.getContainer())
      expect((await list()).count).toBe(count)
      await admin("DELETE", `/products/${shown}`)
      await soon((body) => body.count === 4)
    })

    it("P1: pages, counts and searches; a bad page is a 400", async () => {
      const all = (await list()).products.map(({ id }) => id)
      const pages = await Promise.all([0, 1, 2, 3, 4].map((at) => list(`?limit=1&offset=${at}`)))
      expect(pages.flatMap(({ products }) => products.map(({ id }) => id))).toEqual(all)
      expect(pages.map(({ count }) => count)).toEqual([4, 4, 4, 4, 4])
      expect(await list("?q=%20MUG%20")).toMatchObject({
        products: [{ handle: "mug" }],
        count: 1,
      })
      // A pattern's characters are letters like any other.
      expect((await list("?q=%25")).count).toBe(0)
      expect((await list("?q=_ug")).count).toBe(0)
      for (const query of ["limit=0", "limit=101", "offset=-1", "limit=1.5", "limit=1&limit=2"]) {
        expect((await get(store, `/products?${query}`)).status).toBe(400)
      }
    })

    it("P1: a sale's price list and a region's own price hold; tax says whether it is included", async () => {
      const [variant] = await rows<{ id: string; price_set_id: string; amount: string }>(
        store,
        `select v.id, l.price_set_id, price.amount from product_variant v
           join product_variant_price_set l on l.variant_id = v.id
           join price on price.price_set_id = l.price_set_id and price.currency_code = 'usd'
          where v.product_id = ? order by price.amount limit 1`,
        [product("mug")]
      )
      const shown = ({ products }: ListBody) => products.find(({ handle }) => handle === "mug")
      const mug = async (query = "") => shown(await list(query))
      expect((await mug())?.base_price).toBe(Number(variant?.amount))
      const { price_list } = await admin<{ price_list: { id: string } }>("POST", "/price-lists", {
        title: "Sale",
        description: "Sale",
        status: "active",
        type: "sale",
        prices: [{ currency_code: "usd", amount: 1.1, variant_id: variant?.id }],
      })
      await soon((body) => shown(body)?.base_price === 1.1)
      await admin("DELETE", `/price-lists/${price_list.id}`)
      await soon((body) => shown(body)?.base_price === Number(variant?.amount))

      const { regions } = await admin<{ regions: { id: string; currency_code: string }[] }>(
        "GET",
        "/regions"
      )
      const euro = regions.find(({ currency_code }) => currency_code === "eur")
      await admin("POST", `/products/${product("mug")}/variants/${variant?.id}`, {
        prices: [
          { currency_code: "usd", amount: Number(variant?.amount) },
          { currency_code: "eur", amount: 2.35, rules: { region_id: euro?.id } },
        ],
      })
      await admin("POST", `/regions/${euro?.id}`, { is_tax_inclusive: true })
      await soon((body) => shown(body)?.tax_inclusive === true, "?currency_code=eur")
      expect(await mug("?currency_code=eur")).toMatchObject({ base_price: 2.35 })
      expect(await mug()).toMatchObject({ tax_inclusive: false })
    })

    it("P1: the number of queries does not grow with the page", async () => {
      const helper = "../bench/lib/products.mjs"
      const { fillCatalog } = (await import(helper)) as Filler
      const client = new Client({ connectionString: store.databaseUrl })
      await client.connect()
      const sql = async (text: string, values?: unknown[]) =>
        (await client.query(text, values)).rows
      await fillCatalog(sql, 120).finally(() => client.end())
      const measure = async (limit: number) => {
        await touchCatalog(store.getContainer())
        let shown = 0
        const queries = await queriesOf(store, async () => {
          shown = (await list(`?limit=${limit}`)).products.length
        })
        expect(shown).toBe(limit)
        return queries.length
      }
      // The regions and the store, the page, its count, and three of the Pricing Module.
      expect({ with_1: await measure(1), with_100: await measure(100) }).toEqual({
        with_1: 6,
        with_100: 6,
      })
    })
  },
})
