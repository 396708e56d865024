// What a template says holds everywhere: for what a visitor may enter, for prices, previews and the cart.
import sharp from "sharp"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../../src/domain/__tests__/sample"
import type { DefinitionInput } from "../../src/domain/template/definition"
import { personalizationTestRunner } from "../helpers/runner"
import { seededShop, TestVisitor, type Fault, type Reply, type Started } from "./visitor"

const usd = (amount: number) => ({ usd: amount })
const when = (is: string) => ({ zone: "style", is })
const printed = { placement: "front", frame: { x: 5, y: 5, width: 50, height: 50 } }

const DEFINITION: DefinitionInput = {
  schema: 1,
  placements: [{ ...SAMPLE_PLACEMENT, background: { asset: "t-shirt-front" } }],
  zones: [
    { kind: "option", key: "style", label: "Style", option_set: "style", default: "plain" },
    {
      ...SAMPLE_TEXT_ZONE,
      default: "Ada",
      characters: { sets: ["latin"] },
      price: { flat: usd(1), per_character: { free: 3, amounts: usd(0.5) } },
    },
    {
      ...SAMPLE_TEXT_ZONE,
      key: "plate",
      label: "Plate",
      pattern: "[A-Z]{1,3}-\\d{1,4}",
      show_if: when("fancy"),
      require_if: when("fancy"),
      price: { flat: usd(2) },
    },
    {
      kind: "image",
      key: "photo",
      label: "Photo",
      ...printed,
      default: { asset: "t-shirt-front" },
      accept: ["image/png"],
      max_bytes: 1_000_000,
      // 300 pixels on 50 mm print with 152 dpi.
      dpi: { warn: 150, block: 100 },
      adjust: { pan: false, rotate: false, max_zoom: 2 },
      price: { per_image: usd(4) },
    },
    {
      kind: "color",
      key: "tint",
      label: "Tint",
      colors: [
        { name: "White", value: "#ffffff" },
        { name: "Red", value: "#ff0000" },
      ],
      default: "#ffffff",
      paints: { target: "base" },
      price: { percent_of_base: 12.5 },
    },
  ],
}

