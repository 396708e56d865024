// What saving option sets refuses, by field and rule. Story P4.
import { personalizationTestRunner } from "../helpers/runner"
import { faults, option, Studio, type SetReply } from "./p4-studio"
import { seededShop } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const studio = new Studio(store, seeded)
    const shirt = () => product("t-shirt")

    describe("P4: refuses bad input by name", () => {
      it("P4: tells all faults at once", async () => {
        const reply = await studio.call("POST", "/optionsets", {
          ...{ product_id: shirt(), key: "faulty", title: "Faulty" },
          options: [
            { value: "a", label: "A", price_delta: 1.005 },
            { value: "b", price_delta: 1 },
            { value: "c", label: "C" },
            {
              value: "d",
              label: "D",
              price_delta: 1,
              price_deltas: { xyz: 1, usd: 1, eur: "2.500" },
            },
          ],
        })
        expect(reply.status).toBe(400)
        expect(faults(reply)).toEqual([
          "options.0.price_delta too_precise",
          "options.1.label required",
          "options.2.price_delta required",
          "options.3.price_deltas.xyz unknown_currency",
          "options.3.price_deltas.usd default_currency",
        ])
      })

      it("P4: tells the form's faults together with the store's", async () => {
        const { id, options } = await studio.createSet({
          ...{ product_id: shirt(), key: "judged", title: "Judged", options: [option("a", 1)] },
        })
        const [first, ...others] = [
          { ...option("a"), price_delta: 1.005 },
          { ...option("A"), label: "" },
          { ...option("b"), value: 5, price_deltas: { xyz: 1 } },
          { value: "c", label: 5, price_delta: "1e3", price_deltas: { eur: "1.001" } },
          7,
        ] as const
        const faulty = {
          title: " ",
          key: "size",
          colour: 1,
          options: [first, ...others],
        }
        const found = [
          "colour unknown_field",
          "key duplicate_key",
          "options.0.price_delta too_precise",
          "options.1.label too_small",
          "options.1.value duplicate_option",
          "options.2.price_deltas.xyz unknown_currency",
          "options.2.value invalid_type",
          "options.3.label invalid_type",
          "options.3.price_delta invalid_format",
          "options.3.price_deltas.eur too_precise",
          "options.4 invalid_type",
          "title too_small",
        ]
        const product_id = shirt()
        const created = await studio.call("POST", "/optionsets", { ...faulty, product_id })
        expect({ status: created.status, faults: faults(created).sort() }).toEqual({
          status: 400,
          faults: found,
        })
        const changed = await studio.call("PUT", `/optionsets/${id}`, {
          ...{ ...faulty, id: "poset_other", product_id: "prod_other" },
          options: [{ ...first, id: "popt_other" }, ...others],
        })
        expect({ status: changed.status, faults: faults(changed).sort() }).toEqual({
          status: 400,
          faults: [
            ...found,
            "id read_only",
            "options.0.id read_only",
            "product_id read_only",
          ].sort(),
        })
        expect((await studio.read(id)).options).toEqual(options)
      })

      it("P4: does not judge options whose kind is unclear", async () => {
        const reply = await studio.call("POST", "/optionsets", {
          ...{ product_id: shirt(), key: "unclear", title: "Unclear", product_option_id: 5 },
        })
        expect(faults(reply)).toEqual(["product_option_id invalid_type"])
      })

      it("P4: a key that a zone of any version has for itself is taken", async () => {
        const { id: product_id } = await studio.product("keyed", [["M", "Red", 20]])
        await studio.template(product_id, { trim: "trim", tone: "tones" })
        const set = (key: string) => ({ product_id, key, title: key, options: [option("a")] })
        for (const key of ["name", "tone"]) {
          const reply = await studio.call("POST", "/optionsets", set(key))
          expect(reply).toMatchObject({
            status: 400,
            body: { code: "key_taken_by_zone", issues: [{ path: "key", params: { version: 1 } }] },
          })
          expect(reply.body.message).toContain("version 1")
        }
        const taken = await studio.createSet(set("trim"))
        const renamed = await studio.call("PUT", `/optionsets/${taken.id}`, { key: "name" })
        expect(renamed).toMatchObject({ status: 400, body: { code: "key_taken_by_zone" } })
        expect((await studio.call("PUT", `/optionsets/${taken.id}`, taken)).status).toBe(200)
        const [template] = await studio.sql<{ id: string }>(
          `select id from personalization_template where product_id = ?`,
          [product_id]
        )
        expect((await studio.call("DELETE", `/templates/${template?.id}`)).status).toBe(200)
        await studio.createSet(set("name"))
      })

      it.each<[string, Record<string, unknown>, string]>([
        [
          "a value of over 100 characters",
          { options: [option("a".repeat(101))] },
          "options.0.value too_big",
        ],
        ["no options", { options: [] }, "options required"],
        ["options left out", { options: undefined }, "options required"],
        [
          "an empty value",
          { options: [{ ...option("a"), value: " " }] },
          "options.0.value too_small",
        ],
        [
          "an amount with an exponent",
          { options: [{ ...option("a"), price_delta: "1e3" }] },
          "options.0.price_delta invalid_format",
        ],
        [
          "an unknown field",
          { options: [{ ...option("a"), color: "red" }] },
          "options.0.color unknown_field",
        ],
        [
          "201 options",
          { options: Array.from({ length: 201 }, (_, index) => option(`${index}`)) },
          "options too_big",
        ],
        ["a key of other letters", { key: "Ü" }, "key invalid_format"],
        ["a key of the language's own", { key: "__proto__" }, "key invalid_format"],
        [
          "a product option of nothing",
          { product_option_id: "opt_unknown" },
          "product_option_id unknown_product_option",
        ],
      ])("P4: %s", async (_, change, fault) => {
        const input = { product_id: shirt(), key: "bad", title: "Bad", options: [option("a")] }
        const reply = await studio.call("POST", "/optionsets", { ...input, ...change })
        expect({ status: reply.status, faults: faults(reply) }).toEqual({
          status: 400,
          faults: [fault],
        })
      })

      it("P4: an unknown product is 404", async () => {
        const reply: SetReply = await studio.call("POST", "/optionsets", {
          ...{ product_id: "prod_unknown", key: "a", title: "A", options: [option("a")] },
        })
        expect(reply).toMatchObject({ status: 404, body: { code: "product_not_found" } })
      })
    })
  },
})
