// What happens at the moment at which a removal or an erasure is at it too: nothing is lost, and nothing is left behind.
import { Modules } from "@medusajs/framework/utils"
import { Transform } from "node:stream"
import { Client } from "pg"
import { storeFile } from "../../src/workflows/files/store-file"
import { addPersonalizationItemWorkflow } from "../../src/workflows/carts/workflows/add-item"
import { resolveRegion } from "../../src/workflows/catalog/region"
import { personalizationTestRunner } from "../helpers/runner"
import { checkoutBody } from "./checkout-shop"
import { keyOf, privacyShop, type Design } from "./privacy-shop"
import type { Fault } from "./visitor"

type Item = { issues: { code: string }[]; template_snapshot: unknown }
type Job = { jobId: string; status: string; job: { views: { url: string }[] } }

personalizationTestRunner({
  testSuite: (store) => {
    const shop = privacyShop(store)
    const { rows, ids, design, change, upload, preview, addToCart, expire, clean } = shop
    const request = ({ visitor }: Design, method: string, path: string, body?: unknown) =>
      visitor.call<Fault>(method, path, body)
    const visitorLock = ({ visitor_id }: Design) => `personalization-removal:${visitor_id}`
    const designsOf = ({ visitor_id }: Design) =>
      ids("select id from personalization_design where visitor_id = $1", visitor_id)

    /** Starts some work, which must come to wait for a lock that is held; does a deletion meanwhile, and lets go. */
    async function meanwhile<T>(
      lock: string,
      work: () => Promise<T>,
      deletion: [sql: string, ...values: string[]]
    ): Promise<T> {
      const client = new Client({ connectionString: store.databaseUrl })
      await client.connect()
      try {
        await client.query("begin")
        await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [lock])
        const working = work()
        const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`
        while ((await rows(waiting)).length === 0) {
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
        const [sql, ...values] = deletion
        await client.query(sql, values)
        await client.query("commit")
        return await working
      } finally {
        await client.end()
      }
    }

    it("freezes nothing of a session that goes while its design is put into the cart", async () => {
      const own = await design()
      const item = { item: { session_id: own.id } }
      const reply = await meanwhile(
        visitorLock(own),
        () => request(own, "POST", "/cart/items", item),
        ["delete from personalization_session where id = $1", own.id]
      )
      expect(reply).toMatchObject({ status: 404, body: { code: "session_not_found" } })
      expect((await request(own, "GET", "/cart")).body).toEqual([])
      expect(await designsOf(own)).toEqual([])
    })

    it("begins and freezes nothing for a visitor whose erasure has begun", async () => {
      const own = await design()
      const line = await addToCart(own)
      await shop.service().retention.expireVisitor(own.visitor_id)
      const price_context = await resolveRegion(store.getContainer(), {})
      const { errors } = await addPersonalizationItemWorkflow(store.getContainer()).run({
        input: {
          ...{ owner: { visitor_id: own.visitor_id }, session_id: own.id, quantity: 1 },
          ...{ cart_id: line.cart_id, price_context },
        },
        throwOnError: false,
      })
      expect(errors.map(({ error }) => (error as Fault).code)).toEqual(["session_not_found"])
      const [row] = await shop.service().listSessions({ id: own.id })
      const { id: _, created_at: __, updated_at: ___, deleted_at: ____, ...again } = row ?? {}
      const begun = shop.service().startSession(again as never)
      await expect(begun).rejects.toMatchObject({ code: "session_not_found" })
      const later = new Date(Date.now() + 1_000_000)
      expect(await shop.service().keepVisitor(own.visitor_id, later)).toBe(false)
      expect((await request(own, "GET", "/cart")).body).toEqual([])
    })

    it("saves no picture that is removed while it is set", async () => {
      const [first, second] = [await design(), await design()]
      const sent = await upload({ ...first, visitor_id: second.visitor_id })
      const options = { photo: { upload_id: sent.id } }
      const reply = await meanwhile(
        visitorLock(second),
        () => request(second, "PATCH", `/sessions/${second.id}`, { options }),
        ["delete from personalization_upload where id = $1", sent.id]
      )
      expect(reply).toMatchObject({
        status: 400,
        body: { issues: [{ code: "unknown_upload", path: "options.photo.upload_id" }] },
      })
      const { body } = await second.visitor.call<{
        session: { options: object; revision: number }
      }>("GET", `/sessions/${second.id}`)
      expect(body.session).toMatchObject({ revision: 1 })
      expect(body.session.options).not.toHaveProperty("photo")
    })

    it("takes no pictures over from a job that is being removed", async () => {
      const own = await design({ name: "Drawn twice" })
      const id = await preview(own)
      const [row] = await rows<{ hash: string }>(
        "select hash from personalization_render_job where id = $1",
        [id]
      )
      const asked = await meanwhile(
        row?.hash ?? "",
        () => own.visitor.call<Job>("POST", `/sessions/${own.id}/preview`, {}),
        ["delete from personalization_render_job where id = $1", id]
      )
      const done = await own.visitor.call<Job>("GET", `/previews/${asked.body.jobId}?wait=25`)
      expect(done.body.status).toBe("succeeded")
      const [drawn] = await rows<{ started_at: Date | null }>(
        "select started_at from personalization_render_job where id = $1",
        [asked.body.jobId]
      )
      expect(drawn?.started_at).toBeInstanceOf(Date)
    })

    it("sells and removes nothing by halves when a line arrives while a removal looks", async () => {
      const own = await design()
      const line = await addToCart(own)
      await own.visitor.call("DELETE", `/cart/items/${line.id}`)
      const [id = ""] = await designsOf(own)
      const { retention } = shop.service()
      // The removal has looked: nothing is on its way. What is asked for now gets a design of its own.
      expect(await retention.retireDesigns([id])).toEqual([id])
      await addToCart(own)
      const both = await designsOf(own)
      expect(both).toHaveLength(2)
      await retention.removeStrayDesigns([id])
      await expire(own.id)
      expect(await clean()).toMatchObject({ sessions: 0, designs: 1 })
      const { body } = await own.visitor.call<Item[]>("GET", "/cart")
      expect(body.map(({ issues }) => issues)).toEqual([[]])
    })

    it("takes back what a cart did not get, and nothing that another has", async () => {
      const own = await design()
      const line = await addToCart(own)
      const [id = ""] = await designsOf(own)
      const held = { id, cart_id: line.cart_id, created: false, new_in_cart: false }
      const other = { ...held, cart_id: "cart_other", created: true, new_in_cart: true }
      await rows(
        `insert into personalization_design_cart (design_id, cart_id, on_its_way_until)
         values ($1, 'cart_other', now() + interval '5 minutes')`,
        [id]
      )
      await shop.service().releaseDesign(other)
      await shop.service().releaseDesign(held)
      const marks = () =>
        rows(
          "select cart_id, on_its_way_until from personalization_design_cart where design_id = $1",
          [id]
        )
      expect(await marks()).toEqual([{ cart_id: line.cart_id, on_its_way_until: null }])
      await shop.service().releaseDesign({ ...held, created: true, new_in_cart: true })
      expect([await marks(), await designsOf(own)]).toEqual([[], []])
    })

    describe("a design that was taken for a cart whose line is not there yet", () => {
      const KEPT = { sessions: 0, designs: 0, uploads: 0 }
      const setOut = ({ visitor_id }: Design, minutes: number) =>
        rows(
          `update personalization_design_cart set on_its_way_until = now() + make_interval(mins => $2)
            where design_id in (select id from personalization_design where visitor_id = $1)`,
          [visitor_id, minutes]
        )

      async function taken(): Promise<Design> {
        const own = await design()
        const sent = await upload(own)
        await change(own, { photo: { upload_id: sent.id } })
        const line = await addToCart(own)
        const marks = await rows<{ on_its_way_until: Date | null }>(
          `select on_its_way_until from personalization_design_cart where cart_id = $1`,
          [line.cart_id]
        )
        expect(marks).toEqual([{ on_its_way_until: null }])
        await own.visitor.call("DELETE", `/cart/items/${line.id}`)
        await setOut(own, 5)
        return own
      }

      it("is not removed with its session", async () => {
        const own = await taken()
        await expire(own.id)
        expect(await clean()).toMatchObject(KEPT)
        await setOut(own, -1)
        expect(await clean()).toMatchObject({ sessions: 1, designs: 1, uploads: 1 })
      })

      it("goes soon after an erasure, with the line that got into the cart meanwhile", async () => {
        const own = await taken()
        const { erased } = await shop.erased(keyOf(own))
        expect(erased).toMatchObject({ sessions: 1, visitors: 1, designs: 0 })
        const [left] = await designsOf(own)
        const [{ cart_id = "" } = {}] = await rows<{ cart_id: string }>(
          "select cart_id from personalization_design_cart where design_id = $1",
          [left]
        )
        const [variant] = await ids(
          "select variant_id as id from personalization_design where id = $1",
          left
        )
        await store
          .getContainer()
          .resolve(Modules.CART)
          .addLineItems(cart_id, [
            {
              ...{ title: "T-shirt", quantity: 1, unit_price: 24, variant_id: variant ?? "" },
              metadata: { personalization_design_id: left },
            },
          ])
        expect(await clean()).toMatchObject({ ...KEPT, cart_lines: 1 })
        await setOut(own, -1)
        expect(await clean()).toMatchObject({ designs: 1, cart_lines: 0, uploads: 1, files: 2 })
        expect(await designsOf(own)).toEqual([])
      })
    })

    it("is not sold blank: a design that was parted from its visitor cannot be bought", async () => {
      const own = await design()
      await addToCart(own)
      await rows("update personalization_design set anonymized_at = now() where visitor_id = $1", [
        own.visitor_id,
      ])
      const { body } = await own.visitor.call<Item[]>("GET", "/cart")
      expect(body.map(({ issues }) => issues.map(({ code }) => code))).toEqual([
        ["design_mismatch"],
      ])
      const refused = await request(own, "POST", "/checkout", checkoutBody())
      expect(refused).toMatchObject({
        status: 400,
        body: { issues: [{ code: "design_mismatch" }] },
      })
    })

    describe("a file", () => {
      const content = Buffer.from("not to be lost")
      const store_ = () =>
        storeFile(store.getContainer(), { kind: "upload", mime_type: "image/png", content })
      const stored = () =>
        ids("select id from personalization_file where bytes = $1", String(content.length))
      afterEach(() => jest.restoreAllMocks())

      it("is known before its first byte is stored, so that a crash leaves none that nothing leads to", async () => {
        const files = store.getContainer().resolve(Modules.FILE)
        const open = files.getUploadStream.bind(files)
        const known: string[][] = []
        jest.spyOn(files, "getUploadStream").mockImplementation(async (input) => {
          const upload = await open(input)
          const look = new Transform({
            transform: (piece: Buffer, _encoding, done) => {
              stored().then((found) => {
                known.push(found)
                done(null, piece)
              }, done)
            },
          })
          look.pipe(upload.writeStream)
          return { ...upload, writeStream: look }
        })
        const { id } = await store_()
        expect(known).toEqual([[id]])
      })

      it("keeps its row when neither storing nor removing it works, for the hourly job", async () => {
        const before = await stored()
        const files = store.getContainer().resolve(Modules.FILE)
        const open = files.getUploadStream.bind(files)
        jest.spyOn(files, "getUploadStream").mockImplementation(async (input) => {
          const upload = await open(input)
          upload.writeStream.destroy(new Error("disk full"))
          return upload
        })
        await expect(store_()).rejects.toThrow("disk full")
        expect(await stored()).toEqual(before)
        jest.spyOn(files, "deleteFiles").mockRejectedValue(new Error("unreachable"))
        await expect(store_()).rejects.toThrow("disk full")
        const [left] = (await stored()).filter((id) => !before.includes(id))
        jest.restoreAllMocks()
        await rows(
          "update personalization_file set created_at = now() - interval '2 days' where id = $1",
          [left]
        )
        expect((await clean()).files).toBeGreaterThan(0)
        expect(await stored()).not.toContain(left)
      })
    })
  },
})
