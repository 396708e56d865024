// Print files of orders, and what previews tell besides: thumbnails, PNG, warnings, events.
import sharp from "sharp"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import reconcileRenderJobs from "../../src/jobs/personalization-render-reconcile"
import { personalizationTestRunner } from "../helpers/runner"
import { privacyShop, type Design } from "./privacy-shop"

type PrintFiles = {
  print_files: {
    item_id: string
    view: string
    url: string
    width: number
    height: number
    dpi: number
    blank: boolean
    expires_at: string
  }[]
  jobs: { id: string; item_id: string; status: string; warnings: unknown[] }[]
}
type Preview = {
  status: string
  job: {
    views: { url: string; width: number; height: number }[]
    warnings: { path: string; code: string }[]
  }
}

personalizationTestRunner({
  testSuite: (store) => {
    const shop = privacyShop(store)

    const asShop = (method: string, path: string, key = shop.seeded().api_key ?? "") =>
      store.request(path, {
        method,
        headers: { "X-API-Key": key, "Content-Type": "application/json" },
        ...(method === "POST" && { body: "{}" }),
      })
    const prints = async (orderId: string): Promise<PrintFiles> =>
      (await asShop("GET", `/orders/${orderId}/print-files`)).json() as Promise<PrintFiles>

    async function settled(orderId: string): Promise<PrintFiles> {
      for (const deadline = Date.now() + 40_000; ;) {
        const answer = await prints(orderId)
        const open = answer.jobs.some(({ status }) => status !== "succeeded")
        if ((answer.jobs.length > 0 && !open) || Date.now() > deadline) {
          return answer
        }
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }

    /** Orders what is in the cart and pays for it. */
    async function paid({ visitor }: Design): Promise<string> {
      const orderId = await shop.order({ visitor })
      const { body } = await visitor.call<{ payment: { url: string } }>(
        "POST",
        `/orders/${orderId}/payment`,
        {}
      )
      const reply = await store.request(new URL(body.payment.url).pathname, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ action: "pay" }),
      })
      expect(reply.status).toBe(200)
      return orderId
    }

    const drawn = async ({ visitor, id }: Design, wish: object): Promise<Preview> => {
      const { body } = await visitor.call<{ jobId: string }>(
        "POST",
        `/sessions/${id}/preview`,
        wish
      )
      return (await visitor.call<Preview>("GET", `/previews/${body.jobId}?wait=25`)).body
    }
    const bytesOf = async (url: string): Promise<Buffer> =>
      Buffer.from(await (await store.request(new URL(url).pathname)).arrayBuffer())

    it("are drawn when an order is paid: every placement, at its size, tagged with its DPI", async () => {
      const design = await shop.design({ back_text: "Back" })
      await shop.addToCart(design)
      const orderId = await paid(design)
      const { print_files, jobs } = await settled(orderId)
      expect(jobs).toMatchObject([{ status: "succeeded" }])
      expect(print_files.map(({ view }) => view)).toEqual(["front", "back"])
      for (const file of print_files) {
        expect(Date.parse(file.expires_at)).toBeGreaterThan(Date.now())
        const { format, width, height, density, hasAlpha } = await sharp(
          await bytesOf(file.url)
        ).metadata()
        expect({ format, width, height, density, hasAlpha }).toEqual({
          ...{ format: "png", hasAlpha: true, density: file.dpi },
          ...{ width: file.width, height: file.height },
        })
      }
      const again = await asShop("POST", `/orders/${orderId}/print-files`)
      expect(again.status).toBe(202)
      const { jobs: asked } = (await again.json()) as PrintFiles
      expect(asked).toMatchObject([{ status: "queued", item_id: jobs[0]?.item_id }])
      // The same design gives the same bytes, in a new file.
      const renewed = await settled(orderId)
      expect(renewed.jobs[0]?.id).toBe(asked[0]?.id)
      const [before, after] = await Promise.all(
        [print_files, renewed.print_files].map(([file]) => bytesOf(file?.url ?? ""))
      )
      expect(after).toEqual(before)
      expect(renewed.print_files[0]?.url).not.toBe(print_files[0]?.url)
    }, 120_000)

    it("are found missing and asked for, once", async () => {
      const design = await shop.design()
      await shop.addToCart(design)
      const orderId = await paid(design)
      await settled(orderId)
      await shop.rows("delete from personalization_render_job where order_id = $1", [orderId])
      expect(await prints(orderId)).toEqual({ print_files: [], jobs: [] })
      await reconcileRenderJobs(store.getContainer())
      await reconcileRenderJobs(store.getContainer())
      expect((await settled(orderId)).jobs).toHaveLength(1)
      const held = await shop.rows<{ jobs: number }>(
        "select count(*)::int as jobs from personalization_render_job where order_id = $1",
        [orderId]
      )
      expect(held).toEqual([{ jobs: 1 }])
    }, 120_000)

    it("are the shop's alone", async () => {
      const design = await shop.design()
      await shop.addToCart(design)
      const orderId = await shop.order(design)
      const path = `/orders/${orderId}/print-files`
      expect((await design.visitor.call("GET", path)).status).toBe(403)
      expect((await asShop("POST", path, "sk_wrong")).status).toBe(403)
      expect((await asShop("GET", "/orders/order_unknown/print-files")).status).toBe(404)
      expect(await prints(orderId)).toEqual({ print_files: [], jobs: [] })
    })

    it("and previews that were drawn anew since are swept a day later, those of carts stay", async () => {
      const age = "update personalization_render_job set finished_at = now() - interval '25 hours'"
      const jobs = (column: "session_id" | "order_id", id: string) =>
        shop.ids(`select id from personalization_render_job where ${column} = $1 order by id`, id)
      const design = await shop.design({ name: "First" })
      const first = await shop.watchPreview(await shop.preview(design))
      await shop.addToCart(design)
      await shop.change(design, { name: "Second" })
      const second = await shop.watchPreview(await shop.preview(design))
      await shop.change(design, { name: "Third" })
      const third = await shop.preview(design)
      const orderId = await paid(design)
      const [old] = (await settled(orderId)).print_files
      await shop.rows(age)
      await asShop("POST", `/orders/${orderId}/print-files`)
      const { print_files } = await settled(orderId)
      expect(await jobs("order_id", orderId)).toHaveLength(2)
      await shop.clean()
      expect(await jobs("session_id", design.id)).toEqual([third])
      expect([new Set(await first()), new Set(await second())]).toEqual([
        new Set(["there"]),
        new Set(["gone"]),
      ])
      expect(await jobs("order_id", orderId)).toHaveLength(1)
      const gone = await store.request(new URL(old?.url ?? "").pathname)
      const kept = await store.request(new URL(print_files[0]?.url ?? "").pathname)
      expect([gone.status, kept.status]).toEqual([404, 200])
    }, 120_000)

    it("previews may be small, and PNG", async () => {
      const design = await shop.design()
      const small = await drawn(design, { target: "thumbnail" })
      expect(small.job.views.map(({ width, height }) => Math.max(width, height))).toEqual([
        320, 320,
      ])
      const { job } = await drawn(design, { view: "front", format: "png" })
      const { format, width } = await sharp(await bytesOf(job.views[0]?.url ?? "")).metadata()
      expect({ format, width }).toEqual({ format: "png", width: job.views[0]?.width })
      const refused = await design.visitor.call("POST", `/sessions/${design.id}/preview`, {
        target: "print",
      })
      expect(refused.status).toBe(400)
    })

    it("previews warn as their sessions do, and tell endpoints that want to hear", async () => {
      const knex = store.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
      const events = async ({ id }: Design) =>
        (
          await knex.raw<{ rows: { data: { preview: { sessionId: string; status: string } } }[] }>(
            "select data from personalization_webhook_event where type = 'preview.succeeded'"
          )
        ).rows.filter(({ data }) => data.preview.sessionId === id)
      await knex.raw(`update personalization_webhook_endpoint set events = '["order.paid"]'`)
      const unheard = await shop.design({ name: "Nobody" })
      await drawn(unheard, {})
      expect(await events(unheard)).toEqual([])
      await knex.raw(`update personalization_webhook_endpoint set events = null`)
      const design = await shop.design({ name: "Heard" })
      const upload = await shop.upload(design)
      await shop.change(design, { photo: { upload_id: upload.id, x: 0.4 } })
      const { body } = await design.visitor.call<{ session: { warnings: object[] } }>(
        "GET",
        `/sessions/${design.id}`
      )
      const { job } = await drawn(design, {})
      expect(job.warnings).toEqual(body.session.warnings)
      expect(job.warnings).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ path: "options.photo", code: "frame_not_covered" }),
        ])
      )
      const told = await events(design)
      expect(told.map(({ data }) => data.preview)).toMatchObject([
        { sessionId: design.id, status: "succeeded" },
      ])
    })
  },
})
