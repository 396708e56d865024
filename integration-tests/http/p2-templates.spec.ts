// Story P2: a designer defines templates; who sees which of them.
import Ajv2020 from "ajv/dist/2020"
import { updateProductsWorkflow } from "@medusajs/medusa/core-flows"
import { personalization } from "../../src/workflows/services"
import { personalizationTestRunner } from "../helpers/runner"
import { Designer, type WireTemplate } from "./p2-designer"
import { seededShop, TestVisitor, type Fault } from "./visitor"

type List = { templates: WireTemplate[]; count: number; limit: number; offset: number }

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded } = seededShop(store)
    const designer = new Designer(store, seeded)
    const visitor = () => new TestVisitor(store)

    describe("POST /templates", () => {
      it("P2: accepts product_id, version and a JSON definition, and answers the template", async () => {
        const product_id = await designer.product()
        const definition = await designer.definition()
        const { status, body } = await designer.save(product_id, 1, { name: "Spring", definition })
        expect(status).toBe(201)
        expect(body.template).toEqual({
          id: expect.stringMatching(/^ptpl_/),
          product_id,
          version: 1,
          name: "Spring",
          definition: expect.objectContaining({ schema: 1 }),
          is_default: true,
          status: "published",
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        })
        expect(body.template.definition).toMatchObject(definition)
        expect(await designer.read(body.template.id)).toEqual(body.template)
        const row = await personalization(store.getContainer()).retrieveTemplate(body.template.id)
        expect(row).toMatchObject({ product_id, version: 1, used_at: null })
      })

      it("P2: names it by product and version when no name is given", async () => {
        const { name } = await designer.saved(await designer.product(), 7)
        expect(name).toMatch(/^Canvas [0-9a-f]{8} v7$/)
      })

      it("P2: enforces a version once per product", async () => {
        const [one, other] = [await designer.product(), await designer.product()]
        await designer.saved(one, 1)
        expect(await designer.save(one, 1)).toMatchObject({
          status: 422,
          body: { type: "duplicate_error", code: "duplicate_version" },
        })
        expect((await designer.save(other, 1)).status).toBe(201)
        expect((await designer.save(one, 2_147_483_647)).status).toBe(201)
      })

      it("P2: enforces a version when requests race for it", async () => {
        const product_id = await designer.product()
        const replies = await Promise.all(
          Array.from({ length: 12 }, () => designer.save(product_id, 3))
        )
        const codes = replies.map(({ status, body }) => [status, body.code])
        expect(codes.filter(([status]) => status === 201)).toHaveLength(1)
        expect(codes.filter(([status]) => status === 422)).toHaveLength(11)
        expect(codes.filter(([, code]) => code === "duplicate_version")).toHaveLength(11)
      })

      it("P2: keeps the number of a deleted version taken for ever", async () => {
        const product_id = await designer.product()
        const { id } = await designer.saved(product_id, 1)
        expect((await designer.call("DELETE", `/templates/${id}`)).status).toBe(200)
        expect(await designer.save(product_id, 1)).toMatchObject({
          status: 422,
          body: { code: "duplicate_version" },
        })
      })

      it.each([
        ["version", { version: 0 }],
        ["version", { version: 2_147_483_648 }],
        ["version", { version: 1.5 }],
        ["version", { version: "1" }],
        ["version", { version: null }],
        ["product_id", { product_id: 5 }],
        ["product_id", { product_id: "" }],
        ["name", { name: "" }],
        ["name", { name: "x".repeat(201) }],
        ["status", { status: "live" }],
        ["is_default", { is_default: "yes" }],
        ["id", { id: "ptpl_own" }],
        ["is_default", { is_default: true, status: "draft" }],
        ["definition", { definition: undefined }],
        ["definition", { definition: null }],
        ["definition", { definition: [] }],
        ["definition", { definition: "{}" }],
      ])("P2: refuses a bad %s: %j", async (path, more) => {
        const { status, body } = await designer.save(await designer.product(), 1, more)
        expect(status).toBe(400)
        expect(body.issues?.map((issue) => issue.path)).toEqual([path])
      })

      it("P2: refuses a bad definition with a path into it for every fault, and saves nothing", async () => {
        const product_id = await designer.product()
        const good = await designer.definition()
        const [zone] = good.zones
        const definition = {
          ...good,
          zones: [zone, { ...zone, fonts: ["no-such-font"], placement: "back" }],
          placements: [{ ...good.placements[0], background: { asset: "no-such-asset" } }],
        }
        const { status, body } = await designer.save(product_id, 1, { definition })
        expect({ status, code: body.code }).toEqual({ status: 400, code: "invalid_definition" })
        expect(body.issues?.map((issue) => issue.path)).toEqual(
          expect.arrayContaining([
            "definition.placements.0.background.asset",
            "definition.zones.1.key",
            "definition.zones.1.fonts.0",
            "definition.zones.1.placement",
          ])
        )
        const shape = await designer.save(product_id, 1, {
          definition: { ...good, extra: 1, zones: [{ ...zone, max_length: "ten" }] },
        })
        expect(shape.body.issues?.map((issue) => issue.path)).toEqual(
          expect.arrayContaining(["definition.extra", "definition.zones.0.max_length"])
        )
        const { body: list } = await designer.call<List>(
          "GET",
          `/templates?product_id=${product_id}`
        )
        expect(list.count).toBe(0)
      })

      it("P2: answers 404 for an unknown product", async () => {
        expect(await designer.save("prod_none", 1)).toMatchObject({
          status: 404,
          body: { code: "product_not_found" },
        })
      })

      it("P2: warns of what can be made but should be looked at", async () => {
        const good = await designer.definition()
        expect((await designer.save(await designer.product(), 1)).body).toMatchObject({
          warnings: [],
        })
        const frame = { x: 500, y: 500, width: 100, height: 40 }
        const zones = [{ ...good.zones[0], frame }]
        const { status, body } = await designer.save(await designer.product(), 1, {
          definition: { ...good, zones },
        })
        expect(status).toBe(201)
        expect(body.warnings).toEqual(
          expect.arrayContaining([
            expect.objectContaining({
              path: expect.stringMatching(/^definition\.zones\.0/),
              code: expect.any(String),
              message: expect.any(String),
            }),
          ])
        )
      })

      it("P2: refuses text that no database could hold", async () => {
        const { status, body } = await designer.save(await designer.product(), 1, {
          definition: await designer.definition("a\ud800"),
        })
        expect(status).toBe(400)
        expect(body.issues?.[0]?.path).toBe("definition.zones.0.label")
      })

      it("P2: refuses a definition over 256 kB and a body over 1 MB", async () => {
        const product_id = await designer.product()
        const good = await designer.definition()
        const definition = { ...good, note: "x".repeat(300_000) }
        const large = await designer.save(product_id, 1, { definition })
        expect([400, 413]).toContain(large.status)
        const huge = await designer.save(product_id, 1, { name: "x".repeat(1_100_000) })
        expect(huge).toMatchObject({ status: 413, body: { code: "body_too_large" } })
      })
    })

    describe("reads", () => {
      let published: WireTemplate
      let draft: WireTemplate
      let archived: WireTemplate
      let hidden: WireTemplate
      let deleted: WireTemplate
      beforeAll(async () => {
        const product_id = await designer.product()
        published = await designer.saved(product_id, 1)
        draft = await designer.saved(product_id, 2, { status: "draft" })
        archived = await designer.saved(product_id, 3, { status: "archived" })
        deleted = await designer.saved(product_id, 4)
        await designer.call("DELETE", `/templates/${deleted.id}`)
        hidden = await designer.saved(await designer.product("draft"), 1)
      })

      it("P2: show published templates of published products to anybody, and all with a key", async () => {
        for (const template of [published, draft, archived, hidden]) {
          const { status } = await visitor().call("GET", `/templates/${template.id}`)
          expect(status).toBe(template === published ? 200 : 404)
          expect(await designer.read(template.id)).toEqual(template)
        }
        expect((await designer.call("GET", `/templates/${deleted.id}`)).status).toBe(404)
      })

      it("P2: answer the same for hidden, deleted and unknown ones, byte for byte", async () => {
        const unknown = await visitor().call("GET", "/templates/ptpl_none")
        expect(unknown).toMatchObject({ status: 404, body: { code: "template_not_found" } })
        for (const { id } of [draft, archived, hidden, deleted]) {
          const one = await visitor().call("GET", `/templates/${id}`)
          const fonts = await visitor().call("GET", `/templates/${id}/fonts`)
          expect([one.status, one.text]).toEqual([404, unknown.text])
          expect([fonts.status, fonts.text]).toEqual([404, unknown.text])
        }
      })

      it("P2: refuse a key that is none, whatever they are about", async () => {
        const ids = [published.id, draft.id, "ptpl_none"]
        const paths = ["", ...ids.flatMap((id) => [`/${id}`, `/${id}/fonts`])]
        for (const path of paths) {
          const headers = { "X-API-Key": "sk_wrong" }
          const reply = await visitor().call("GET", `/templates${path}`, undefined, headers)
          expect({ path, ...reply }).toMatchObject({
            status: 403,
            body: { code: "invalid_api_key" },
          })
        }
      })

      it("P2: list a product's templates in the order of their versions", async () => {
        const list = (query: string, key: boolean) =>
          (key ? designer : visitor()).call<List>("GET", `/templates?${query}`)
        const ids = async (query: string, key = true) =>
          (await list(query, key)).body.templates.map(({ id }) => id)
        const own = `product_id=${published.product_id}`
        expect(await ids(own)).toEqual([published.id, draft.id, archived.id])
        expect(await ids(own, false)).toEqual([published.id])
        expect(await ids(`${own}&status=draft`)).toEqual([draft.id])
        expect(await ids(`${own}&status=draft`, false)).toEqual([])
        expect(await ids(`product_id=${hidden.product_id}`, false)).toEqual([])
        expect(await ids("product_id=prod_none")).toEqual([])
        const { body } = await list(`${own}&limit=1&offset=1`, true)
        expect(body).toEqual({ templates: [draft], count: 3, limit: 1, offset: 1 })
        const all = await list("limit=100", false)
        expect(all.body.templates.every(({ status }) => status === "published")).toBe(true)
        expect(all.body.templates.some(({ id }) => id === published.id)).toBe(true)
        expect(all.body.count).toBe(all.body.templates.length)
      })

      it.each([
        "limit=0",
        "limit=101",
        "limit=x",
        "offset=-1",
        "status=live",
        "product_id=",
        "foo=1",
      ])("P2: refuse %s", async (query) => {
        const { status, body } = await visitor().call<Fault>("GET", `/templates?${query}`)
        expect({ status, paths: body.issues?.map(({ path }) => path) }).toEqual({
          status: 400,
          paths: [query.split("=")[0]],
        })
      })

      it("P2: name the fonts that a template draws with", async () => {
        const { status, body } = await visitor().call("GET", `/templates/${published.id}/fonts`)
        expect(status).toBe(200)
        expect(body).toEqual({
          fonts: [
            {
              key: "inter",
              family: "Inter",
              weight: 400,
              scripts: ["Latn", "Cyrl", "Grek"],
              licence: "OFL-1.1",
              sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
            },
          ],
        })
      })
    })

    describe("GET /templates/schema.json", () => {
      it("P2: publishes the language as JSON Schema, which takes what POST /templates takes", async () => {
        const { status, headers, body } = await visitor().call("GET", "/templates/schema.json")
        expect(status).toBe(200)
        expect(headers.get("content-type")).toBe("application/schema+json; charset=utf-8")
        expect(headers.get("cache-control")).toBe("public, max-age=3600")
        const accepts = new Ajv2020({ strict: false }).compile(body)
        const good = await designer.definition()
        expect(accepts(good)).toBe(true)
        expect(accepts({ ...good, extra: 1 })).toBe(false)
        expect(accepts({ ...good, zones: [{ ...good.zones[0], max_length: "ten" }] })).toBe(false)
      })

      it("P2: answers 304 to those who have it, and nothing but GET", async () => {
        const first = await visitor().call("GET", "/templates/schema.json")
        const etag = first.headers.get("etag") ?? ""
        const again = await visitor().call("GET", "/templates/schema.json", undefined, {
          "If-None-Match": etag,
        })
        expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag])
        const put = await designer.call("PUT", "/templates/schema.json", {})
        expect([put.status, put.headers.get("allow")]).toEqual([405, "GET"])
      })
    })

    it("P2: a product that is hidden hides its templates at once", async () => {
      const product_id = await designer.product()
      const { id } = await designer.saved(product_id, 1)
      expect((await visitor().call("GET", `/templates/${id}`)).status).toBe(200)
      await updateProductsWorkflow(store.getContainer()).run({
        input: { selector: { id: product_id }, update: { status: "draft" } },
      })
      expect((await visitor().call("GET", `/templates/${id}`)).status).toBe(404)
    })
  },
})
