// The sales channel of the standalone door: what it does not sell is not there, in no list and for no cart.
import { personalization } from "../../src/workflows/services"
import { personalizationTestRunner } from "../helpers/runner"
import { dashboard, get, rows, until, type PageBody } from "./catalog-shop"
import { seededShop, TestVisitor, type Fault, type Reply, type Started } from "./visitor"

type Lists = { count: number; templates?: { id: string }[]; option_sets?: { id: string }[] }
type Cart = { cart: { id: string; items: { variant_id: string }[] } }

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product, start } = seededShop(store)
    const admin = dashboard(store, () => seeded().api_key)
    const visit = <T>(method: string, path: string, body?: unknown) =>
      new TestVisitor(store).call<T & Fault>(method, path, body)
    const manage = <T>(method: string, path: string, body?: unknown): Promise<Reply<T & Fault>> =>
      new TestVisitor(store).call(method, path, body, { "X-API-Key": seeded().api_key ?? "" })
    const refusal = ({ status, body }: Reply<Fault>) => ({
      status,
      code: body.code,
      issues: body.issues?.map(({ path, code }) => `${path} ${code}`),
    })
    const channelOfStore = async () => {
      const [own] = await rows<{ id: string }>(
        store,
        "select default_sales_channel_id as id from store"
      )
      return own?.id ?? ""
    }
    const newChannel = async (name: string) =>
      (await admin<{ sales_channel: { id: string } }>("POST", "/sales-channels", { name }))
        .sales_channel.id
    const shown = (id: string) => async () => (await get(store, `/products/${id}`)).status === 200

    describe("a product of another sales channel only", () => {
      let shirt: string
      let variant: string
      let template: string
      let set: string

      beforeAll(async () => {
        shirt = product("t-shirt")
        const page = (await get<PageBody>(store, `/products/${shirt}`)).body.product
        variant = page.variants[0]?.id ?? ""
        template = page.template.id
        set = page.option_sets[0]?.id ?? ""
      })

      const move = async (from: string, to: string, there: boolean) => {
        await admin("POST", `/sales-channels/${to}/products`, { add: [shirt] })
        await admin("POST", `/sales-channels/${from}/products`, { remove: [shirt] })
        await until(async () => (await shown(shirt)()) === there)
      }

      it("answers everywhere as a product that never was; a session goes on but buys nothing", async () => {
        const { visitor, id } = await start()
        const own = await channelOfStore()
        const elsewhere = await newChannel("Wholesale")
        expect((await visit<Lists>("GET", `/templates?product_id=${shirt}`)).body.count).toBe(1)
        await move(own, elsewhere, false)

        for (const path of ["/templates", "/optionsets"]) {
          const { body } = await visit<Lists>("GET", `${path}?product_id=${shirt}`)
          expect(body.count).toBe(0)
          const all = await visit<Lists>("GET", `${path}?limit=100`)
          const ids = [...(all.body.templates ?? []), ...(all.body.option_sets ?? [])]
          expect(ids.length).toBeGreaterThan(0)
          expect(ids.map((each) => each.id)).not.toEqual(expect.arrayContaining([template]))
          expect(ids.map((each) => each.id)).not.toEqual(expect.arrayContaining([set]))
        }
        const twins: [path: string, none: string][] = [
          [`/templates/${template}`, "/templates/none"],
          [`/templates/${template}/fonts`, "/templates/none/fonts"],
          [`/optionsets/${set}`, "/optionsets/none"],
        ]
        for (const [path, none] of twins) {
          const hidden = await visit("GET", path)
          expect(hidden.status).toBe(404)
          expect(hidden.text).toBe((await visit("GET", none)).text)
        }
        const begin = (product_id: string) => visit("POST", "/sessions", { product_id })
        expect(refusal(await begin(shirt))).toEqual(refusal(await begin("prod_none")))
        const buy = (variant_id: string) => visit("POST", "/cart/items", { item: { variant_id } })
        expect(refusal(await buy(variant))).toEqual({
          status: 400,
          code: "unknown_variant",
          issues: ["item.variant_id unknown_variant"],
        })
        expect(refusal(await buy("variant_none"))).toEqual(refusal(await buy(variant)))

        expect((await visitor.call("GET", `/sessions/${id}`)).status).toBe(200)
        for (const item of [{ session_id: id }, { session_id: id, variant_id: variant }]) {
          const bought = await visitor.call<Fault>("POST", "/cart/items", { item })
          expect(refusal(bought)).toEqual({
            status: 400,
            code: "unknown_variant",
            issues: ["item.variant_id unknown_variant"],
          })
        }

        const managed = await manage<Lists>("GET", `/templates?product_id=${shirt}`)
        expect(managed.body.count).toBe(1)
        expect((await manage("GET", `/optionsets/${set}`)).status).toBe(200)

        await move(elsewhere, own, true)
        expect((await visit("GET", `/templates/${template}`)).status).toBe(200)
        expect((await buy(variant)).status).toBe(200)
      })
    })

    it("the option catalog.sales_channel_id is where products are shown, bought and made", async () => {
      const { catalog } = personalization(store.getContainer()).options
      const channel = await newChannel("Own shop")
      catalog.sales_channel_id = channel
      try {
        const made = await manage<{ product: { id: string; variants: { id: string }[] } }>(
          "POST",
          "/products",
          { name: "Of the own shop", base_price: 5 }
        )
        expect(made.status).toBe(201)
        const [variant] = made.body.product.variants
        const bought = await visit<Cart>("POST", "/cart/items", {
          item: { variant_id: variant?.id },
        })
        expect(bought.body.cart.items.map(({ variant_id }) => variant_id)).toEqual([variant?.id])
        expect(
          await rows(store, "select sales_channel_id as id from cart where id = ?", [
            bought.body.cart.id,
          ])
        ).toEqual([{ id: channel }])
        const other = await visit<Started>("POST", "/sessions", { product_id: product("mug") })
        expect(refusal(other)).toMatchObject({ status: 404, code: "product_not_found" })
      } finally {
        delete catalog.sales_channel_id
      }
    })
  },
})
