// Story P2: templates change, come into use and end; what is in use stands.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { setTimeout } from "node:timers/promises"
import { Client } from "pg"
import { personalization } from "../../src/workflows/services"
import { personalizationTestRunner } from "../helpers/runner"
import { failAtTheEnd } from "./failing-catalog"
import { Designer, type WireTemplate } from "./p2-designer"
import { seededShop, TestVisitor, type Fault, type Started } from "./visitor"

type List = { templates: WireTemplate[] }

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded } = seededShop(store)
    const designer = new Designer(store, seeded)
    const visitor = () => new TestVisitor(store)
    const start = (product_id: string, template_id?: string) =>
      visitor().call<Started & Fault>("POST", "/sessions", { product_id, template_id })

    describe("PUT /templates/:id", () => {
      const put = (id: string, body: unknown) => designer.call("PUT", `/templates/${id}`, body)

      it("P2: changes the name, the status and the definition of a draft", async () => {
        const product_id = await designer.product()
        const draft = await designer.saved(product_id, 1, { status: "draft" })
        const definition = await designer.definition("First name")
        const { status, body } = await put(draft.id, {
          name: "Summer",
          status: "published",
          definition,
        })
        expect(status).toBe(200)
        expect(body.template).toMatchObject({
          ...draft,
          name: "Summer",
          status: "published",
          is_default: true,
          definition: { zones: [{ label: "First name" }] },
        })
        expect(await designer.read(draft.id)).toEqual(body.template)
      })

      it("P2: changes nothing when nothing is given, and takes what is there already", async () => {
        const before = await designer.saved(await designer.product(), 1)
        const row = () => personalization(store.getContainer()).retrieveTemplate(before.id)
        const { updated_at } = await row()
        const { name, status, is_default, definition } = before
        for (const body of [{}, { name, status, is_default, definition }]) {
          expect(await put(before.id, body)).toMatchObject({
            status: 200,
            body: { template: before },
          })
        }
        expect((await row()).updated_at).toEqual(updated_at)
      })

      it("P2: changes all or nothing", async () => {
        const product_id = await designer.product()
        const before = await designer.saved(product_id, 1)
        const refused = [
          { name: "Changed", definition: { schema: 1 } },
          { name: "Changed", status: "draft" },
          { name: "Changed", status: "archived", is_default: true },
        ]
        for (const body of refused) {
          expect((await put(before.id, body)).status).toBeGreaterThanOrEqual(400)
          expect(await designer.read(before.id)).toEqual(before)
        }
      })

      it.each([
        ["product_id", { product_id: "prod_other" }],
        ["version", { version: 2 }],
        ["name", { name: "" }],
        ["status", { status: "live" }],
        ["is_default", { is_default: 1 }],
        ["definition", { definition: null }],
      ])("P2: refuses a bad %s: %j", async (path, change) => {
        const { id } = await designer.saved(await designer.product(), 1, { status: "draft" })
        const { status, body } = await put(id, change)
        expect({ status, paths: body.issues?.map((issue) => issue.path) }).toEqual({
          status: 400,
          paths: [path],
        })
      })

      it("P2: takes a template from draft to published to archived, never back", async () => {
        const product_id = await designer.product()
        await designer.saved(product_id, 1)
        const { id } = await designer.saved(product_id, 2, { status: "draft" })
        const step = async (status: string) => {
          const reply = await put(id, { status })
          return reply.status === 200 ? reply.body.template.status : reply.body.code
        }
        expect(await step("draft")).toBe("draft")
        expect(await step("published")).toBe("published")
        expect(await step("draft")).toBe("status_not_allowed")
        expect(await step("archived")).toBe("archived")
        expect(await step("archived")).toBe("archived")
        expect(await step("published")).toBe("status_not_allowed")
        expect(await step("draft")).toBe("status_not_allowed")
        expect((await put(id, { status: "published" })).status).toBe(409)
        const { id: unused } = await designer.saved(product_id, 3, { status: "draft" })
        expect((await put(unused, { status: "archived" })).status).toBe(200)
      })

      it("P2: answers 404 for unknown and deleted ones, and 403 without a key first", async () => {
        const product_id = await designer.product()
        const { id } = await designer.saved(product_id, 1)
        expect((await visitor().call("PUT", `/templates/${id}`, { name: 1 })).status).toBe(403)
        expect((await visitor().call("DELETE", `/templates/${id}`)).status).toBe(403)
        await designer.call("DELETE", `/templates/${id}`)
        const gone = await put(id, { name: "x" })
        const unknown = await put("ptpl_none", { name: "x" })
        expect([gone.status, unknown.status, gone.text]).toEqual([404, 404, unknown.text])
        expect((await designer.call("DELETE", `/templates/${id}`)).status).toBe(404)
      })

      it("P2: takes everything back when the workflow fails after the change", async () => {
        const product_id = await designer.product()
        const first = await designer.saved(product_id, 1)
        const second = await designer.saved(product_id, 2)
        const connection = store.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
        await connection.raw(
          "alter sequence personalization_catalog_version rename to personalization_catalog_gone"
        )
        try {
          const definition = await designer.definition("Changed")
          const change = await put(second.id, { name: "Changed", is_default: true, definition })
          const creation = await designer.save(product_id, 3, { is_default: true })
          const third = await designer.call("DELETE", `/templates/${second.id}`)
          expect([change.status, creation.status, third.status]).toEqual([500, 500, 500])
        } finally {
          await connection.raw(
            "alter sequence personalization_catalog_gone rename to personalization_catalog_version"
          )
        }
        const { body } = await designer.call<List>("GET", `/templates?product_id=${product_id}`)
        expect(body.templates).toEqual([first, second])
        expect((await designer.save(product_id, 3)).status).toBe(201)
      })
    })

    it("P2: changes that fail leave nothing behind in the catalog", async () => {
      const product_id = await designer.product()
      await designer.saved(product_id, 1)
      const { id } = await designer.saved(product_id, 2)
      for (const change of [
        () => designer.save(product_id, 3, { is_default: true }),
        () => designer.call("PUT", `/templates/${id}`, { is_default: true }),
      ]) {
        const path = `/products/${product_id}`
        const { failed, before, during, after } = await failAtTheEnd(store, path, change)
        expect(failed.status).toBe(500)
        expect(during).not.toBe(before)
        expect(after).toBe(before)
      }
    })

    describe("a template in use", () => {
      let sql: Client
      beforeAll(async () => {
        sql = new Client({ connectionString: store.databaseUrl })
        await sql.connect()
      })
      afterAll(() => sql.end())

      /** Waits until this many requests of the store wait for a lock. */
      async function waiting(count: number): Promise<void> {
        const deadline = Date.now() + 10_000
        while (Date.now() < deadline) {
          const { rows } = await sql.query(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
          )
          if (rows.length >= count) {
            return
          }
          await setTimeout(20)
        }
        throw new Error(`There were never ${count} requests waiting.`)
      }

      it("P2: never changes its definition again, and says so; all else may change", async () => {
        const product_id = await designer.product()
        const before = await designer.saved(product_id, 1)
        expect((await start(product_id)).status).toBe(201)
        const { id } = before
        const definition = await designer.definition("Changed")
        const refused = await designer.call("PUT", `/templates/${id}`, {
          name: "Changed",
          definition,
        })
        expect(refused).toMatchObject({ status: 409, body: { code: "template_in_use" } })
        expect(await designer.read(id)).toEqual(before)
        const renamed = await designer.call("PUT", `/templates/${id}`, {
          name: "Renamed",
          definition: before.definition,
        })
        expect(renamed).toMatchObject({
          status: 200,
          body: { template: { ...before, name: "Renamed" } },
        })
        const next = await designer.save(product_id, 2, { definition, is_default: true })
        expect(next.status).toBe(201)
      })

      it("P2: takes its own definition as it was written, defaults left out, as no change", async () => {
        const product_id = await designer.product()
        const { id } = await designer.saved(product_id, 1)
        await start(product_id)
        const { status } = await designer.call("PUT", `/templates/${id}`, {
          definition: await designer.definition(),
        })
        expect(status).toBe(200)
      })

      it("P2: stays in use when its session is gone", async () => {
        const product_id = await designer.product()
        const { id } = await designer.saved(product_id, 1)
        const { body } = await start(product_id)
        await personalization(store.getContainer()).deleteSessions(body.sessionId)
        const definition = await designer.definition("Changed")
        expect(await designer.call("PUT", `/templates/${id}`, { definition })).toMatchObject({
          status: 409,
        })
      })

      it("P2: a change that meets a session being started waits for it, and is refused", async () => {
        const product_id = await designer.product()
        const before = await designer.saved(product_id, 1)
        const definition = await designer.definition("Changed")
        // Readers go on, but no session can be inserted: the one that starts stops within its transaction.
        await sql.query("begin")
        await sql.query("lock table personalization_session in exclusive mode")
        const session = start(product_id)
        await waiting(1)
        const change = designer.call("PUT", `/templates/${before.id}`, { definition })
        await waiting(2)
        await sql.query("commit")
        expect((await session).status).toBe(201)
        expect(await change).toMatchObject({ status: 409, body: { code: "template_in_use" } })
        expect(await designer.read(before.id)).toEqual(before)
      })

      it("P2: changes and sessions that race: never a session whose template changed afterwards", async () => {
        await sql.query(`
          create table change_after_use (id text);
          create function note_change_after_use() returns trigger language plpgsql as
            'begin insert into change_after_use values (old.id); return new; end';
          create trigger change_after_use after update on personalization_template for each row
            when (old.used_at is not null and old.definition is distinct from new.definition)
            execute function note_change_after_use();`)
        const noted = async () => (await sql.query("select id from change_after_use")).rows
        const product_id = await designer.product()
        const changed = await designer.definition("Changed")
        const outcomes: number[] = []
        let last = ""
        for (let version = 1; version <= 40; version += 1) {
          const { id } = await designer.saved(product_id, version)
          last = id
          // From a change that is surely first to a session that is.
          const lead = version - 20
          const [session, change] = await Promise.all([
            setTimeout(Math.max(0, -20 * lead)).then(() => start(product_id, id)),
            setTimeout(Math.max(0, 20 * lead)).then(() =>
              designer.call("PUT", `/templates/${id}`, { definition: changed })
            ),
          ])
          expect(session.status).toBe(201)
          expect([200, 409]).toContain(change.status)
          outcomes.push(change.status)
          const { definition } = await designer.read(id)
          expect(definition).toMatchObject({
            zones: [{ label: change.status === 200 ? "Changed" : "Name" }],
          })
        }
        expect(outcomes).toContain(200)
        expect(outcomes).toContain(409)
        expect(await noted()).toEqual([])
        await sql.query(`update personalization_template set definition = '{}' where id = $1`, [
          last,
        ])
        expect(await noted()).toEqual([{ id: last }])
      })
    })

    describe("DELETE /templates/:id", () => {
      it("P2: hides the template, and what uses it goes on", async () => {
        const product_id = await designer.product()
        await designer.saved(product_id, 1)
        const { id } = await designer.saved(product_id, 2)
        const owner = visitor()
        const { body } = await owner.call<Started>("POST", "/sessions", {
          product_id,
          template_id: id,
        })
        const gone = await designer.call("DELETE", `/templates/${id}`)
        expect(gone).toMatchObject({ status: 200, body: { id, object: "template", deleted: true } })
        expect((await designer.call("GET", `/templates/${id}`)).status).toBe(404)
        expect((await start(product_id, id)).status).toBe(400)
        const { status } = await owner.call("PATCH", `/sessions/${body.sessionId}`, {
          options: { name: "Ada" },
        })
        expect(status).toBe(200)
        const session = await owner.call("GET", `/sessions/${body.sessionId}`)
        expect(session).toMatchObject({
          status: 200,
          body: { session: { template_version: 2, options: { name: expect.anything() } } },
        })
      })
    })
  },
})
