// A1: products changed with an API key: what is given and differs, all or nothing.
import { createPriceListsWorkflow } from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import { productManager, type Answer } from "./a1-manager"
import { TestVisitor } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { call, create, update, listed, admin, priceRows } = productManager(store)

    describe("PUT /products/:id", () => {
      it("A1: takes back what GET gave, and changes nothing", async () => {
        for (const query of ["", "?currency_code=usd"]) {
          const visitor = new TestVisitor(store)
          const { body } = await visitor.call<Answer>("GET", `/products/phone-case${query}`)
          const rows = await priceRows(body.product.id)
          const stored = await admin<unknown>(`/admin/products/${body.product.id}`)
          expect(rows.length).toBeGreaterThan(0)
          const answer = await call("PUT", `/products/${body.product.id}`, body.product)
          expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 })
          expect(await priceRows(body.product.id)).toEqual(rows)
          expect(await admin(`/admin/products/${body.product.id}`)).toEqual(stored)
          const again = await visitor.call<Answer>("GET", `/products/phone-case${query}`)
          expect(again.body).toEqual(body)
        }
      })

      it("A1: changes what is given, seen on the next read", async () => {
        const { id, variants } = await create({ name: "Scarf", base_price: 10, media: [] })
        const changed = await update(id, {
          name: "Long scarf",
          description: "Wool.",
          base_price: 11.5,
          handle: "long-scarf",
          media: ["https://pictures.example/scarf.png"],
        })
        expect(await listed("Long scarf")).toMatchObject([
          {
            id,
            handle: "long-scarf",
            base_price: 11.5,
            description: "Wool.",
            media: changed.media,
          },
        ])
        await update("long-scarf", {
          variants: [{ id: variants[0]?.id, title: "One size", sku: "SCARF", base_price: 12 }],
        })
        expect(await update(id, {})).toMatchObject({
          base_price: 12,
          variants: [{ title: "One size", sku: "SCARF", base_price: 12 }],
        })
        await update(id, { status: "draft" })
        expect(await listed("Long scarf")).toEqual([])
      })

      it("A1: a price touches the plain price of its currency and no other", async () => {
        const { id } = await create({ name: "Tiered", base_price: 10 })
        const container = store.getContainer()
        const [plain] = await priceRows(id)
        const price_set_id = plain?.set ?? ""
        const [region] = await container
          .resolve(Modules.REGION)
          .listRegions({ currency_code: "usd" })
        await container.resolve(Modules.PRICING).addPrices({
          priceSetId: price_set_id,
          prices: [
            { amount: 9, currency_code: "eur" },
            { amount: 7, currency_code: plain?.currency ?? "", min_quantity: 10 },
            { amount: 8, currency_code: "usd", rules: { region_id: region?.id ?? "" } },
          ],
        })
        const { variants } = await update(id, {})
        await createPriceListsWorkflow(container).run({
          input: {
            price_lists_data: [
              {
                title: "Sale",
                description: "Sale",
                status: "draft",
                prices: [
                  { amount: 3, currency_code: "eur", variant_id: variants[0]?.id ?? "" },
                  { amount: 3, currency_code: "usd", variant_id: variants[0]?.id ?? "" },
                ],
              },
            ],
          },
        })
        const before = await priceRows(id)
        expect(before).toHaveLength(6)
        await update(id, { base_price: 20, currency_code: "eur" })
        const expected = before.map((row) =>
          row.currency === "eur" && !row.list && row.min === null ? { ...row, amount: 20 } : row
        )
        expect(await priceRows(id)).toEqual(expected)
      })

      it("A1: takes back a sale's price without making it the plain one", async () => {
        const { id, variants } = await create({ name: "On sale", base_price: 10 })
        await createPriceListsWorkflow(store.getContainer()).run({
          input: {
            price_lists_data: [
              {
                title: "Running sale",
                description: "Sale",
                status: "active",
                prices: ["eur", "usd"].map((currency_code) => ({
                  amount: 6,
                  currency_code,
                  variant_id: variants[0]?.id ?? "",
                })),
              },
            ],
          },
        })
        const rows = await priceRows(id)
        const shown = await update(id, {})
        expect(shown.base_price).toBe(6)
        await update(id, shown)
        expect(await priceRows(id)).toEqual(rows)
      })

      it("A1: gives a currency its first price", async () => {
        const { id } = await create({
          name: "Two currencies",
          base_price: 10,
          currency_code: "usd",
        })
        expect(await update(id, { base_price: 9, currency_code: "eur" })).toMatchObject({
          base_price: 9,
          currency_code: "eur",
        })
        expect(
          (await priceRows(id)).map(({ currency, amount }) => `${currency} ${amount}`).sort()
        ).toEqual(["eur 9", "usd 10"])
      })

      it("A1: a base price that could mean several variants is refused", async () => {
        const { id, variants } = await create({
          name: "Sizes",
          base_price: 10,
          options: [{ title: "Size", values: ["S", "L"] }],
          variants: [{ options: { Size: "S" } }, { options: { Size: "L" } }],
        })
        expect(await update(id, { base_price: 11 })).toMatchObject({
          variants: [{ base_price: 11 }, { base_price: 11 }],
        })
        const second = { id: variants[1]?.id, base_price: 15 }
        await update(id, { base_price: 11, variants: [second] })
        expect(await call("PUT", `/products/${id}`, { base_price: 12 })).toMatchObject({
          status: 400,
          body: { code: "ambiguous_base_price" },
        })
        const first = { id: variants[0]?.id, base_price: 12 }
        const both = await update(id, { base_price: 12, variants: [first, second] })
        expect(both.base_price).toBe(12)
      })

      it("A1: all of a change or nothing of it", async () => {
        const { id, variants, media } = await create({
          name: "Whole",
          base_price: 10,
          media: ["https://pictures.example/whole.png"],
        })
        await create({
          name: "Taken",
          base_price: 1,
          handle: "taken",
          variants: [{ sku: "TAKEN" }],
        })
        const rows = await priceRows(id)
        const faults = await call("PUT", `/products/${id}`, {
          name: "Half",
          base_price: "x",
          handle: "No",
          variants: [
            { id: "variant_none", base_price: 1.001 },
            { id: variants[0]?.id, base_price: null },
          ],
        })
        expect(faults.status).toBe(400)
        expect(faults.body.issues?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
          "base_price invalid_format",
          "handle invalid_handle",
          "variants.0.id unknown_variant",
          "variants.1.base_price price_required",
        ])
        expect(
          await call("PUT", `/products/${id}`, { name: "Half", handle: "taken" })
        ).toMatchObject({
          status: 422,
          body: { code: "duplicate_handle" },
        })
        const variant = { id: variants[0]?.id, sku: "TAKEN", base_price: 12 }
        expect(
          await call("PUT", `/products/${id}`, { name: "Half", variants: [variant] })
        ).toMatchObject({
          status: 422,
          body: { code: "duplicate_sku", issues: [{ path: "variants.0.sku" }] },
        })
        const unknown = { currency_code: "xts", base_price: 1, media: ["ftp://a.example/b"] }
        expect(await call("PUT", `/products/${id}`, unknown)).toMatchObject({
          status: 400,
          body: {
            issues: [{ code: "unknown_currency" }, { path: "media.0", code: "invalid_url" }],
          },
        })
        expect(await call("PUT", `/products/${id}`, { id: "prod_other" })).toMatchObject({
          status: 400,
          body: { code: "id_mismatch" },
        })
        const other = { id: "prod_other", handle: "No", base_price: 1.001 }
        const mixed = await call("PUT", `/products/${id}`, other)
        expect(mixed.status).toBe(400)
        expect(mixed.body.issues?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
          "base_price too_precise",
          "handle invalid_handle",
          "id id_mismatch",
        ])
        const misshapen = await call("PUT", `/products/${id}`, { ...other, name: " " })
        expect(misshapen.body.issues).toHaveLength(4)
        // A failure at the very end, after every part was saved.
        const pricing = store.getContainer().resolve(Modules.PRICING)
        const broken = jest
          .spyOn(pricing, "addPrices")
          .mockRejectedValueOnce(new Error("no prices"))
        const failed = await call("PUT", `/products/${id}`, {
          name: "Half",
          base_price: 13,
          media: [],
          variants: [{ id: variants[0]?.id, title: "Half" }],
        })
        broken.mockRestore()
        expect(failed.status).toBe(500)
        expect(await update(id, {})).toMatchObject({
          name: "Whole",
          media,
          variants: [{ title: "Default", sku: null, base_price: 10 }],
        })
        expect(await priceRows(id)).toEqual(rows)
      })

      it("A1: puts a price back when a later part fails", async () => {
        const { id } = await create({ name: "Compensated", base_price: 10 })
        const rows = await priceRows(id)
        const locking = store.getContainer().resolve(Modules.LOCKING)
        const broken = jest.spyOn(locking, "release").mockRejectedValueOnce(new Error("no lock"))
        const failed = await call("PUT", `/products/${id}`, { base_price: 13 })
        broken.mockRestore()
        expect(failed.status).toBe(500)
        expect(await priceRows(id)).toEqual(rows)
      })

      it("A1: changes of one product at once come one after the other", async () => {
        const { id } = await create({ name: "Busy", base_price: 10 })
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, index) =>
            call("PUT", `/products/${id}`, { base_price: 20 + index, currency_code: "eur" })
          )
        )
        expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(200))
        const eur = (await priceRows(id)).filter(({ currency }) => currency === "eur")
        expect(eur).toHaveLength(1)
      }, 60_000)

      it("A1: keeps our own pictures as they were", async () => {
        const { body } = await new TestVisitor(store).call<Answer>("GET", "/products/mug")
        const { id, media } = body.product
        const own = await create({ name: "Same pictures", base_price: 1, media })
        const stored = async (id: string) => {
          const [row] = await store
            .getContainer()
            .resolve(Modules.PRODUCT)
            .listProducts({ id }, { relations: ["images"] })
          return row?.images.map(({ url }) => url)
        }
        expect(await stored(own.id)).toEqual(await stored(id))
        expect(own.media).toEqual(media)
      })
    })
  },
})
