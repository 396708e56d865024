// What the hourly job removes, what it must keep, and that it finds what a crash left behind.
import { mkdir, rm, rmdir } from "node:fs/promises"
import path from "node:path"
import { Client } from "pg"
import { storeFile } from "../../src/workflows/files/store-file"
import { personalizationTestRunner } from "../helpers/runner"
import { privacyShop } from "./privacy-shop"

const GONE = ["gone", "gone"]
const THERE = ["there", "there"]

personalizationTestRunner({
  testSuite: (store) => {
    const shop = privacyShop(store)
    const { rows, ids, design, change, upload, preview, addToCart, expire, clean } = shop
    const sessions = (...wanted: string[]) =>
      ids("select id from personalization_session where id = any($1) order by id", wanted)

    it("removes an expired session with its uploads, previews and files, and nothing of a live one", async () => {
      const [over, live] = [await design({ name: "Over" }), await design({ name: "Live" })]
      const files = []
      for (const each of [over, live]) {
        const sent = await upload(each)
        await change(each, { photo: { upload_id: sent.id } })
        files.push([await shop.watchUpload(sent), await shop.watchPreview(await preview(each))])
      }
      await expire(over.id)
      const counts = await clean()
      expect(counts).toMatchObject({ sessions: 1, uploads: 1, renders: 1, files: 4, designs: 0 })
      expect(await sessions(over.id, live.id)).toEqual([live.id])
      const looked = await Promise.all(files.flat().map((look) => look()))
      expect(looked).toEqual([GONE, GONE, THERE, THERE])
      const jobs = await rows("select session_id from personalization_render_job")
      expect(jobs).toEqual([{ session_id: live.id }])
      expect((await live.visitor.call("GET", `/sessions/${live.id}`)).status).toBe(200)
      expect((await clean()).sessions).toBe(0)
    })

    it("keeps what a cart's line refers to, and lets it go with the line", async () => {
      const bought = await design({ name: "Bought" })
      const sent = await upload(bought)
      await change(bought, { photo: { upload_id: sent.id } })
      const look = await shop.watchUpload(sent)
      const drawn = await shop.watchPreview(await preview(bought))
      const line = await addToCart(bought)
      await expire(bought.id)
      expect(await clean()).toMatchObject({ sessions: 0, uploads: 0, renders: 0, files: 0 })
      expect(await sessions(bought.id)).toEqual([bought.id])
      expect([await look(), await drawn()]).toEqual([THERE, THERE])
      expect((await bought.visitor.call("GET", `/sessions/${bought.id}`)).status).toBe(404)

      await bought.visitor.call("DELETE", `/cart/items/${line.id}`)
      expect(await clean()).toMatchObject({ sessions: 1, designs: 1, uploads: 1, renders: 1 })
      expect([await look(), await drawn()]).toEqual([GONE, GONE])
    })

    it("keeps what an order's item refers to, and not what else was frozen in that session", async () => {
      const bought = await design({ name: "First" })
      const dropped = await addToCart(bought)
      await bought.visitor.call("DELETE", `/cart/items/${dropped.id}`)
      await change(bought, { name: "Second" })
      await addToCart(bought)
      const orderId = await shop.order(bought)
      await rows(
        "delete from cart_line_item where cart_id in (select cart_id from order_cart where order_id = $1)",
        [orderId]
      )
      await expire(bought.id)
      expect(await clean()).toMatchObject({ sessions: 0, designs: 1 })
      const left = await rows<{ options: { name: { text: string } } }>(
        "select options from personalization_design where session_id = $1",
        [bought.id]
      )
      expect(left.map(({ options }) => options.name.text)).toEqual(["Second"])
    })

    it("keeps an upload that another of the visitor's designs uses", async () => {
      const over = await design()
      const [inLive, inCart] = [await upload(over), await upload(over)]
      const live = await design({ photo: { upload_id: inLive.id } }, over.visitor)
      const cart = await design({ photo: { upload_id: inCart.id } }, over.visitor)
      const line = await addToCart(cart)
      // What was bought stays as it was, whatever its session holds by now.
      await change(cart, { photo: null })
      const [liveFiles, cartFiles] = [
        await shop.watchUpload(inLive),
        await shop.watchUpload(inCart),
      ]
      await expire(over.id, cart.id)
      expect(await clean()).toMatchObject({ sessions: 1, uploads: 0, files: 0 })
      expect([await liveFiles(), await cartFiles()]).toEqual([THERE, THERE])

      await over.visitor.call("DELETE", `/cart/items/${line.id}`)
      await clean()
      expect([await liveFiles(), await cartFiles()]).toEqual([THERE, GONE])
      await expire(live.id)
      await clean()
      expect(await liveFiles()).toEqual(GONE)
    })

    it("removes an upload of a session that is gone once a live design has dropped it", async () => {
      const over = await design()
      const sent = await upload(over)
      const live = await design({ photo: { upload_id: sent.id } }, over.visitor)
      const look = await shop.watchUpload(sent)
      await expire(over.id)
      await clean()
      await change(live, { photo: null })
      const age = (days: number) =>
        rows(
          "update personalization_upload set created_at = now() - make_interval(days => $2) where id = $1",
          [sent.id, days]
        )
      await age(0)
      expect(await clean()).toMatchObject({ uploads: 0 })
      await age(2)
      expect(await clean()).toMatchObject({ uploads: 1, files: 2 })
      expect(await look()).toEqual(GONE)
    })

    it("keeps an upload that was sent for a live session and is on no design yet", async () => {
      const live = await design()
      const look = await shop.watchUpload(await upload(live))
      const over = await design({}, live.visitor)
      await expire(over.id)
      await clean()
      expect(await look()).toEqual(THERE)
    })

    it("keeps a file that a copy for another visitor uses, until the last one is gone", async () => {
      const [one, other] = [await design(), await design()]
      const sent = await upload(one)
      const { id: _, created_at: __, updated_at: ___, deleted_at: ____, ...facts } = sent
      await shop
        .service()
        .createUploads({ ...facts, session_id: other.id, visitor_id: other.visitor_id })
      const look = await shop.watchUpload(sent)
      await expire(one.id)
      expect(await clean()).toMatchObject({ uploads: 1, files: 0 })
      expect(await look()).toEqual(THERE)
      await expire(other.id)
      expect(await clean()).toMatchObject({ uploads: 1, files: 2 })
      expect(await look()).toEqual(GONE)
    })

    it("keeps a preview that somebody else asked for too, until the last one is gone", async () => {
      const [one, other] = [await design({ name: "Same" }), await design({ name: "Same" })]
      const look = await shop.watchPreview(await preview(one))
      const theirs = await preview(other)
      await expire(one.id)
      expect(await clean()).toMatchObject({ renders: 1, files: 0 })
      expect(await look()).toEqual(THERE)
      const seen = await other.visitor.call<{ url: string }>("GET", `/previews/${theirs}`)
      expect((await fetch(seen.body.url)).status).toBe(200)
      await expire(other.id)
      await clean()
      expect(await look()).toEqual(GONE)
    })

    it("keeps a preview for the design that shows it, parted from who asked for it", async () => {
      const bought = await design({ name: "Shown" })
      const line = await addToCart(bought)
      const again = await design({ name: "Shown" }, bought.visitor)
      const job = await preview(again)
      const look = await shop.watchPreview(job)
      await expire(again.id)
      expect(await clean()).toMatchObject({ sessions: 1, renders: 0, files: 0 })
      expect(await look()).toEqual(THERE)
      const kept = await rows(
        "select session_id, visitor_id, input from personalization_render_job where id = $1",
        [job]
      )
      expect(kept).toEqual([{ session_id: null, visitor_id: null, input: {} }])
      const { body } = await bought.visitor.call<{ preview_url: string }[]>("GET", "/cart")
      expect((await fetch(body[0]?.preview_url ?? "")).status).toBe(200)

      await bought.visitor.call("DELETE", `/cart/items/${line.id}`)
      await expire(bought.id)
      await clean()
      expect(await look()).toEqual(GONE)
    })

    it("finds what crashes left behind, but nothing that is only a moment old", async () => {
      const container = store.getContainer()
      const content = Buffer.from("a picture")
      const file = (kind: "upload" | "upload_proxy" | "preview" | "print" | "asset") =>
        storeFile(container, { kind, mime_type: "image/png", content })
      const old = await Promise.all(
        (["upload", "upload_proxy", "preview", "print"] as const).map(file)
      )
      const stay = [await file("upload"), await file("preview"), await file("asset")]
      const over = await design({ name: "Left over" })
      const sent = await upload(over)
      const uploadFiles = await shop.watchUpload(sent)
      const previewFiles = await shop.watchPreview(await preview(over))
      const line = await addToCart(over)
      await rows("update cart_line_item set deleted_at = now() where id = $1", [line.id])
      await rows(
        "update personalization_file set created_at = now() - interval '2 days' where id = any($1)",
        [[...old.map(({ id }) => id), stay[2]?.id]]
      )
      const [oldFiles, newFiles] = [
        await shop.watch(old.map(({ id }) => id)),
        await shop.watch(stay.map(({ id }) => id)),
      ]
      // The process ended after the session's row was gone.
      await rows("delete from personalization_session where id = $1", [over.id])
      expect(await clean()).toMatchObject({ designs: 0, uploads: 0, renders: 0, files: 4 })
      expect(await oldFiles()).toEqual(["gone", "gone", "gone", "gone"])
      expect(await newFiles()).toEqual(["there", "there", "there"])

      for (const table of ["design", "upload"]) {
        await rows(
          `update personalization_${table} set created_at = now() - interval '2 days' where visitor_id = $1`,
          [over.visitor_id]
        )
      }
      expect(await clean()).toMatchObject({ designs: 1, uploads: 1, files: 4 })
      expect([await uploadFiles(), await previewFiles()]).toEqual([GONE, GONE])
    })

    it("finds a file again that the storage could not remove", async () => {
      const over = await design()
      const sent = await upload(over)
      const look = await shop.watchUpload(sent)
      const [stored] = await rows<{ storage_id: string }>(
        "select storage_id from personalization_file where id = $1",
        [sent.file_id]
      )
      const place = path.join(process.env.FILES_DIR ?? "", stored?.storage_id ?? "")
      await rm(place)
      await mkdir(place)
      await expire(over.id)
      expect(await clean()).toMatchObject({ sessions: 1, uploads: 1, files: 0 })
      expect(await sessions(over.id)).toEqual([])
      await rmdir(place)
      await rows(
        "update personalization_file set created_at = now() - interval '2 days' where id = any($1)",
        [[sent.file_id, sent.proxy_file_id]]
      )
      expect(await clean()).toMatchObject({ files: 2 })
      expect(await look()).toEqual(GONE)
    })

    it("leaves a session to whoever is at it, and two at once share the work", async () => {
      const over = await Promise.all(Array.from({ length: 4 }, () => design()))
      await expire(...over.map(({ id }) => id))
      const somebody = new Client({ connectionString: store.databaseUrl })
      await somebody.connect()
      await somebody.query("begin")
      await somebody.query("select 1 from personalization_session where id = $1 for update", [
        over[0]?.id,
      ])
      const [one, other] = await Promise.all([clean(), clean()])
      expect(one.sessions + other.sessions).toBe(3)
      await somebody.query("commit")
      await somebody.end()
      expect((await clean()).sessions).toBe(1)
    })

    it("removes an upload of two sessions that two processes remove at the same moment", async () => {
      const { retention } = shop.service()
      for (let round = 0; round < 10; round++) {
        const one = await design()
        const sent = await upload(one)
        const other = await design({ photo: { upload_id: sent.id } }, one.visitor)
        await expire(one.id, other.id)
        const removed = await Promise.all(
          [one, other].map(({ id }) =>
            retention.removeExpiredSessions({ session_ids: [id], free_design_ids: [] })
          )
        )
        expect(removed.reduce((sum, { uploads }) => sum + uploads, 0)).toBe(1)
      }
    })

    it("keeps a session that came back to life before it was removed", async () => {
      const over = await design()
      await expire(over.id)
      const { retention } = shop.service()
      const [listed] = (await retention.listExpiredSessions(null, 100)).filter(
        ({ id }) => id === over.id
      )
      await rows(
        "update personalization_session set expires_at = now() + interval '1 day' where id = $1",
        [over.id]
      )
      const removed = await retention.removeExpiredSessions({
        session_ids: [listed?.id ?? ""],
        free_design_ids: [],
      })
      expect(removed.session_ids).toEqual([])
    })

    it("removes visitors whose time is over once they have nothing, and counters that are over", async () => {
      const [gone, busy] = [await design(), await design()]
      // An order without a design is the only thing that leads to this one.
      const visitor = shop.visitor()
      await shop.addPlainItem(visitor)
      const orderId = await shop.order({ visitor })
      const [buyer] = await ids(
        "select visitor_id as id from personalization_production_order where order_id = $1",
        orderId
      )
      await rows("update personalization_visitor set expires_at = now() - interval '1 minute'")
      await expire(gone.id)
      await rows(
        "insert into personalization_rate_limit (key, points, expire) values ('over', 1, 1000), ('live', 1, (extract(epoch from now()) * 1000)::bigint + 60000), ('always', 1, null)"
      )
      const counts = await clean()
      expect(counts.visitors).toBeGreaterThan(0)
      expect(counts.rate_limits).toBe(1)
      const visitors = await ids("select id from personalization_visitor where id = any($1)", [
        gone.visitor_id,
        busy.visitor_id,
        buyer,
      ])
      expect(visitors.sort()).toEqual([busy.visitor_id, buyer].sort())
      expect(await ids("select key as id from personalization_rate_limit order by key")).toEqual([
        "always",
        "live",
      ])
      expect((await clean()).visitors).toBe(0)
    })
  },
})
