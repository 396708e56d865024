// Story P2: every fault of a template in one answer, at both doors, and what its product's option sets have to do with it.
import { personalizationTestRunner } from "../helpers/runner"
import { Designer, type TemplateReply } from "./p2-designer"
import { option } from "./p4-studio"
import { seededShop, TestVisitor, type Fault, type Reply } from "./visitor"

const TEMPLATES = "/admin/personalization/templates"
type Door = {
  name: string
  create: (body: unknown) => Promise<TemplateReply>
  change: (id: string, body: unknown) => Promise<TemplateReply>
}

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded } = seededShop(store)
    const designer = new Designer(store, seeded)
    const admin = <T = TemplateReply["body"]>(
      method: string,
      path: string,
      body?: unknown
    ): Promise<Reply<T>> =>
      new TestVisitor(store).call<T>(method, path, body, {
        Authorization: `Basic ${Buffer.from(`${seeded().api_key}:`).toString("base64")}`,
      })
    const doors: Door[] = [
      {
        name: "standalone",
        create: (body) => designer.call("POST", "/templates", body),
        change: (id, body) => designer.call("PUT", `/templates/${id}`, body),
      },
      {
        name: "dashboard",
        create: (body) => admin("POST", TEMPLATES, body),
        change: (id, body) => admin("POST", `${TEMPLATES}/${id}`, body),
      },
    ]
    const paths = ({ body }: TemplateReply) => body.issues?.map(({ path }) => path).sort()
    const told = (list: { path: string; code: string }[] | undefined) =>
      (list ?? []).map(({ path, code }) => `${path} ${code}`)
    const EMPTY_DEFINITION = ["definition.placements", "definition.schema", "definition.zones"]

    describe.each(doors)("at the $name door", ({ create, change }) => {
      it("P2: names the definition that is missing", async () => {
        const none = await create({})
        expect(none).toMatchObject({ status: 400, body: { type: "invalid_data" } })
        expect(paths(none)).toEqual(["definition", "product_id", "version"])
        expect(none.body.issues).toContainEqual(
          expect.objectContaining({
            path: "definition",
            code: "required",
            message: "definition is required.",
          })
        )
        const alone = await create({ product_id: await designer.product(), version: 1 })
        expect(alone).toMatchObject({
          status: 400,
          body: { code: "invalid_definition", message: "definition is required." },
        })
        const wrong = await create({ definition: [] })
        expect(wrong.body.issues).toContainEqual(
          expect.objectContaining({
            path: "definition",
            code: "invalid_type",
            message: "definition must be an object, not a list.",
          })
        )
      })

      it("P2: reports the faults of the definition with those around it", async () => {
        const refused = await create({ version: 0, definition: {}, foo: 1 })
        expect(refused.status).toBe(400)
        expect(paths(refused)).toEqual([...EMPTY_DEFINITION, "foo", "product_id", "version"])
        const { id, name } = await designer.saved(await designer.product(), 1)
        const unchanged = await change(id, { name: "", definition: {} })
        expect(unchanged.status).toBe(400)
        expect(paths(unchanged)).toEqual([...EMPTY_DEFINITION, "name"])
        expect(paths(await change(id, { name: "" }))).toEqual(["name"])
        expect(paths(await change("ptpl_none", { name: "", definition: {} }))).toEqual([
          ...EMPTY_DEFINITION,
          "name",
        ])
        expect((await designer.read(id)).name).toBe(name)
      })

      it("P2: reports faults of one zone's form with those of another's references", async () => {
        const good = await designer.definition()
        const [zone] = good.zones
        const zones = [
          { ...zone, fonts: ["wingdings"] },
          { ...zone, key: "other", max_length: 0 },
        ]
        const refused = await create({
          product_id: await designer.product(),
          version: 1,
          definition: { ...good, zones },
        })
        expect(paths(refused)).toEqual([
          "definition.zones.0.fonts.0",
          "definition.zones.1.max_length",
        ])
      })

      it("P2: refuses a zone with the key of an option set that it does not take", async () => {
        const product_id = await designer.product()
        const saved = await designer.call("POST", "/optionsets", {
          product_id,
          key: "gift",
          title: "Gift",
          required: true,
          options: [option("yes")],
        })
        expect(saved.status).toBe(201)
        const good = await designer.definition()
        const definition = (zone: object) => ({
          ...good,
          zones: [...good.zones, { ...zone, key: "gift", label: "Gift" }],
        })
        const text = definition({ ...good.zones[0] })
        const issues = ["definition.zones.1.key key_taken_by_option_set"]
        const refused = await create({ product_id, version: 1, definition: text })
        expect([refused.status, told(refused.body.issues)]).toEqual([400, issues])
        const both = await create({ product_id, version: 0, definition: text })
        expect(told(both.body.issues)).toContain(issues[0])

        const option_set = { kind: "option", option_set: "gift" }
        const taken = await create({ product_id, version: 1, definition: definition(option_set) })
        expect(taken.body.warnings).toEqual([])
        const { id } = taken.body.template
        expect(told((await change(id, { definition: text })).body.issues)).toEqual(issues)
        expect(told((await change(id, { name: "", definition: text })).body.issues)).toContain(
          issues[0]
        )
        const elsewhere = { product_id: await designer.product(), version: 1, definition: text }
        expect((await create(elsewhere)).body.template).toMatchObject({ version: 1 })
      })

      it("P2: warns of option sets and options that are not there", async () => {
        const product_id = await productWithBoundSet()
        const good = await designer.definition()
        const definition = (zone: object) => ({
          ...good,
          zones: [...good.zones, { kind: "option", label: "Size", ...zone }],
        })
        const misspelt = definition({ key: "fit", option_set: "sise", default: "One" })
        const saved = await create({ product_id, version: 1, definition: misspelt })
        expect(told(saved.body.warnings)).toEqual([
          "definition.zones.1.option_set unknown_option_set",
        ])
        const appearance = [{ value: "One" }, { value: "Two" }]
        const set = { key: "size", option_set: "size", default: "one", appearance }
        const changed = await change(saved.body.template.id, { definition: definition(set) })
        expect(told(changed.body.warnings)).toEqual([
          "definition.zones.1.default unknown_option",
          "definition.zones.1.appearance.1.value unknown_option",
        ])
      })

      it("P2: refuses words that their font cannot print, and warns of what cannot be bought", async () => {
        const good = await designer.definition()
        const words = {
          kind: "static_text",
          key: "motto",
          placement: "front",
          frame: { x: 10, y: 10, width: 40, height: 20 },
          font: "pacifico",
          size: 12,
          color: "#000000",
        }
        const create_with = async (zones: object[]) =>
          create({
            product_id: await productWithBoundSet(),
            version: 1,
            definition: { ...good, zones },
          })
        const refused = await create_with([
          { ...good.zones[0], default: "Ada 漢" },
          { ...words, text: "شكرا" },
        ])
        expect([refused.status, told(refused.body.issues)]).toEqual([
          400,
          ["definition.zones.0.default glyph_missing", "definition.zones.1.text glyph_missing"],
        ])
        const name = { zone: "name", filled: true }
        const saved = await create_with([
          { ...good.zones[0], price: { flat: { usd: 1 } } },
          { kind: "option", key: "size", label: "Size", option_set: "size", show_if: name },
        ])
        expect(told(saved.body.warnings)).toEqual([
          "definition.zones.0.price.flat no_price_in_currency",
          "definition.zones.1.show_if bound_set_hidden",
        ])
      })
    })

    it("P2, P4: a zone and an option set that take one key at the same moment never both get it", async () => {
      const good = await designer.definition()
      for (let round = 0; round < 15; round++) {
        const product_id = await designer.product()
        const zones = [{ ...good.zones[0], key: "gift" }]
        const replies = await Promise.all([
          designer.save(product_id, 1, { definition: { ...good, zones } }),
          designer.call<Fault>("POST", "/optionsets", {
            ...{ product_id, key: "gift", title: "Gift wrapping" },
            options: [option("yes")],
          }),
        ])
        const [template, set] = replies.map(({ status, body }) =>
          status === 201 ? "saved" : told(body.issues).join()
        )
        expect([
          ["saved", "key key_taken_by_zone"],
          ["definition.zones.0.key key_taken_by_option_set", "saved"],
        ]).toContainEqual([template, set])
      }
    })

    /** A product with a set `size` that is bound to its option; the option's one value is `One`. */
    async function productWithBoundSet(): Promise<string> {
      const product_id = await designer.product()
      const { body } = await admin<{ product: { options: { id: string }[] } }>(
        "GET",
        `/admin/products/${product_id}?fields=*options`
      )
      const saved = await designer.call("POST", "/optionsets", {
        product_id,
        key: "size",
        title: "Size",
        product_option_id: body.product.options[0]?.id,
      })
      expect(saved.status).toBe(201)
      return product_id
    }

    it.each([
      ["limit=0&offset=x&foo=1&status=live", ["foo", "limit", "offset", "status"]],
      ["order=nonsense", ["order"]],
      ["is_default=maybe&bar=2", ["bar", "is_default"]],
      ["fields[]=a&fields[]=b", ["fields"]],
      ["status[]=draft&status[]=live", ["status.1"]],
    ])("P2: names every fault of the list's query ?%s", async (query, expected) => {
      const { status, body } = await admin<Fault>("GET", `${TEMPLATES}?${query}`)
      expect([status, body.issues?.map(({ path }) => path).sort()]).toEqual([400, expected])
    })

    it("P2: names a fault of the query that goes with a body", async () => {
      const { status, body } = await admin<Fault>("POST", `${TEMPLATES}?foo=1`, {})
      expect([status, body.issues?.map(({ path }) => path)]).toEqual([400, ["foo"]])
    })
  },
})
