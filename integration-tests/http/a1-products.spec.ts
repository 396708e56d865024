// A1: products made and deleted with an API key, through Medusa's workflows.
import { Modules } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import { productManager } from "./a1-manager"
import { TestVisitor } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { product, call, create, listed, admin } = productManager(store)

    describe("POST /products", () => {
      it("A1: makes a product that is listed, managed in Medusa and sold at once", async () => {
        const made = await create({
          name: "Tote bag",
          description: "Heavy cotton.",
          base_price: 12.5,
          media: ["https://pictures.example/tote.png", { url: "https://pictures.example/2.png" }],
        })
        expect(made).toMatchObject({
          handle: "tote-bag",
          status: "published",
          base_price: 12.5,
          customizable: false,
          variants: [{ title: "Default", sku: null, base_price: 12.5, in_stock: true }],
        })
        const [shown] = await listed("Tote bag")
        expect(shown).toMatchObject({
          id: made.id,
          description: "Heavy cotton.",
          media: made.media,
        })
        const { body } = await admin<{ product: Record<string, unknown> }>(
          `/admin/products/${made.id}?fields=*sales_channels,*shipping_profile`
        )
        expect(body.product).toMatchObject({
          title: "Tote bag",
          thumbnail: "https://pictures.example/tote.png",
          sales_channels: [{ id: expect.any(String) }],
          shipping_profile: { id: expect.any(String) },
        })
        const item = { variant_id: made.variants[0]?.id, quantity: 2 }
        const cart = await new TestVisitor(store).call("POST", "/cart/items", { item })
        expect({ status: cart.status, text: cart.text }).toMatchObject({ status: 200 })
      })

      it("A1: takes options, variants, a currency and a status", async () => {
        const made = await create({
          name: "Cap",
          base_price: "19.90",
          currency_code: "EUR",
          status: "draft",
          handle: "cap-2",
          options: [
            { title: "Size", values: ["S", "L"] },
            { title: "Colour", values: ["Red"] },
          ],
          variants: [
            { sku: "CAP-S", options: { Size: "S", Colour: "Red" } },
            { title: "Big", base_price: 21, options: { Size: "L", Colour: "Red" } },
          ],
        })
        expect(made).toMatchObject({ status: "draft", currency_code: "eur", base_price: 19.9 })
        expect(made.variants).toMatchObject([
          { title: "S / Red", sku: "CAP-S", base_price: 19.9 },
          { title: "Big", sku: null, base_price: 21 },
        ])
        expect(await listed("Cap")).toEqual([])
        expect((await new TestVisitor(store).call("GET", "/products/cap-2")).status).toBe(404)
      })

      it("A1: keeps the order of variants, which bound option sets follow", async () => {
        const sizes = ["XL", "S", "M", "XXL", "L"]
        const made = await create({
          name: "Ordered",
          base_price: 1,
          options: [{ title: "Size", values: sizes }],
          variants: sizes.map((Size) => ({ options: { Size } })),
        })
        expect(made.variants.map(({ title }) => title)).toEqual(sizes)
        const { body } = await admin<{ product: { options: { id: string }[] } }>(
          `/admin/products/${made.id}?fields=*options`
        )
        const set = await call<{ option_set: { options: { value: string }[] } }>(
          "POST",
          "/optionsets",
          {
            ...{ product_id: made.id, key: "size", title: "Size" },
            product_option_id: body.product.options[0]?.id,
          }
        )
        expect(set.body.option_set.options.map(({ value }) => value)).toEqual(sizes)
      })

      it("A1: takes a body of 1 MB, and option values of 100 characters", async () => {
        const large = {
          name: "Large",
          base_price: 1,
          media: Array(60).fill(`/files/${"a".repeat(4000)}`),
        }
        expect(JSON.stringify(large).length).toBeGreaterThan(200_000)
        expect((await call("POST", "/products", large)).status).toBe(201)
        const { status, body } = await call("POST", "/products", {
          ...{ name: "Wordy", base_price: 1 },
          options: [{ title: "Size", values: ["a".repeat(100), "b".repeat(101)] }],
        })
        expect({ status, issues: body.issues?.map(({ path, code }) => `${path} ${code}`) }).toEqual(
          {
            status: 400,
            issues: ["options.0.values.1 too_big"],
          }
        )
      })

      it("A1: reports every fault of a product at once, each with its path", async () => {
        const before = await admin<{ count: number }>("/admin/products?limit=1")
        const { status, body } = await call("POST", "/products", {
          name: " ",
          base_price: -1,
          currency_code: "xts",
          media: ["https://ok.example/a.png", "javascript:alert(1)", { url: "/etc/passwd" }],
          status: "sold",
          handle: "Not A Handle",
          colour: "red",
          options: [
            { title: "Size", values: ["S", "S"] },
            { title: "Size", values: ["L"] },
          ],
          variants: [
            { options: { Size: "S" }, sku: "TWICE" },
            { options: { Size: "XL", Cut: "a" }, sku: "TWICE" },
          ],
        })
        expect(status).toBe(400)
        expect(body.issues?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual(
          expect.arrayContaining([
            "base_price invalid_format",
            "colour unknown_field",
            "currency_code unknown_currency",
            "handle invalid_handle",
            "media.1 invalid_url",
            "media.2 invalid_url",
            "name too_small",
            "options.0.values.1 duplicate_option_value",
            "options.1.title duplicate_option",
            "status invalid_value",
            "variants.1.options.Cut unknown_option",
            "variants.1.options.Size unknown_option_value",
            "variants.1.sku duplicate_sku",
          ])
        )
        expect(await admin("/admin/products?limit=1")).toMatchObject({
          body: { count: before.body.count },
        })
      })

      it.each([
        [{ base_price: 1.234 }, "too_precise", "base_price"],
        [{ base_price: 1, currency_code: "xts" }, "unknown_currency", "currency_code"],
        [
          { base_price: 1, options: [{ title: "Size", values: ["S"] }] },
          "variants_required",
          "variants",
        ],
        [{ base_price: 1, variants: [{}, {}] }, "options_required", "options"],
        [
          { base_price: 1, options: [{ title: "Size", values: ["S"] }], variants: [{}] },
          "option_required",
          "variants.0.options.Size",
        ],
        [
          {
            base_price: 1,
            options: [{ title: "Size", values: ["S"] }],
            variants: [{ options: { Size: "S" } }, { options: { Size: "S" } }],
          },
          "duplicate_variant",
          "variants.1.options",
        ],
      ])("A1: refuses %j as %s", async (fields, code, path) => {
        const answer = await call("POST", "/products", { name: "Faulty", ...fields })
        expect(answer).toMatchObject({ status: 400, body: { code, issues: [{ path, code }] } })
      })

      it("A1: of ten products with one handle, or one SKU, at once exactly one is made", async () => {
        const same = { base_price: 1, handle: "raced" }
        const handles = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            call("POST", "/products", { name: `Raced handle ${index}`, ...same })
          )
        )
        expect(handles.map(({ status }) => status).sort()).toEqual([
          201,
          ...Array<number>(9).fill(422),
        ])
        for (const { status, body } of handles.filter((answer) => answer.status !== 201)) {
          expect({ status, code: body.code }).toEqual({ status: 422, code: "duplicate_handle" })
        }
        const skus = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            call("POST", "/products", {
              name: `Raced sku ${index}`,
              base_price: 1,
              variants: [{ sku: "RACED" }],
            })
          )
        )
        expect(skus.map(({ status }) => status).sort()).toEqual([
          201,
          ...Array<number>(9).fill(422),
        ])
        expect(new Set(skus.map(({ body }) => body.code))).toEqual(
          new Set([undefined, "duplicate_sku"])
        )
        const { body } = await admin<{ count: number }>("/admin/products?q=Raced&limit=1")
        expect(body.count).toBe(2)
      }, 60_000)
    })

    it("A1: nothing stays of a product that could not be made", async () => {
      const pricing = store.getContainer().resolve(Modules.PRICING)
      const broken = jest.spyOn(pricing, "createPriceSets").mockRejectedValueOnce(new Error("none"))
      const body = { name: "Half made", base_price: 1, variants: [{ sku: "HALF-MADE" }] }
      expect((await call("POST", "/products", body)).status).toBe(500)
      broken.mockRestore()
      expect(await admin("/admin/products?q=Half")).toMatchObject({ body: { count: 0 } })
      await create(body)
    })

    describe("DELETE /products/:id", () => {
      it("A1: takes a product out of the catalog", async () => {
        const { id } = await create({ name: "Short-lived", base_price: 1 })
        expect(await listed("Short-lived")).toHaveLength(1)
        const gone = await call<Record<string, unknown>>("DELETE", `/products/${id}`)
        expect(gone).toMatchObject({ status: 200, body: { id, object: "product", deleted: true } })
        expect(await listed("Short-lived")).toEqual([])
        expect((await admin(`/admin/products/${id}`)).status).toBe(404)
        expect((await call("DELETE", `/products/${id}`)).body.code).toBe("product_not_found")
        expect((await call("PUT", `/products/${id}`, { name: "x" })).status).toBe(404)
        await create({ name: "Short-lived", base_price: 1 })
      })

      it("A1: leaves the rest of the shop alone", async () => {
        expect((await call("DELETE", "/products/prod_none")).status).toBe(404)
        expect(product("mug")).not.toBe("")
        expect((await new TestVisitor(store).call("GET", "/products/mug")).status).toBe(200)
      })
    })
  },
})
