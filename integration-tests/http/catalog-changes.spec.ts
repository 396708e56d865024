// @redis
// How soon each change of what the catalog shows is seen: through our routes, and through the dashboard's API.
import { Modules } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import {
  dashboard,
  get,
  rows,
  until,
  type ListBody,
  type PageBody,
  type ProductBody,
} from "./catalog-shop"
import { seededShop } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const admin = dashboard(store, () => seeded().api_key)

    const mug = async (): Promise<ProductBody | undefined> => {
      const { body } = await get<ListBody>(store, "/products?limit=100")
      return body.products.find(({ id }) => id === product("mug"))
    }
    const page = async () => (await get<PageBody>(store, `/products/${product("mug")}`)).body
    /** The answer is in the cache before the change; the change shows long before that would expire. */
    const seen = async (change: () => Promise<unknown>, fits: () => Promise<boolean>) => {
      expect(await fits()).toBe(false)
      await change()
      await until(fits)
    }
    const edit = (body: unknown) => admin("POST", `/products/${product("mug")}`, body)
    const variant = async () => {
      const [row] = await rows<{ id: string }>(
        store,
        "select id from product_variant where product_id = ? order by variant_rank, id limit 1",
        [product("mug")]
      )
      return row?.id ?? ""
    }

    it("an edit through our routes is seen on the next read", async () => {
      for (let turn = 0; turn < 5; turn++) {
        await page()
        const response = await store.request("/optionsets", {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "X-API-Key": seeded().api_key ?? "",
          },
          body: JSON.stringify({
            product_id: product("mug"),
            key: `wrap_${turn}`,
            title: "Wrapping",
            options: [{ value: "paper", label: "Paper", price_delta: turn }],
          }),
        })
        expect(response.status).toBe(201)
        const { product: shown } = await page()
        expect(shown.option_sets.map(({ key }) => key)).toContain(`wrap_${turn}`)
      }
    })

    it("a product made in the dashboard appears", async () => {
      const made = async () =>
        (await get<ListBody>(store, "/products?limit=100")).body.products.find(
          ({ name }) => name === "From the dashboard"
        )
      await seen(
        async () =>
          admin("POST", "/products", {
            title: "From the dashboard",
            status: "published",
            options: [{ title: "Size", values: ["One"] }],
            variants: [
              {
                title: "One",
                options: { Size: "One" },
                prices: [{ currency_code: "usd", amount: 12.5 }],
              },
            ],
            sales_channels: await rows(store, "select default_sales_channel_id as id from store"),
          }),
        async () => (await made()) !== undefined
      )
      expect(await made()).toMatchObject({ base_price: 12.5, customizable: false })
    })

    it("words, pictures and status", async () => {
      await seen(
        () => edit({ title: "Mug of the year" }),
        async () => (await mug())?.name === "Mug of the year"
      )
      await seen(
        () => edit({ images: [{ url: "https://pictures.example/mug.png" }] }),
        async () => (await mug())?.media[0]?.url === "https://pictures.example/mug.png"
      )
      await seen(
        () => edit({ status: "draft" }),
        async () => (await mug()) === undefined
      )
      await edit({ status: "published" })
      await until(async () => (await mug()) !== undefined)
    })

    it("variants, their prices and price lists", async () => {
      const id = await variant()
      const path = `/products/${product("mug")}/variants/${id}`
      const shown = async () => (await page()).product.variants.find((each) => each.id === id)
      await seen(
        () => admin("POST", path, { title: "Renamed" }),
        async () => (await shown())?.title === "Renamed"
      )
      await seen(
        () => admin("POST", path, { prices: [{ currency_code: "usd", amount: 31 }] }),
        async () => (await shown())?.base_price === 31
      )
      let list = ""
      const price = (amount: number) => async () => (await shown())?.base_price === amount
      await seen(async () => {
        const made = await admin<{ price_list: { id: string } }>("POST", "/price-lists", {
          title: "Sale",
          description: "Sale",
          status: "active",
          type: "sale",
          prices: [{ currency_code: "usd", amount: 7, variant_id: id }],
        })
        list = `/price-lists/${made.price_list.id}`
      }, price(7))
      await seen(() => admin("POST", list, { status: "draft" }), price(31))
      await seen(() => admin("POST", list, { status: "active" }), price(7))
      await seen(
        () => admin("POST", list, { ends_at: new Date(Date.now() - 1000).toISOString() }),
        price(31)
      )
      // It begins by its date: nobody tells of it, and no row is written.
      const begins = new Date(Date.now() + 2000)
      await admin("POST", list, { starts_at: begins.toISOString(), ends_at: null })
      expect(await shown()).toMatchObject({ base_price: 31 })
      await until(price(7))
      expect(Date.now()).toBeGreaterThanOrEqual(begins.getTime())
      await seen(() => admin("DELETE", list), price(31))
    })

    it("a price list that ends as another one begins", async () => {
      const id = await variant()
      const price = async () =>
        (await page()).product.variants.find((each) => each.id === id)?.base_price
      const usual = await price()
      const lists: string[] = []
      const list = async (amount: number, variant_id: string, dates: Record<string, string>) => {
        const { price_list } = await admin<{ price_list: { id: string } }>("POST", "/price-lists", {
          ...{ title: "Sale", description: "Sale", status: "active", type: "sale", ...dates },
          prices: [{ currency_code: "usd", amount, variant_id }],
        })
        lists.push(price_list.id)
      }
      const change = new Date(Date.now() + 7000).toISOString()
      await list(12, id, { starts_at: change })
      await list(10, id, { ends_at: change })
      // Changed last and valid throughout, so neither the number nor the last change of the valid lists moves.
      const [other] = await rows<{ id: string }>(
        store,
        "select id from product_variant where product_id = ? limit 1",
        [product("t-shirt")]
      )
      await list(4, other?.id ?? "", {})
      await until(async () => (await price()) === 10)
      await until(async () => Date.now() > Date.parse(change) - 2000)
      expect(await price()).toBe(10)
      await until(async () => Date.now() > Date.parse(change))
      await until(async () => (await price()) === 12)
      for (const made of lists) {
        await admin("DELETE", `/price-lists/${made}`)
      }
      await until(async () => (await price()) === usual)
    }, 30_000)

    it("sales channels", async () => {
      const [own] = await rows<{ id: string }>(
        store,
        "select default_sales_channel_id as id from store"
      )
      const channel = `/sales-channels/${own?.id}/products`
      const there = async () => (await mug()) !== undefined
      await seen(
        () => admin("POST", channel, { remove: [product("mug")] }),
        async () => !(await there())
      )
      await seen(() => admin("POST", channel, { add: [product("mug")] }), there)
    })

    it("regions, tax preferences and the store's settings", async () => {
      const { regions } = await admin<{ regions: { id: string; currency_code: string }[] }>(
        "GET",
        "/regions"
      )
      const id = (currency: string) =>
        regions.find(({ currency_code }) => currency_code === currency)?.id
      const taxed = (included: boolean) => async () => (await mug())?.tax_inclusive === included
      const { price_preferences } = await admin<{
        price_preferences: { id: string; attribute: string; value: string }[]
      }>("GET", "/price-preferences?limit=100")
      const usd = price_preferences.find(
        (each) => each.attribute + each.value === "currency_codeusd"
      )
      const preference = `/price-preferences${usd ? `/${usd.id}` : ""}`
      const body = { attribute: "currency_code", value: "usd" }
      await seen(() => admin("POST", preference, { ...body, is_tax_inclusive: true }), taxed(true))
      if (usd) {
        await seen(() => admin("POST", preference, { is_tax_inclusive: false }), taxed(false))
      }
      const [settings] = await rows<{ id: string; region: string }>(
        store,
        "select id, default_region_id as region from store"
      )
      const currency = (code: string) => async () => (await mug())?.currency_code === code
      const turnTo = (region: string | undefined) => () =>
        admin("POST", `/stores/${settings?.id}`, { default_region_id: region })
      await seen(turnTo(id("eur")), currency("eur"))
      await seen(turnTo(settings?.region), currency("usd"))
      const region = `/regions/${settings?.region}`
      await seen(() => admin("POST", region, { currency_code: "eur" }), currency("eur"))
      await seen(() => admin("POST", region, { currency_code: "usd" }), currency("usd"))
    })

    it("stock", async () => {
      const [level] = await rows<{ item: string; place: string; variant: string }>(
        store,
        `select l.inventory_item_id as item, l.location_id as place, i.variant_id as variant
             from inventory_level l
             join product_variant_inventory_item i on i.inventory_item_id = l.inventory_item_id
             join product_variant v on v.id = i.variant_id and v.product_id = ? limit 1`,
        [product("mug")]
      )
      const inStock = async () =>
        (await page()).product.variants.find(({ id }) => id === level?.variant)?.in_stock
      const put = (stocked_quantity: number) =>
        admin("POST", `/inventory-items/${level?.item}/location-levels/${level?.place}`, {
          stocked_quantity,
        })
      await seen(
        () => put(0),
        async () => (await inStock()) === false
      )
      await seen(
        () => put(9),
        async () => (await inStock()) === true
      )
    })

    it("a burst of events moves the version a few times only", async () => {
      const sequence = async () => {
        const [row] = await rows<{ at: string }>(
          store,
          "select last_value::text as at from personalization_catalog_version"
        )
        return Number(row?.at)
      }
      await new Promise((resolve) => setTimeout(resolve, 300))
      const before = await sequence()
      const events = Array.from({ length: 10_000 }, (_, id) => ({
        name: "product.product.created",
        data: { id: `prod_${id}` },
      }))
      const began = performance.now()
      await store.getContainer().resolve(Modules.EVENT_BUS).emit(events)
      await new Promise((resolve) => setTimeout(resolve, 400))
      const moved = (await sequence()) - before
      expect(moved).toBeGreaterThanOrEqual(1)
      expect(moved).toBeLessThanOrEqual(2 + (performance.now() - began) / 100)
    }, 60_000)
  },
})