type Session = {
  session: {
    options: Record<string, unknown>
    missing: string[]
    complete: boolean
    warnings: { code: string }[]
    price: { surcharges: { label: string; amount: number }[]; unit_price: number } | null
  }
}
type Item = {
  options: Record<string, unknown>
  quantity: number
  unit_price: number
  surcharges: { path: string; label: string; amount: number }[]
}

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded } = seededShop(store)
    let product_id = ""

    beforeAll(async () => {
      const manage = async <T>(path: string, body: object) => {
        const key = { "X-API-Key": seeded().api_key ?? "" }
        const reply = await new TestVisitor(store).call<T>("POST", path, body, key)
        expect(reply).toMatchObject({ status: 201 })
        return reply.body
      }
      const { product } = await manage<{ product: { id: string } }>("/products", {
        name: "Everything",
        base_price: 10,
      })
      product_id = product.id
      await manage("/optionsets", {
        product_id,
        key: "style",
        title: "Style",
        options: [
          { value: "plain", label: "Plain", price_delta: 0 },
          { value: "fancy", label: "Fancy", price_delta: 3 },
        ],
      })
      await manage("/templates", { product_id, version: 1, definition: DEFINITION })
    }, 60_000)

    async function begin(visitor: TestVisitor) {
      const { body, status } = await visitor.call<Started>("POST", "/sessions", { product_id })
      expect(status).toBe(201)
      const path = `/sessions/${body.sessionId}`
      return {
        id: body.sessionId,
        set: (options: object): Promise<Reply<Session & Fault>> =>
          visitor.call("PATCH", path, { options }),
        preview: async () => {
          const { body: job } = await visitor.call<{ jobId: string }>("POST", `${path}/preview`, {})
          return job.jobId
        },
        buy: () =>
          visitor.call<Fault & { cart: { items: Item[] } }>("POST", "/cart/items", {
            item: { session_id: body.sessionId },
          }),
        upload: async (pixels: number) => {
          const form = new FormData()
          const channels = { channels: 3, background: "#336699" } as const
          const file = sharp({ create: { width: pixels, height: pixels, ...channels } }).png()
          form.append("zone", "photo")
          form.append("file", new Blob([new Uint8Array(await file.toBuffer())]), "photo.png")
          const reply = await visitor.call<{
            upload: { id: string; effective_dpi: number; warnings: { code: string }[] }
          }>("POST", `${path}/uploads`, form)
          expect(reply.status).toBe(201)
          return reply.body.upload
        },
      }
    }

    function lines({ body }: Reply<Session>): string[] {
      return (body.session.price?.surcharges ?? []).map(({ label, amount }) => `${label} ${amount}`)
    }

    describe("the template language", () => {
      it("asks for what a condition requires, while its zone is there", async () => {
        const { set } = await begin(new TestVisitor(store))
        expect((await set({})).body.session).toMatchObject({ missing: [], complete: true })
        const fancy = await set({ style: "fancy" })
        expect(fancy.body.session).toMatchObject({ missing: ["plate"], complete: false })
        expect((await set({ plate: "AB-12" })).body.session).toMatchObject({ complete: true })
        expect((await set({ plate: null, style: null })).body.session.missing).toEqual([])
      })

      it("refuses what a template's rules refuse, all at once and with nothing saved", async () => {
        const session = await begin(new TestVisitor(store))
        const coarse = await session.upload(150)
        expect(coarse).toMatchObject({
          effective_dpi: 76,
          warnings: [{ code: "resolution_too_low" }],
        })
        const { status, body } = await session.set({
          style: "fancy",
          name: "Ada 1 🎉",
          plate: "ab-12",
          photo: { upload_id: coarse.id, zoom: 1.5, x: 0.5 },
          tint: "#00ff00",
        })
        expect(status).toBe(400)
        expect(body.issues?.map(({ path, code }) => `${path} ${code}`)).toEqual([
          "options.name character_not_allowed",
          "options.plate pattern_mismatch",
          "options.photo.x adjustment_not_allowed",
          "options.photo resolution_too_low",
          "options.tint color_not_in_palette",
        ])
        expect((await session.set({})).body.session.options).toEqual({})
      })

      it("prices every rule, on the visitor's values and on defaults", async () => {
        const { set, upload } = await begin(new TestVisitor(store))
        const atFirst = await set({})
        expect(lines(atFirst)).toEqual(["Name 1", "Tint +12.5% 1.25"])
        expect(atFirst.body.session.price?.unit_price).toBe(12.25)
        const photo = { upload_id: (await upload(300)).id }
        const all = await set({ style: "fancy", name: "Ada Byron", plate: "AB-12", photo })
        expect(lines(all)).toEqual([
          "Style: Fancy 3",
          "Name 1",
          "Name × 5 2.5",
          "Plate 2",
          "Photo × 1 4",
          "Tint +12.5% 1.25",
        ])
        expect(all.body.session.price?.unit_price).toBe(23.75)
        const closer = await set({ photo: { ...photo, zoom: 1.2 } })
        expect(closer.body.session.warnings).toMatchObject([{ code: "low_resolution" }])
        const without = await set({ name: "", style: null, photo: null })
        expect(lines(without)).toEqual(["Tint +12.5% 1.25"])
        expect(without.body.session.options).toEqual({
          name: { text: "" },
          plate: { text: "AB-12" },
        })
      })

      it("neither prices nor prints nor sells the value of a hidden zone", async () => {
        const visitor = new TestVisitor(store)
        const [changed, never] = [await begin(visitor), await begin(visitor)]
        await changed.set({ style: "fancy", plate: "AB-12", name: "Grace" })
        await changed.set({ style: "plain" })
        // Left at its default and chosen explicitly, the style is the same.
        await never.set({ name: "Grace", tint: "#ffffff" })
        const first = await visitor.call<{ url: string }>(
          "GET",
          `/previews/${await never.preview()}?wait=25`
        )
        expect(first.body).toMatchObject({ status: "succeeded", job: { status: "succeeded" } })
        const second = await visitor.call<{ url: string }>(
          "GET",
          `/previews/${await changed.preview()}`
        )
        expect(second.body).toMatchObject({ status: "succeeded", url: first.body.url })
        expect((await changed.buy()).status).toBe(200)
        const { body } = await never.buy()
        expect(body.cart.items).toHaveLength(1)
        expect(body.cart.items[0]).toMatchObject({
          quantity: 2,
          unit_price: 13.25,
          options: { style: "plain", name: { text: "Grace" } },
          surcharges: [{ label: "Name" }, { label: "Name × 2" }, { label: "Tint +12.5%" }],
        })
        expect(body.cart.items[0]?.options).not.toHaveProperty("plate")
      }, 60_000)

      it("sells only what is complete under its conditions", async () => {
        const session = await begin(new TestVisitor(store))
        await session.set({ style: "fancy" })
        const refused = await session.buy()
        expect(refused).toMatchObject({ status: 400, body: { code: "incomplete_session" } })
        expect(refused.body.issues).toEqual([
          expect.objectContaining({ path: "options.plate", code: "required" }),
        ])
        await session.set({ plate: "X-1" })
        expect((await session.buy()).body.cart.items).toMatchObject([
          { unit_price: 17.25, options: { style: "fancy", plate: { text: "X-1" } } },
        ])
      })
    })
  },
})
