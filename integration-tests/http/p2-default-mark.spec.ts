// Story P2: defaults are marked. Exactly one version of a product carries the mark, whoever moves it and whenever.
import fc from "fast-check"
import { Client } from "pg"
import { definitionSchema } from "../../src/domain/template/definition"
import { personalization } from "../../src/workflows/services"
import { personalizationTestRunner } from "../helpers/runner"
import { Designer, type WireTemplate } from "./p2-designer"
import { TemplateModel } from "./p2-template-model"
import { seededShop, TestVisitor, type Fault } from "./visitor"

type List = { templates: WireTemplate[] }
type Status = WireTemplate["status"]

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded } = seededShop(store)
    const designer = new Designer(store, seeded)
    const put = (id: string, body: unknown) => designer.call("PUT", `/templates/${id}`, body)
    const marks = async (product_id: string) => {
      const { body } = await designer.call<List>("GET", `/templates?product_id=${product_id}`)
      return body.templates.filter((template) => template.is_default).map(({ version }) => version)
    }

    describe("the default mark", () => {
      it("P2: goes to a product's first published template by itself", async () => {
        const product_id = await designer.product()
        await designer.saved(product_id, 1, { status: "draft" })
        expect(await marks(product_id)).toEqual([])
        await designer.saved(product_id, 2)
        expect(await marks(product_id)).toEqual([2])
        await designer.saved(product_id, 3)
        expect(await marks(product_id)).toEqual([2])
      })

      it("P2: goes to the first draft that is published", async () => {
        const product_id = await designer.product()
        const { id } = await designer.saved(product_id, 1, { status: "draft" })
        expect((await put(id, { status: "published" })).body.template.is_default).toBe(true)
        const second = await designer.saved(product_id, 2, { status: "draft" })
        expect((await put(second.id, { status: "published" })).body.template.is_default).toBe(false)
        expect(await marks(product_id)).toEqual([1])
      })

      it("P2: moves with is_default, and GET /products/:id shows the marked one", async () => {
        const product_id = await designer.product()
        const first = await designer.saved(product_id, 1)
        const second = await designer.saved(product_id, 2, { is_default: true })
        expect(await marks(product_id)).toEqual([2])
        expect((await put(first.id, { is_default: true })).status).toBe(200)
        expect(await marks(product_id)).toEqual([1])
        const shown = async () => {
          const { body } = await new TestVisitor(store).call<{
            product: { template: { id: string } }
          }>("GET", `/products/${product_id}`)
          return body.product.template.id
        }
        expect(await shown()).toBe(first.id)
        await put(second.id, { is_default: true })
        expect(await shown()).toBe(second.id)
      })

      it("P2: is for published templates only", async () => {
        const product_id = await designer.product()
        await designer.saved(product_id, 1)
        const draft = await designer.saved(product_id, 2, { status: "draft" })
        expect(await put(draft.id, { is_default: true })).toMatchObject({
          status: 400,
          body: { code: "default_must_be_published", issues: [{ path: "is_default" }] },
        })
        const both = await put(draft.id, { is_default: true, status: "published" })
        expect(both).toMatchObject({ status: 200, body: { template: { is_default: true } } })
        expect(await marks(product_id)).toEqual([2])
      })

      it("P2: stays while another published template exists: no unmarking, archiving, deleting", async () => {
        const product_id = await designer.product()
        const { id } = await designer.saved(product_id, 1)
        const other = await designer.saved(product_id, 2)
        const refused = [
          await put(id, { is_default: false }),
          await put(id, { status: "archived" }),
          await put(id, { status: "archived", is_default: false }),
          await designer.call("DELETE", `/templates/${id}`),
        ]
        for (const reply of refused) {
          expect(reply).toMatchObject({ status: 409, body: { code: "default_template" } })
        }
        expect(await marks(product_id)).toEqual([1])
        expect((await put(other.id, { is_default: true })).status).toBe(200)
        expect((await designer.call("DELETE", `/templates/${id}`)).status).toBe(200)
        expect(await marks(product_id)).toEqual([2])
      })

      it.each([
        ["unmarked", (id: string) => put(id, { is_default: false })],
        ["archived", (id: string) => put(id, { status: "archived" })],
        ["deleted", (id: string) => designer.call("DELETE", `/templates/${id}`)],
      ])(
        "P2: the last published template may be %s, and the next one gets the mark",
        async (_, end) => {
          const product_id = await designer.product()
          const { id } = await designer.saved(product_id, 1)
          await designer.saved(product_id, 2, { status: "draft" })
          expect((await end(id)).status).toBe(200)
          expect(await marks(product_id)).toEqual([])
          const start = await new TestVisitor(store).call<Fault>("POST", "/sessions", {
            product_id,
          })
          expect(start).toMatchObject({ status: 404, body: { code: "no_default_template" } })
          await designer.saved(product_id, 3)
          expect(await marks(product_id)).toEqual([3])
        }
      )
    })

    describe("under concurrent calls", () => {
      let sql: Client
      beforeAll(async () => {
        sql = new Client({ connectionString: store.databaseUrl })
        await sql.connect()
      })
      afterAll(() => sql.end())

      it("P2: 50 parallel calls move the mark; exactly one default at every instant seen", async () => {
        const product_id = await designer.product()
        const versions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
        const templates: WireTemplate[] = []
        for (const version of versions) {
          templates.push(await designer.saved(product_id, version))
        }
        const seen: number[] = []
        const seenOverHttp: number[] = []
        let done = false
        const watch = async () => {
          while (!done) {
            const { rows } = await sql.query(
              `select id from personalization_template
                where product_id = $1 and is_default and deleted_at is null`,
              [product_id]
            )
            seen.push(rows.length)
          }
        }
        const ask = async () => {
          while (!done) {
            seenOverHttp.push((await marks(product_id)).length)
          }
        }
        const readers = [watch(), ask(), ask()]
        const calls = Array.from({ length: 50 }, (_, index) => {
          const template = templates[index % templates.length]
          return index % 5 === 0
            ? designer.save(product_id, 100 + index, { is_default: true })
            : put(template?.id ?? "", { is_default: true })
        })
        const replies = await Promise.all(calls)
        done = true
        await Promise.all(readers)
        expect(replies.map(({ status }) => status).filter((status) => status >= 400)).toEqual([])
        expect(replies.every(({ body }) => body.template.is_default)).toBe(true)
        expect(seen.length).toBeGreaterThan(50)
        expect(seenOverHttp.length).toBeGreaterThan(5)
        expect(new Set([...seen, ...seenOverHttp])).toEqual(new Set([1]))
        expect(await marks(product_id)).toHaveLength(1)
      })

      it("P2: parallel first versions of a product: one of them is the default", async () => {
        const product_id = await designer.product()
        const replies = await Promise.all(
          Array.from({ length: 10 }, (_, index) => designer.save(product_id, index + 1))
        )
        expect(replies.every(({ status }) => status === 201)).toBe(true)
        expect(replies.filter(({ body }) => body.template.is_default)).toHaveLength(1)
        expect(await marks(product_id)).toHaveLength(1)
      })

      it("P2: the database itself refuses a second default, and one that is not published", async () => {
        const product_id = await designer.product()
        await designer.saved(product_id, 1)
        const { id } = await designer.saved(product_id, 2)
        const draft = await designer.saved(product_id, 3, { status: "draft" })
        const mark = (template: string) =>
          sql.query("update personalization_template set is_default = true where id = $1", [
            template,
          ])
        await expect(mark(id)).rejects.toMatchObject({
          constraint: "IDX_personalization_template_default",
        })
        await expect(mark(draft.id)).rejects.toMatchObject({ code: "23514" })
        await expect(
          sql.query("update personalization_template set version = 1 where id = $1", [id])
        ).rejects.toMatchObject({ constraint: "IDX_personalization_template_product_version" })
      })
    })

    it("P2: any history of a product's versions goes as the rules say", async () => {
      const service = personalization(store.getContainer())
      const status = fc.constantFrom<Status>("draft", "published", "archived")
      const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
      const step = fc.oneof(
        fc.record({
          kind: fc.constant("create" as const),
          version: fc.integer({ min: 1, max: 6 }),
          status,
          is_default: maybe(fc.boolean()),
        }),
        fc.record({
          kind: fc.constant("change" as const),
          version: fc.integer({ min: 1, max: 6 }),
          status: maybe(status),
          is_default: maybe(fc.boolean()),
          label: maybe(fc.constantFrom("Name", "Other")),
        }),
        fc.record({
          kind: fc.constant("delete" as const),
          version: fc.integer({ min: 1, max: 6 }),
        }),
        fc.record({ kind: fc.constant("use" as const), version: fc.integer({ min: 1, max: 6 }) })
      )
      type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
      const definitions: Record<string, Record<string, unknown>> = {
        // As the routes hand them on: parsed, with every default.
        Name: definitionSchema.parse(await designer.definition("Name")),
        Other: definitionSchema.parse(await designer.definition("Other")),
      }
      let products = 0
      const UNCHANGED = { kind: "change", status: undefined, is_default: undefined } as const

      const { id: visitor_id } = await service.createVisitors({
        key_hash: "model",
        expires_at: new Date(Date.now() + 3_600_000),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
          const product_id = `prod_model_${(products += 1)}`
          const model = new TemplateModel()
          const ids = new Map<number, string>()
          const run = async (next: Step): Promise<string> => {
            const id = ids.get(next.version) ?? "ptpl_none"
            if (next.kind === "create") {
              const { template } = await service.createTemplateVersion(
                {
                  product_id,
                  version: next.version,
                  name: "x",
                  definition: definitions.Name ?? {},
                  status: next.status,
                },
                next.is_default
              )
              ids.set(next.version, template.id)
            } else if (next.kind === "change") {
              const { status, is_default, label } = next
              const definition = label === undefined ? undefined : definitions[label]
              await service.updateTemplateVersion(id, { status, is_default, definition })
            } else if (next.kind === "delete") {
              await service.deleteTemplateVersion(id)
            } else {
              await service.startSession({
                visitor_id,
                product_id,
                variant_id: null,
                customer_id: null,
                template_id: id,
                template_version: next.version,
                options: {},
                currency_code: "usd",
                region_id: "reg_model",
                expires_at: new Date(),
              })
            }
            return "done"
          }
          for (const next of steps) {
            const outcome = await run(next).catch((error: { code: string }) => error.code)
            expect(outcome).toBe(model.expect(next))
            const rows = await service.listTemplates({ product_id }, { order: { version: "ASC" } })
            expect(
              rows.map(({ version, status, is_default, used_at, definition }) => ({
                version,
                status,
                is_default,
                used: used_at !== null,
                label: (definition as { zones: { label: string }[] }).zones[0]?.label,
              }))
            ).toEqual(model.rows())
          }
        }),
        {
          numRuns: 60,
          // The same definition once more is no change, of a version in use either.
          examples: [
            [
              [
                { kind: "create", version: 4, status: "draft", is_default: undefined },
                { kind: "use", version: 4 },
                { ...UNCHANGED, version: 4, label: "Name" },
                { ...UNCHANGED, version: 4, label: "Other" },
              ],
            ],
          ],
        }
      )
    })
  },
})
