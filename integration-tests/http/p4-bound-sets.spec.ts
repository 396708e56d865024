// Option sets that are bound to a Medusa product option: choosing selects the variant. Story P4.
import { listPricedOptionSets } from "../../src/workflows/catalog/option-sets"
import { resolveRegion } from "../../src/workflows/catalog/region"
import { personalizationTestRunner } from "../helpers/runner"
import { faults, option, Studio } from "./p4-studio"
import { seededShop, TestVisitor } from "./visitor"

type AdminOption = { product_option: { values: { id: string; value: string }[] } }

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const studio = new Studio(store, seeded)
    const shirts = () => studio.shirts()

    describe("P4: a bound set's options are the product option's values", () => {
      it("P4: they come with the set, free of charge, and required unless said otherwise", async () => {
        const { size, sizes } = await shirts()
        expect(sizes).toMatchObject({ required: true, product_option_id: size })
        expect(sizes.options).toEqual([
          expect.objectContaining({ value: "S", label: "S", rank: 0, price_delta: 0 }),
          expect.objectContaining({ value: "L", label: "L", rank: 1, price_deltas: {} }),
        ])
      })

      it("P4: given options override label, rank and metadata; what was read can be sent back", async () => {
        const { sizes } = await shirts()
        const reply = await studio.call("PUT", `/optionsets/${sizes.id}`, {
          options: [
            { value: "l", label: "Large", rank: 0 },
            { value: "S", rank: 5, metadata: { cm: 96 } },
          ],
        })
        expect(reply.body.option_set.options).toMatchObject([
          { value: "L", label: "Large", rank: 0, metadata: null },
          { value: "S", label: "S", rank: 5, metadata: { cm: 96 } },
        ])
        const back = await studio.call("PUT", `/optionsets/${sizes.id}`, reply.body.option_set)
        expect(back.body.option_set).toEqual(reply.body.option_set)
        const plain = await studio.call("PUT", `/optionsets/${sizes.id}`, { options: [] })
        expect(plain.body.option_set).toEqual(sizes)
        expect(
          (await studio.call("PUT", `/optionsets/${sizes.id}`, sizes)).body.option_set
        ).toEqual(sizes)
        const kept = await studio.sql(
          `select id from personalization_option where option_set_id = ? and deleted_at is null`,
          [sizes.id]
        )
        expect(kept).toEqual([])
      })

      it("P4: other values, prices and doubled values are refused", async () => {
        const { sizes } = await shirts()
        const reply = await studio.call("PUT", `/optionsets/${sizes.id}`, {
          options: [{ value: "XL" }, { value: "S", price_delta: 1, price_deltas: { eur: 2 } }],
        })
        expect(reply.status).toBe(400)
        expect(faults(reply)).toEqual([
          "options.0.value unknown_product_option_value",
          "options.1.price_delta bound_option_price",
          "options.1.price_deltas.eur bound_option_price",
        ])
        const doubled = await studio.call("PUT", `/optionsets/${sizes.id}`, {
          options: [{ value: "S" }, { value: "s" }],
        })
        expect(doubled).toMatchObject({ status: 422, body: { code: "duplicate_option" } })
      })

      it("P4: a product option takes one set, also of many at the same time", async () => {
        const one = await studio.product("bound-once", [["S", "Red", 10]])
        const replies = await Promise.all(
          Array.from({ length: 6 }, (_, index) =>
            studio.call("POST", "/optionsets", {
              ...{ product_id: one.id, key: `size-${index}`, title: "Size" },
              product_option_id: one.size,
            })
          )
        )
        const told = replies.map(({ status, body }) => `${status} ${body.code ?? "saved"}`)
        expect(told.sort()).toEqual(["201 saved", ...Array(5).fill("422 product_option_bound")])
        const foreign = await studio.call("POST", "/optionsets", {
          ...{
            product_id: product("mug"),
            key: "foreign",
            title: "F",
            product_option_id: one.size,
          },
        })
        expect(faults(foreign)).toEqual(["product_option_id unknown_product_option"])
      })

      it("P4: a set can be bound and set free; its options are then of the other kind", async () => {
        const { id, color } = await studio.product("bound-later", [["S", "Red", 10]])
        const set = await studio.createSet({
          ...{ product_id: id, key: "tone", title: "Tone", options: [option("matte", 1)] },
        })
        const path = `/optionsets/${set.id}`
        const bound = await studio.call("PUT", path, { product_option_id: color })
        expect(bound.body.option_set.options.map(({ value }) => value)).toEqual(["Red"])
        const refused = await studio.call("PUT", path, { product_option_id: null })
        expect(faults(refused)).toEqual(["options required"])
        const free = await studio.call("PUT", path, {
          product_option_id: null,
          options: [option("matte", 2)],
        })
        expect(free.body.option_set).toMatchObject({
          product_option_id: null,
          options: [{ value: "matte", price_delta: 2 }],
        })
      })

      it("P4: what the dashboard renames, adds and removes shows at once, in sessions too", async () => {
        const { id, color, tones, variant } = await shirts()
        await studio.call("PUT", `/optionsets/${tones.id}`, {
          options: [{ value: "Blue", metadata: { swatch: "#0000ff" } }],
        })
        const session = await studio.session({ product_id: id })
        await session.patch({ options: { size: "S", tone: "Blue" } })
        const { body } = await studio.admin<AdminOption>("GET", `/admin/product-options/${color}`)
        const blue = body.product_option.values.find(({ value }) => value === "Blue")?.id
        const renamed = await studio.admin(
          "POST",
          `/admin/product-options/${color}/values/${blue}`,
          { value: "Navy" }
        )
        expect(renamed.status).toBe(200)
        const added = await studio.admin("POST", `/admin/products/${id}/options/batch`, {
          update: [{ product_option_id: color, add: [{ value: "Green" }] }],
        })
        expect({ status: added.status, text: added.text }).toMatchObject({ status: 200 })
        const read = async () =>
          (await studio.read(tones.id)).options.map(({ value, metadata }) => ({ value, metadata }))
        expect(await read()).toEqual([
          { value: "Red", metadata: null },
          { value: "Navy", metadata: { swatch: "#0000ff" } },
          { value: "Green", metadata: null },
        ])
        const seen = (await session.read()).body.session
        expect(seen).toMatchObject({
          options: { size: "S", tone: "Navy" },
          variant_id: variant("S / Blue"),
          ...{ complete: true, warnings: [] },
        })
        const next = await session.patch({ options: { name: "Ada" } })
        expect(next.body.session.options).toEqual({
          size: "S",
          tone: "Navy",
          name: { text: "Ada" },
        })
      })

      it("P4: a set whose product option is gone has no options and asks for nothing", async () => {
        const { id, size } = await studio.product("bound-orphan", [["S", "Red", 10]])
        const set = await studio.createSet({
          ...{ product_id: id, key: "size", title: "Size", product_option_id: size },
        })
        await studio.template(id, {})
        await studio.sql(`update product_option set deleted_at = now() where id = ?`, [size])
        expect(await studio.read(set.id)).toEqual({ ...set, options: [] })
        const session = await studio.session({ product_id: id })
        expect((await session.read()).body.session).toMatchObject({ missing: [], warnings: [] })
        const renamed = await studio.call("PUT", `/optionsets/${set.id}`, { title: "Old size" })
        expect(renamed.body.option_set).toMatchObject({ title: "Old size", options: [] })
      })
    })

    describe("P4: choosing in bound sets selects the variant", () => {
      it("P4: choices that determine one variant set it; SKU and price in the cart are the variant's", async () => {
        const { id, variant } = await shirts()
        const session = await studio.session({ product_id: id })
        expect((await session.read()).body.session.missing).toEqual(["size", "tone"])
        const half = await session.patch({ options: { size: "S" } })
        expect(half.body.session).toMatchObject({ variant_id: null, missing: ["tone"] })
        const whole = await session.patch({ options: { tone: "Blue" } })
        expect(whole.body.session).toMatchObject({
          variant_id: variant("S / Blue"),
          missing: [],
          price: { base_price: 11, unit_price: 11, surcharges: [] },
        })
        const bought = await session.visitor.call("POST", "/cart/items", {
          item: { session_id: session.id },
        })
        expect(bought.status).toBe(200)
        const { body: lines } = await session.visitor.call<Record<string, unknown>[]>(
          "GET",
          "/cart"
        )
        expect(lines).toMatchObject([
          { variant_id: variant("S / Blue"), unit_price: 11, options: { size: "S", tone: "Blue" } },
        ])
        const skus = await studio.sql<{ variant_sku: string }>(
          `select variant_sku from cart_line_item where id = ?`,
          [String(lines[0]?.id)]
        )
        expect(skus).toEqual([{ variant_sku: expect.stringMatching(/^BOUND-\d+-S-BLUE$/) }])
      })

      it("P4: a single choice that only one variant has is enough", async () => {
        const { id, variant } = await shirts()
        const session = await studio.session({ product_id: id })
        const { body } = await session.patch({ options: { size: "L" } })
        expect(body.session).toMatchObject({
          variant_id: variant("L / Red"),
          options: { size: "L", tone: "Red" },
          missing: [],
        })
        // The colour came with the size; it was not the visitor's choice and does not hold the next one back.
        const small = await session.patch({ options: { size: "S" } })
        expect(small.body.session.variant_id).toBe(variant("S / Red"))
      })

      it("P4: a choice that no variant has is refused by the zones' names, and nothing is saved", async () => {
        const { id } = await shirts()
        const session = await studio.session({ product_id: id })
        const refused = await session.patch({ options: { size: "L", tone: "Blue", name: "Ada" } })
        expect(refused).toMatchObject({ status: 400, body: { code: "no_such_variant" } })
        expect(faults(refused)).toEqual([
          "options.size no_such_variant",
          "options.tone no_such_variant",
        ])
        expect((await session.read()).body.session.options).toEqual({})
      })

      it("P4: a variant that is named must agree with the values beside it, and replaces earlier ones", async () => {
        const { id, variant } = await shirts()
        const session = await studio.session({ product_id: id })
        await session.patch({ options: { size: "S", tone: "Blue", name: "Ada" } })
        const refused = await session.patch({
          variant_id: variant("L / Red"),
          options: { size: "S", tone: null },
        })
        expect(refused).toMatchObject({ status: 400, body: { code: "variant_mismatch" } })
        expect(faults(refused)).toEqual([
          "options.size variant_mismatch",
          "options.tone variant_mismatch",
        ])
        const unknown = await session.patch({ variant_id: "variant_other", options: { tone: "x" } })
        expect(faults(unknown)).toEqual([
          "options.tone unknown_option",
          "variant_id unknown_variant",
        ])
        const named = await session.patch({ variant_id: variant("L / Red") })
        expect(named.body.session).toMatchObject({
          variant_id: variant("L / Red"),
          options: { size: "L", tone: "Red", name: { text: "Ada" } },
          price: { base_price: 14 },
        })
        const agreed = await session.patch({
          variant_id: variant("S / Red"),
          options: { size: "S" },
        })
        expect(agreed.body.session.variant_id).toBe(variant("S / Red"))
        const other = await session.patch({ options: { tone: "Blue" } })
        expect(other.body.session).toMatchObject({
          variant_id: variant("S / Blue"),
          options: { size: "S", tone: "Blue" },
        })
      })

      it("P4: a choice that is taken back leaves the variant open", async () => {
        const { id } = await shirts()
        const session = await studio.session({ product_id: id })
        await session.patch({ options: { size: "S", tone: "Blue" } })
        const { body } = await session.patch({ options: { tone: null } })
        expect(body.session).toMatchObject({
          variant_id: null,
          options: { size: "S" },
          missing: ["tone"],
        })
      })

      it("P4: a session that starts with a variant has its bound values chosen", async () => {
        const { id, variant } = await shirts()
        const visitor = new TestVisitor(store)
        const started = await visitor.call<{ session: Record<string, unknown> }>(
          "POST",
          "/sessions",
          { product_id: id, variant_id: variant("L / Red") }
        )
        expect(started.body.session).toMatchObject({ options: {}, variant_id: variant("L / Red") })
        const { body } = await visitor.call("GET", `/sessions/${started.body.session.id}`)
        expect(body.session).toMatchObject({
          ...{ missing: [], complete: true, options: { size: "L", tone: "Red" } },
        })
      })

      it("P4: a variant that the cart names must agree with what was chosen", async () => {
        const { id, variant } = await shirts()
        const session = await studio.session({ product_id: id })
        await session.patch({ options: { size: "S", tone: "Blue" } })
        const add = (variant_id: string) =>
          session.visitor.call<{ code: string }>("POST", "/cart/items", {
            item: { session_id: session.id, variant_id },
          })
        const refused = await add(variant("L / Red"))
        expect(faults(refused as never)).toEqual([
          "options.size variant_mismatch",
          "options.tone variant_mismatch",
        ])
        expect((await add(variant("S / Blue"))).status).toBe(200)
      })

      it("P4: a zone's default chooses until the visitor does", async () => {
        const one = await studio.product("bound-default", [
          ["S", "Red", 10],
          ["L", "Red", 12],
        ])
        await studio.template(one.id, { size: "size" }, { default: "L" })
        await studio.createSet({
          ...{ product_id: one.id, key: "size", title: "Size", product_option_id: one.size },
        })
        const session = await studio.session({ product_id: one.id })
        const first = (await session.read()).body.session
        expect(first).toMatchObject({ variant_id: one.variant("L / Red"), missing: [] })
        const { body } = await session.patch({ options: { size: "S" } })
        expect(body.session.variant_id).toBe(one.variant("S / Red"))
      })

      it("P4: the demo's phone model is bound", async () => {
        const session = await studio.session({ product_id: product("phone-case") })
        const { body } = await session.patch({ options: { model: "Aero 12 Max" } })
        expect(body.session.price?.base_price).toBe(25)
        const [row] = await studio.sql<{ sku: string }>(
          `select sku from product_variant where id = ?`,
          [body.session.variant_id ?? ""]
        )
        expect(row?.sku).toBe("CASE-AERO-12-MAX")
      })
    })

    it("P4: bound sets are priced with the same number of queries for one and for many", async () => {
      const context = await resolveRegion(store.getContainer(), { currency_code: "usd" })
      const two = await shirts()
      const one = await studio.product("bound-single", [["S", "Red", 10]])
      await studio.createSet({
        ...{ product_id: one.id, key: "size", title: "Size", product_option_id: one.size },
      })
      const read = (id: string) =>
        studio.statements(() => listPricedOptionSets(store.getContainer(), id, context))
      const [few, many] = [await read(one.id), await read(two.id)]
      expect(many.result.map(({ options }) => options.map(({ amount }) => amount))).toEqual([
        ["0", "0"],
        ["0", "0"],
      ])
      expect([few.count, many.count]).toEqual([2, 2])
    })
  },
})
