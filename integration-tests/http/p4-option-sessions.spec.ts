// Options in designs and their prices in the Pricing Module: what deleting and changing them does. Story P4.
import { Modules, PriceListStatus, PriceListType } from "@medusajs/framework/utils"
import { listPricedOptionSets } from "../../src/workflows/catalog/option-sets"
import { resolveRegion } from "../../src/workflows/catalog/region"
import { personalizationTestRunner } from "../helpers/runner"
import { until } from "./catalog-shop"
import { faults, option, Studio } from "./p4-studio"
import { seededShop, TestVisitor, type Fault } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const studio = new Studio(store, seeded)
    let made = 0

    /** A product with a template whose zone `trim` takes the set `trim`: plain 0, gilt 4. */
    async function trimmed() {
      made += 1
      const product = await studio.product(`trimmed-${made}`, [["M", "Red", 20]])
      await studio.template(product.id, { trim: "trim" })
      const set = await studio.createSet({
        ...{ product_id: product.id, key: "trim", title: "Trim", required: true },
        options: [option("plain"), option("gilt", 4)],
      })
      return { product_id: product.id, set, gilt: set.options[1]?.id ?? "" }
    }

    const pricing = () => store.getContainer().resolve(Modules.PRICING)
    const region = (currency_code: string) => resolveRegion(store.getContainer(), { currency_code })
    const surcharge = async (product_id: string, change = {}) => {
      const session = await studio.session({ product_id, ...change })
      const { body } = await session.patch({ options: { trim: "gilt" } })
      return body.session.price?.surcharges.map(({ amount }) => amount)
    }

    it("P4: visitors choose from the set; others' values are refused, and required sets are missed", async () => {
      const { product_id } = await trimmed()
      const session = await studio.session({ product_id })
      expect((await session.read()).body.session).toMatchObject({ options: {}, missing: ["trim"] })
      const refused = await session.patch({ options: { trim: "silver" } })
      expect(refused.status).toBe(400)
      expect(faults(refused)).toEqual(["options.trim unknown_option"])
      const { body } = await session.patch({ options: { trim: "gilt" } })
      expect(body.session).toMatchObject({
        options: { trim: "gilt" },
        missing: [],
        complete: true,
        price: { base_price: 20, unit_price: 24, surcharges: [{ path: "trim", amount: 4 }] },
      })
    })

    it("P4: a currency that the country's region does not have is refused everywhere", async () => {
      const product_id = product("t-shirt")
      const [variant] = await studio.sql<{ id: string }>(
        `select id from product_variant where product_id = ?`,
        [product_id]
      )
      const item = { variant_id: variant?.id, quantity: 1 }
      const ask = async (region: Record<string, string>) => {
        const query = new URLSearchParams(region).toString()
        const calls: [string, string, unknown?][] = [
          ["GET", `/products?${query}`],
          ["GET", `/products/${product_id}?${query}`],
          ["POST", "/sessions", { product_id, ...region }],
          ["POST", "/cart/items", { item, ...region }],
        ]
        const replies = await Promise.all(
          calls.map((call) => new TestVisitor(store).call<Fault>(...call))
        )
        return replies.map((reply) => `${reply.status < 300 ? "ok" : faults(reply).join()}`)
      }
      const all = (told: string) => [told, told, told, told]
      const wrong = all("currency_code unknown_currency")
      expect(await ask({ country_code: "DE", currency_code: "EUR" })).toEqual(all("ok"))
      expect(await ask({ country_code: "DE", currency_code: "usd" })).toEqual(wrong)
      expect(await ask({ country_code: "DE", currency_code: "xts" })).toEqual(wrong)
      expect(await ask({ country_code: "zz", currency_code: "usd" })).toEqual(
        all("country_code unknown_country")
      )
    })

    it("P4: a set that no zone takes is offered under its key", async () => {
      const { product_id } = await trimmed()
      await studio.createSet({
        ...{ product_id, key: "gift", title: "Gift wrap", required: true },
        options: [option("no"), { ...option("yes"), price_delta: -1.5 }],
      })
      const session = await studio.session({ product_id })
      expect((await session.read()).body.session.missing).toEqual(["trim", "gift"])
      const { body } = await session.patch({ options: { trim: "plain", gift: "yes" } })
      expect(body.session).toMatchObject({
        complete: true,
        price: { unit_price: 18.5, surcharges: [{ path: "gift", label: "Gift wrap: YES" }] },
      })
    })

    it("P4: a region's price, a price list and a change in place all count, and do not harm each other", async () => {
      const { product_id, set, gilt } = await trimmed()
      const price_set_id = await studio.priceSetOf(gilt)
      const europe = await region("eur")
      await pricing().addPrices({
        priceSetId: price_set_id,
        prices: [{ currency_code: "eur", amount: 7, rules: { region_id: europe.region_id } }],
      })
      expect(await surcharge(product_id)).toEqual([4])
      const sets = await listPricedOptionSets(store.getContainer(), product_id, europe)
      expect(sets[0]?.options.map(({ amount }) => amount)).toEqual(["0", "7"])

      const changed = await studio.call("PUT", `/optionsets/${set.id}`, {
        options: [option("plain"), option("gilt", 6.25)],
      })
      expect(changed.body.option_set.options[1]).toMatchObject({
        ...{ id: gilt, price_delta: 6.25, price_deltas: { eur: 6.25 } },
      })
      expect(await studio.priceSetOf(gilt)).toBe(price_set_id)
      expect(await surcharge(product_id)).toEqual([6.25])
      const after = await listPricedOptionSets(store.getContainer(), product_id, europe)
      expect(after[0]?.options[1]?.amount).toBe("7")

      await pricing().createPriceLists([
        {
          title: "Sale",
          description: "Gilt for less",
          type: PriceListType.SALE,
          status: PriceListStatus.ACTIVE,
          prices: [{ price_set_id, currency_code: "usd", amount: 2 }],
        },
      ])
      // Nobody told of the list: it is seen when the catalog's version is looked at next.
      await until(async () => (await surcharge(product_id))?.[0] === 2)
      const stands = await studio.read(set.id)
      expect(stands.options[1]).toMatchObject({ price_delta: 6.25, price_deltas: { eur: 6.25 } })

      await studio.call("PUT", `/optionsets/${set.id}`, {
        options: [option("plain"), { value: "gilt", price_delta: 1, price_deltas: {} }],
      })
      expect(await surcharge(product_id)).toEqual([1])
      expect((await studio.read(set.id)).options[1]?.price_deltas).toEqual({})
      const last = await listPricedOptionSets(store.getContainer(), product_id, europe)
      expect(last[0]?.options[1]?.amount).toBe("7")
    })

    it("P4: nothing of a design but its region and currency decides the variant's price", async () => {
      const { product_id } = await trimmed()
      const [variant] = await studio.sql<{ price_set_id: string }>(
        `select l.price_set_id from product_variant_price_set l
           join product_variant v on v.id = l.variant_id where v.product_id = ?`,
        [product_id]
      )
      await pricing().addPrices({
        priceSetId: variant?.price_set_id ?? "",
        prices: [{ currency_code: "usd", amount: 3, rules: { product_id } }],
      })
      const session = await studio.session({ product_id })
      const { body } = await session.patch({ options: { trim: "gilt" } })
      expect(body.session.price).toMatchObject({ base_price: 20, unit_price: 24 })
    })

    it("P4: a changed amount reaches designs in progress, but no cart line", async () => {
      const { product_id, set } = await trimmed()
      const session = await studio.session({ product_id })
      await session.patch({ options: { trim: "gilt" } })
      const bought = await session.visitor.call("POST", "/cart/items", {
        item: { session_id: session.id },
      })
      expect(bought.status).toBe(200)
      await studio.call("PUT", `/optionsets/${set.id}`, {
        options: [option("plain"), option("gilt", 9)],
      })
      expect((await session.read()).body.session.price?.unit_price).toBe(29)
      const { body: lines } = await session.visitor.call<{ unit_price: number }[]>("GET", "/cart")
      expect(lines.map(({ unit_price }) => unit_price)).toEqual([24])
    })

    it("P4: a deleted set stays for designs that began before, with its price, and is gone for new ones", async () => {
      const { product_id, set } = await trimmed()
      const old = await studio.session({ product_id })
      await old.patch({ options: { trim: "gilt" } })
      await studio.call("DELETE", `/optionsets/${set.id}`)
      expect((await old.read()).body.session).toMatchObject({
        ...{ complete: true, warnings: [], price: { unit_price: 24 } },
      })
      expect((await old.patch({ options: { trim: "plain" } })).body.session.price?.unit_price).toBe(
        20
      )
      expect((await old.patch({ options: { trim: "gilt" } })).status).toBe(200)

      const young = await studio.session({ product_id })
      expect(faults(await young.patch({ options: { trim: "gilt" } }))).toEqual([
        "options.trim option_set_missing",
      ])

      await studio.createSet({
        ...{ product_id, key: "trim", title: "Other trim", options: [option("gilt", 11)] },
      })
      expect((await old.read()).body.session.price?.unit_price).toBe(24)
      expect((await young.patch({ options: { trim: "gilt" } })).body.session.price).toMatchObject({
        unit_price: 31,
      })
      const bought = await old.visitor.call<{ cart: { items: { unit_price: number }[] } }>(
        "POST",
        "/cart/items",
        { item: { session_id: old.id } }
      )
      expect(bought).toMatchObject({ status: 200, body: { cart: { items: [{ unit_price: 24 }] } } })
    })

    it("P4: an option that a change drops stays for designs that began before", async () => {
      const { product_id, set } = await trimmed()
      const old = await studio.session({ product_id })
      await old.patch({ options: { trim: "gilt" } })
      await studio.call("PUT", `/optionsets/${set.id}`, { options: [option("plain")] })
      expect((await old.read()).body.session).toMatchObject({
        ...{ complete: true, price: { unit_price: 24 } },
      })
      const young = await studio.session({ product_id })
      expect(faults(await young.patch({ options: { trim: "gilt" } }))).toEqual([
        "options.trim unknown_option",
      ])
      await studio.call("PUT", `/optionsets/${set.id}`, {
        options: [option("plain"), option("gilt", 8)],
      })
      expect((await old.read()).body.session.price?.unit_price).toBe(24)
      expect((await young.patch({ options: { trim: "gilt" } })).body.session.price).toMatchObject({
        unit_price: 28,
      })
    })

    it("P4: a change that fails while amounts are taken away puts back those that it set", async () => {
      const { id, options } = await studio.createSet({
        ...{
          product_id: product("t-shirt"),
          key: "paid",
          title: "Paid",
          options: [option("a", 1)],
        },
      })
      const broken = jest.spyOn(pricing(), "removePrices").mockRejectedValueOnce(new Error("gone"))
      const failed = await studio.call("PUT", `/optionsets/${id}`, {
        options: [{ value: "a", price_delta: 9, price_deltas: {} }],
      })
      expect([failed.status, broken.mock.calls.length]).toEqual([500, 1])
      broken.mockRestore()
      expect((await studio.read(id)).options).toEqual(options)
    })

    it("P4: shows plain amounts exactly, and no others", async () => {
      const { id, options } = await studio.createSet({
        ...{ product_id: product("t-shirt"), key: "exact", title: "Exact" },
        options: [{ ...option("a"), price_delta: "-0.10", price_deltas: { eur: "12345678.9" } }],
      })
      const priceSetId = await studio.priceSetOf(options[0]?.id ?? "")
      await pricing().addPrices({
        priceSetId,
        prices: [
          { currency_code: "usd", amount: 50, rules: { customer_group_id: "cusgroup_x" } },
          { currency_code: "usd", amount: 60, min_quantity: 10 },
          { currency_code: "usd", amount: 70, max_quantity: 2 },
        ],
      })
      await pricing().createPriceLists([
        {
          ...{ title: "Sale", description: "Sale", status: PriceListStatus.ACTIVE },
          prices: [{ price_set_id: priceSetId, currency_code: "usd", amount: 80 }],
        },
      ])
      await studio.sql(
        `insert into price (id, price_set_id, currency_code, amount, raw_amount, rules_count, deleted_at)
         values ('price_gone', ?, 'gbp', 3, '{"value":"3","precision":20}', 0, now())`,
        [priceSetId]
      )
      expect((await studio.read(id)).options[0]).toMatchObject({
        price_delta: -0.1,
        price_deltas: { eur: 12345678.9 },
      })
    })

    it("P4: pricing the sets of a product takes the same number of queries for few and for many", async () => {
      const { product_id } = await trimmed()
      const context = await region("usd")
      const price = () => listPricedOptionSets(store.getContainer(), product_id, context)
      const few = await studio.statements(price)
      for (let index = 0; index < 5; index++) {
        await studio.createSet({
          ...{ product_id, key: `more-${index}`, title: "More" },
          options: Array.from({ length: 30 }, (_, nth) => option(`v${nth}`, nth)),
        })
      }
      const many = await studio.statements(price)
      expect(many.result).toHaveLength(6)
      expect(many.result[5]?.options.map(({ amount }) => amount)).toEqual(
        [...Array(30).keys()].map(String)
      )
      expect(few.count).toBeGreaterThan(0)
      expect(many.count).toBe(few.count)
      expect(many.count).toBeLessThanOrEqual(4)
    })
  },
})
