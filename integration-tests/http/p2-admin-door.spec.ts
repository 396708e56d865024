// Story P2 on the dashboard's door: Medusa's auth and query conventions, the same rules and errors.
import { personalizationTestRunner } from "../helpers/runner"
import { Designer, type WireTemplate } from "./p2-designer"
import { seededShop, TestVisitor, type Reply } from "./visitor"

const PATH = "/admin/personalization/templates"
type Body = {
  template: WireTemplate & { used_at: string | null; updated_at: string }
  templates: (WireTemplate & { used_at: string | null })[]
  count: number
  limit: number
  offset: number
  type: string
  code: string
  message: string
  issues?: { path: string; code: string }[]
}

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded } = seededShop(store)
    const designer = new Designer(store, seeded)
    const basic = (key: string | null) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`
    const call = (method: string, path: string, body?: unknown): Promise<Reply<Body>> =>
      new TestVisitor(store).call<Body>(method, `${PATH}${path}`, body, {
        Authorization: basic(seeded().api_key),
      })

    it.each([
      ["GET", ""],
      ["POST", ""],
      ["GET", "/ptpl_none"],
      ["POST", "/ptpl_none"],
      ["DELETE", "/ptpl_none"],
      ["GET", "/ptpl_none/compare?with=ptpl_none"],
      ["GET", "/ptpl_none/fonts"],
      ["GET", "/schema.json"],
    ])("P2: %s %s needs Medusa's credentials", async (method, path) => {
      const body = method === "POST" ? {} : undefined
      const anonymous = new TestVisitor(store)
      const wrong: Record<string, string>[] = [
        {},
        { Authorization: basic("sk_wrong") },
        { Authorization: basic(seeded().publishable_key) },
        { "X-API-Key": seeded().api_key ?? "" },
      ]
      for (const headers of wrong) {
        const { status } = await anonymous.call(method, `${PATH}${path}`, body, headers)
        expect(status).toBe(401)
      }
    })

    it("P2: a signed-in user of the dashboard lists templates", async () => {
      const { admin_email: email, admin_password: password } = seeded()
      const { body } = await new TestVisitor(store).call<{ token: string }>(
        "POST",
        "/auth/user/emailpass",
        { email, password }
      )
      const { status } = await new TestVisitor(store).call("GET", PATH, undefined, {
        Authorization: `Bearer ${body.token}`,
      })
      expect(status).toBe(200)
    })

    it("P2: saves, reads, changes and deletes with 200, and the other door sees it", async () => {
      const product_id = await designer.product()
      const definition = await designer.definition()
      const created = await call("POST", "", { product_id, version: 1, definition, name: "One" })
      expect(created.status).toBe(200)
      const { template } = created.body
      expect(template).toMatchObject({
        product_id,
        version: 1,
        name: "One",
        status: "published",
        is_default: true,
        used_at: null,
        definition: { schema: 1 },
      })
      expect((await call("GET", `/${template.id}`)).body.template).toEqual(template)
      expect(await designer.read(template.id)).toMatchObject({ name: "One", definition })

      const changed = await call("POST", `/${template.id}`, { name: "Two" })
      expect(changed).toMatchObject({ status: 200, body: { template: { name: "Two" } } })
      await new TestVisitor(store).call("POST", "/sessions", { product_id })
      const used = await call("GET", `/${template.id}?fields=used_at`)
      expect(used.body.template).toEqual({
        id: template.id,
        used_at: expect.stringMatching(/^\d{4}-/),
      })

      const deleted = await call("DELETE", `/${template.id}`)
      expect(deleted).toMatchObject({
        status: 200,
        body: { id: template.id, object: "template", deleted: true },
      })
      expect((await call("GET", `/${template.id}`)).status).toBe(404)
    })

    it("P2: lists with fields, limit, offset, order, q and filters", async () => {
      const [one, other] = [await designer.product(), await designer.product()]
      await designer.saved(one, 1, { name: "Birthday cup" })
      await designer.saved(one, 2, { name: "Wedding cup", is_default: true })
      await designer.saved(one, 3, { name: "Birthday plate", status: "draft" })
      await designer.saved(other, 1, { name: "Birthday shirt" })
      const names = async (query: string) =>
        (await call("GET", `?${query}`)).body.templates.map(({ name }) => name)

      const page = await call("GET", `?product_id=${one}&limit=2&offset=1&order=version`)
      expect(page.body).toMatchObject({ count: 3, limit: 2, offset: 1 })
      expect(page.body.templates.map(({ version }) => version)).toEqual([2, 3])
      expect(page.body.templates[0]).not.toHaveProperty("definition")
      expect(await names(`product_id=${one}&order=-version`)).toEqual([
        "Birthday plate",
        "Wedding cup",
        "Birthday cup",
      ])
      expect(await names(`product_id=${one}&status=draft`)).toEqual(["Birthday plate"])
      expect(
        await names(
          `product_id=${one}&status[]=draft&status[]=published&is_default=false&order=version`
        )
      ).toEqual(["Birthday cup", "Birthday plate"])
      expect(await names(`product_id=${one}&is_default=true`)).toEqual(["Wedding cup"])
      expect((await names(`product_id[]=${one}&product_id[]=${other}&q=birthday`)).sort()).toEqual([
        "Birthday cup",
        "Birthday plate",
        "Birthday shirt",
      ])
      const plus = await call("GET", `?product_id=${one}&fields=%2Bdefinition&limit=1`)
      expect(plus.body.templates[0]?.definition).toMatchObject({ schema: 1 })
      const few = await call("GET", `?product_id=${one}&fields=name&limit=1`)
      expect(Object.keys(few.body.templates[0] ?? {}).sort()).toEqual(["id", "name"])
      expect((await call("GET", "")).body.limit).toBe(20)
    })

    it.each([
      "limit=0",
      "limit=101",
      "limit=x",
      "offset=-1",
      "order=nonsense",
      "order=definition.zones",
      "status=live",
      "is_default=maybe",
      "unknown=1",
      "fields[]=a&fields[]=b",
    ])("P2: refuses ?%s with 400 in our form", async (query) => {
      const { status, body } = await call("GET", `?${query}`)
      expect({ status, type: body.type }).toEqual({ status: 400, type: "invalid_data" })
      expect(body).toEqual(
        expect.objectContaining({ code: expect.any(String), message: expect.any(String) })
      )
    })

    it("P2: gives no field that it does not name", async () => {
      const { status, body } = await call("GET", "?limit=1&fields=id,nonsense,deleted_at")
      expect(status).toBe(200)
      expect(Object.keys(body.templates[0] ?? {})).toEqual(["id"])
    })

    it("P2: reports every fault at once, in the form of the other door", async () => {
      const faults = await call("POST", "", { version: 0, extra: 1 })
      expect(faults).toMatchObject({ status: 400, body: { code: "invalid_input" } })
      expect(faults.body.issues?.map(({ path }) => path).sort()).toEqual([
        "definition",
        "extra",
        "product_id",
        "version",
      ])
      const product_id = await designer.product()
      const bad = await call("POST", "", { product_id, version: 1, definition: { schema: 1 } })
      expect(bad).toMatchObject({ status: 400, body: { code: "invalid_definition" } })
      expect(bad.body.issues?.map(({ path }) => path)).toEqual(
        expect.arrayContaining(["definition.placements", "definition.zones"])
      )
      const nul = await call("POST", "", { product_id, version: 1, name: "a\u0000b" })
      expect(nul).toMatchObject({ status: 400, body: { issues: [{ path: "name" }] } })
    })

    it("P2: keeps the rules: 404, 409 with a message, 422", async () => {
      const product_id = await designer.product()
      const { id } = await designer.saved(product_id, 1)
      await designer.saved(product_id, 2)
      const definition = await designer.definition()
      expect(await call("POST", "", { product_id, version: 1, definition })).toMatchObject({
        status: 422,
        body: { type: "duplicate_error", code: "duplicate_version" },
      })
      expect(await call("POST", "", { product_id: "x", version: 1, definition })).toMatchObject({
        status: 404,
        body: { code: "product_not_found" },
      })
      expect(await call("POST", `/${id}`, { is_default: false })).toMatchObject({
        status: 409,
        body: {
          type: "conflict",
          code: "default_template",
          message: expect.stringContaining("make another published one the default"),
        },
      })
      expect(await call("DELETE", `/${id}`)).toMatchObject({ status: 409 })
      expect(await call("POST", "/ptpl_none", { name: "x" })).toMatchObject({
        status: 404,
        body: { code: "template_not_found" },
      })
      expect((await call("GET", "/ptpl_none/fonts")).status).toBe(404)
    })

    it("P2: takes bodies far over Medusa's 100 kB, as definitions need", async () => {
      const product_id = await designer.product()
      const good = await designer.definition()
      const [zone] = good.zones
      const help = "x".repeat(150)
      const zones = Array.from({ length: 60 }, (_, index) => ({
        ...zone,
        key: `zone-${index}`,
        help,
      }))
      const padded = `${JSON.stringify({ product_id, version: 1, definition: { ...good, zones } })}${" ".repeat(200_000)}`
      const response = await store.request(PATH, {
        method: "POST",
        headers: { Authorization: basic(seeded().api_key), "Content-Type": "application/json" },
        body: padded,
      })
      expect(response.status).toBe(200)
    })

    describe("GET /:id/compare", () => {
      type Comparison = {
        from: unknown
        to: unknown
        breaking: boolean
        changes: { path: string; code: string; severity: string; message: string }[]
      }
      const compare = (id: string, other: string) =>
        call("GET", `/${id}/compare?with=${other}`) as Promise<Reply<unknown>> as Promise<
          Reply<Comparison & Body>
        >

      it("P2: tells what a new version would break for existing designs, and what it would not", async () => {
        const product_id = await designer.product()
        const definition = await designer.definition()
        const [zone] = definition.zones
        const before = await designer.saved(product_id, 1, { definition })
        const shorter = { ...definition, zones: [{ ...zone, max_length: 3 }] }
        const after = await designer.saved(product_id, 2, { definition: shorter, status: "draft" })
        const { status, body } = await compare(before.id, after.id)
        expect(status).toBe(200)
        expect(body).toMatchObject({
          from: { id: before.id, version: 1, name: before.name, status: "published" },
          to: { id: after.id, version: 2, name: after.name, status: "draft" },
          breaking: true,
          changes: [
            {
              path: expect.stringMatching(/^zones\.0\b/),
              severity: "breaking",
              message: expect.stringContaining("Name"),
            },
          ],
        })
        const back = await compare(after.id, before.id)
        expect(back.body.breaking).toBe(false)
        expect((await compare(before.id, before.id)).body).toMatchObject({
          breaking: false,
          changes: [],
        })
      })

      it("P2: refuses unknown templates and those of another product", async () => {
        const { id } = await designer.saved(await designer.product(), 1)
        const other = await designer.saved(await designer.product(), 1)
        expect(await compare("ptpl_none", id)).toMatchObject({
          status: 404,
          body: { code: "template_not_found" },
        })
        expect(await compare(id, "ptpl_none")).toMatchObject({
          status: 400,
          body: { code: "unknown_template", issues: [{ path: "with" }] },
        })
        expect(await compare(id, other.id)).toMatchObject({
          status: 400,
          body: { code: "other_product", issues: [{ path: "with" }] },
        })
        const none = await call("GET", `/${id}/compare`)
        expect(none).toMatchObject({ status: 400, body: { issues: [{ path: "with" }] } })
      })
    })

    it("P2: publishes the template language here too", async () => {
      const { status, headers, text } = await call("GET", "/schema.json")
      const open = await new TestVisitor(store).call("GET", "/templates/schema.json")
      expect(status).toBe(200)
      expect(headers.get("cache-control")).toBe("private, max-age=3600")
      expect(text).toBe(open.text)
    })

    it("P2: names the fonts of a draft too", async () => {
      const { id } = await designer.saved(await designer.product(), 1, { status: "draft" })
      const { status, body } = await call("GET", `/${id}/fonts`)
      expect({ status, body }).toMatchObject({ status: 200, body: { fonts: [{ key: "inter" }] } })
    })
  },
})
