// Story C1, `from`: a design of one's own is taken up again, from a session, a line of the cart, or an item of an order.
import sharp from "sharp"
import { hashVisitorKey } from "../../src/modules/personalization/service"
import { planCopy } from "../../src/workflows/sessions/plan-copy"
import { findSource } from "../../src/workflows/sessions/source"
import { personalizationTestRunner } from "../helpers/runner"
import { sendImage } from "./c3-sender"
import { checkoutBody } from "./checkout-shop"
import { sessionShop, type SessionReply } from "./session-shop"
import { TestVisitor, type Fault } from "./visitor"

type Cart = { cart: { id: string; items: { id: string }[] } }
type Definition = { zones: { key: string; max_length?: number; colors?: unknown[] }[] }

personalizationTestRunner({
  testSuite: (store) => {
    const shop = sessionShop(store)
    const NAMED = { size: "2xl", name: "Ada", shirt_color: "#2f6146" }
    const STORED = { ...NAMED, name: { text: "Ada" } }

    const keyOf = ({ key }: TestVisitor) => ({ key_hash: hashVisitorKey(key) })

    async function design(options: Record<string, unknown> = NAMED, body?: object) {
      const visitor = new TestVisitor(store)
      const begun = await shop.start(visitor, {
        product_id: shop.product("t-shirt"),
        ...body,
      })
      const id = begun.body.sessionId
      const { status, text } = await shop.change(visitor, id, { options })
      expect(`${status} ${status === 200 ? "" : text}`).toBe("200 ")
      return { visitor, id, template_id: begun.body.session.template_id }
    }
    const copy = (visitor: TestVisitor, from: object, more: object = {}): Promise<SessionReply> =>
      shop.start(visitor, { from, ...more })

    async function line({ visitor, id }: { visitor: TestVisitor; id: string }): Promise<string> {
      const { body, status } = await visitor.call<Cart>("POST", "/cart/items", {
        item: { session_id: id },
      })
      expect(status).toBe(200)
      return body.cart.items.at(-1)?.id ?? ""
    }

    async function order(visitor: TestVisitor): Promise<{ id: string; item: string }> {
      const placed = await visitor.call<{ orderId: string }>("POST", "/checkout", checkoutBody())
      expect(`${placed.status} ${placed.status === 201 ? "" : placed.text}`).toBe("201 ")
      const id = placed.body.orderId
      const [item] = await shop.sql<{ id: string }>(
        `select item_id as id from order_item where order_id = ?`,
        [id]
      )
      return { id, item: item?.id ?? "" }
    }

    async function shirtTemplate(): Promise<{ definition: Definition }> {
      const page = await new TestVisitor(store).call<{
        product: { template: { definition: Definition } }
      }>("GET", "/products/t-shirt")
      return page.body.product.template
    }

    async function publish(version: number, definition: Definition): Promise<string> {
      const made = await shop.manage<{ template: { id: string } }>("POST", "/templates", {
        ...{ product_id: shop.product("t-shirt"), version, definition },
      })
      expect(`${made.status} ${made.status === 201 ? "" : made.text}`).toBe("201 ")
      return made.body.template.id
    }

    it("takes up a session: all of it, and another one from then on", async () => {
      const { visitor, id } = await design()
      const made = await copy(visitor, { session_id: id })
      expect(made.status).toBe(201)
      const { sessionId, session, issues } = made.body
      expect(sessionId).not.toBe(id)
      expect(issues).toEqual([])
      expect(session).toMatchObject({ options: STORED, revision: 0, complete: true, missing: [] })
      expect(session).toEqual((await shop.read(visitor, sessionId)).body.session)
      await shop.change(visitor, sessionId, { options: { name: "Grace" } })
      expect((await shop.read(visitor, id)).body.session.options).toEqual(STORED)
      const spelled = await copy(visitor, { sessionId: id })
      expect(spelled.status).toBe(201)
    })

    it("keeps the currency, or takes another one", async () => {
      const { visitor, id } = await design(NAMED, { currency_code: "eur" })
      const same = await copy(visitor, { session_id: id })
      expect(same.body.session.price).toMatchObject({ currency_code: "eur" })
      const other = await copy(visitor, { session_id: id }, { currency_code: "usd" })
      expect(other.body.session.price).toMatchObject({ currency_code: "usd" })
    })

    it("takes up a line of the cart as it was put there, and an item of an order", async () => {
      const own = await design()
      const { visitor } = own
      const item_id = await line(own)
      await shop.change(visitor, own.id, { options: { name: "Changed since" } })
      const edited = await copy(visitor, { item_id })
      expect(edited.body.session).toMatchObject({ options: STORED, complete: true })
      const placed = await order(visitor)
      expect((await copy(visitor, { item_id })).body.code).toBe("cart_item_not_found")
      const again = await copy(visitor, { order_item_id: placed.item })
      expect(again.body).toMatchObject({ session: { options: STORED, complete: true }, issues: [] })
      await line({ visitor, id: again.body.sessionId })
      expect((await order(visitor)).id).not.toBe(placed.id)
    })

    it("finds nothing of somebody else's, and says no more than of what is not there", async () => {
      const own = await design()
      const item_id = await line(own)
      const ordering = await design()
      await line(ordering)
      const { item: order_item_id } = await order(ordering.visitor)
      const stranger = (await design()).visitor
      const sources = { session_id: own.id, item_id, order_item_id }
      for (const [field, value] of Object.entries(sources)) {
        for (const visitor of [stranger, new TestVisitor(store)]) {
          const foreign = await copy(visitor, { [field]: value })
          const nothing = await copy(visitor, { [field]: "none" })
          expect(`${foreign.status} ${foreign.text}`).toBe(`404 ${nothing.text}`)
        }
      }
      const { status, body } = await copy(own.visitor, { session_id: own.id, item_id })
      expect([status, body.issues.map(({ path }) => path)]).toEqual([400, ["from"]])
      const both = await copy(own.visitor, { item_id }, { product_id: shop.product("mug") })
      expect([both.status, both.body.issues.map(({ path }) => path)]).toEqual([400, ["product_id"]])
    })

    it("is refused of a line that is no design", async () => {
      const { visitor } = await design()
      const made = await shop.manage<Fault & { product: { variants: { id: string }[] } }>(
        "POST",
        "/products",
        { name: "A plain card", base_price: 2 }
      )
      const variant_id = made.body.product.variants[0]?.id
      const { body } = await visitor.call<Cart>("POST", "/cart/items", { item: { variant_id } })
      const refused = await copy(visitor, { item_id: body.cart.items[0]?.id })
      expect(refused).toMatchObject({
        status: 400,
        body: { code: "not_personalized", issues: [{ path: "from.item_id" }] },
      })
    })

    it("gives a customer on another device the pictures of the design too", async () => {
      const ada = await shop.customer("ada@example.com")
      const laptop = new TestVisitor(store)
      const { body } = await shop.start(laptop, undefined, { customer: ada })
      const photo = await sharp({
        create: { width: 1500, height: 1500, channels: 3, background: "#336699" },
      })
        .png()
        .toBuffer()
      const sent = await sendImage(laptop, body.sessionId, photo)
      const { id: upload_id } = sent.body.upload
      const options = { ...NAMED, photo: { upload_id } }
      await shop.change(laptop, body.sessionId, { options })
      const phone = new TestVisitor(store)
      const made = await shop.start(
        phone,
        { from: { session_id: body.sessionId } },
        { customer: ada }
      )
      expect(made.body).toMatchObject({ issues: [], session: { complete: true } })
      const taken = made.body.session.options.photo as { upload_id: string }
      expect(taken.upload_id).not.toBe(upload_id)
      // The key alone opens the copy and draws it: the picture is its holder's now.
      expect((await shop.read(phone, made.body.sessionId)).body.session.complete).toBe(true)
      const rows = await shop.sql<{ file_id: string }>(
        `select distinct file_id from personalization_upload where id in (?, ?)`,
        [upload_id, taken.upload_id]
      )
      expect(rows).toHaveLength(1)
      const again = await sendImage(phone, made.body.sessionId, photo)
      expect(again.body.upload.id).toBe(taken.upload_id)
    })

    it("gives a picture once that is in two places of the design", async () => {
      const { definition } = await shirtTemplate()
      const [photo] = definition.zones.filter(({ key }) => key === "photo")
      const zones = [...definition.zones, { ...photo, key: "second_photo" }]
      const template_id = await publish(7, { ...definition, zones })
      const ada = await shop.customer("ada-twice@example.com")
      const laptop = new TestVisitor(store)
      const product_id = shop.product("t-shirt")
      const begun = await shop.start(laptop, { product_id, template_id }, { customer: ada })
      const image = { create: { width: 900, height: 900, channels: 3, background: "#993366" } }
      const file = await sharp(image as sharp.SharpOptions)
        .png()
        .toBuffer()
      const { upload } = (await sendImage(laptop, begun.body.sessionId, file)).body
      const set = { upload_id: upload.id }
      await shop.change(laptop, begun.body.sessionId, {
        options: { ...NAMED, photo: set, second_photo: set },
      })
      const from = { session_id: begun.body.sessionId }
      const made = await shop.start(new TestVisitor(store), { from }, { customer: ada })
      expect(`${made.status} ${made.status === 201 ? "" : made.text}`).toBe("201 ")
      const { photo: one, second_photo: other } = made.body.session.options
      expect(one).toEqual(other)
      expect(one).not.toMatchObject(set)
    })

    it("is judged by the template as it is when the copy is made, not when one was planned", async () => {
      const own = await design()
      const { definition } = await shirtTemplate()
      const template_id = await publish(8, definition)
      const container = store.getContainer()
      const source = {
        ...(await findSource(container, { session_id: own.id }, keyOf(own.visitor))),
      }
      await planCopy(container, source, { template_id })
      const zones = definition.zones.map((zone) =>
        zone.key === "name" ? { ...zone, max_length: 2 } : zone
      )
      const changed = await shop.manage("PUT", `/templates/${template_id}`, {
        definition: { ...definition, zones },
      })
      expect(`${changed.status} ${changed.status === 200 ? "" : changed.text}`).toBe("200 ")
      const made = await copy(own.visitor, { session_id: own.id }, { template_id })
      expect(made.body.issues).toMatchObject([{ path: "options.name", code: "text_too_long" }])
    })

    it("takes no design that is another's from a line that was made by hand", async () => {
      const victim = await design({ ...NAMED, name: "Victim" })
      await line(victim)
      const [row] = await shop.sql<{ id: string; variant_id: string }>(
        `select id, variant_id from personalization_design where session_id = ?`,
        [victim.id]
      )
      const thief = await design()
      const { body } = await thief.visitor.call<Cart>("POST", "/cart/items", {
        item: { session_id: thief.id },
      })
      const mallory = await shop.customer("mallory@example.com")
      await shop.sql(`update cart set customer_id = ? where id = ?`, [mallory.id, body.cart.id])
      const added = await thief.visitor.call<Cart>(
        "POST",
        `/store/carts/${body.cart.id}/line-items`,
        {
          variant_id: row?.variant_id,
          quantity: 1,
          metadata: { personalization_design_id: row?.id },
        },
        shop.headers("store")
      )
      expect(added.status).toBe(200)
      const forged = added.body.cart.items.map(({ id }) => id)
      const answers = [
        ...(await Promise.all(forged.map((item_id) => copy(thief.visitor, { item_id })))),
        ...(await Promise.all(
          forged.map((item_id) =>
            shop.start(new TestVisitor(store), { from: { item_id } }, { customer: mallory })
          )
        )),
      ]
      // One's own line can be copied, the other is no design.
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 400, 400])
      expect(answers.map(({ text }) => text).join()).not.toContain("Victim")
      const shown = await thief.visitor.call<{ template_snapshot: unknown; issues: Fault[] }[]>(
        "GET",
        "/cart"
      )
      expect(shown.text).not.toContain("Victim")
      expect(shown.body).toMatchObject([
        { issues: [] },
        { template_snapshot: null, preview_url: null, issues: [{ code: "design_mismatch" }] },
      ])
    })

    it("takes up what a customer has in a cart or ordered, wherever they are", async () => {
      const grace = await shop.customer("grace@example.com")
      const own = await design()
      const item_id = await line(own)
      const phone = new TestVisitor(store)
      const take = (from: object) => shop.start(phone, { from }, { customer: grace })
      expect((await take({ item_id })).body.code).toBe("cart_item_not_found")
      await shop.sql(
        `update cart set customer_id = ? where id = (select cart_id from cart_line_item where id = ?)`,
        [grace.id, item_id]
      )
      expect((await take({ item_id })).body.session).toMatchObject({ options: STORED })
      const placed = await order(own.visitor)
      await shop.sql(`update "order" set customer_id = ? where id = ?`, [grace.id, placed.id])
      const again = await take({ order_item_id: placed.item })
      expect(again.body).toMatchObject({ issues: [], session: { options: STORED, complete: true } })
      const stranger = await copy(new TestVisitor(store), { order_item_id: placed.item })
      expect(stranger.status).toBe(404)
    })

    it("says of each value that the template does not take any more, and drops none of the others", async () => {
      const own = await design({ ...NAMED, name: "Ada Lovelace", back_text: "Back" })
      const { visitor } = own
      const { definition } = await shirtTemplate()
      const zones = definition.zones
        .filter(({ key }) => key !== "back_text")
        .map((zone) => ({
          ...zone,
          ...(zone.key === "name" ? { max_length: 5 } : {}),
          ...(zone.key === "shirt_color" ? { colors: (zone.colors ?? []).slice(0, 1) } : {}),
        }))
      const made = await shop.manage<{ template: { id: string } }>("POST", "/templates", {
        ...{ product_id: shop.product("t-shirt"), version: 2, is_default: true },
        definition: { ...definition, zones },
      })
      expect(`${made.status} ${made.status === 201 ? "" : made.text}`).toBe("201 ")
      const kept = await copy(visitor, { session_id: own.id })
      expect(kept.body).toMatchObject({
        issues: [],
        session: { template_version: 1, newer_version: 2, complete: true },
      })
      const template_id = made.body.template.id
      const moved = await copy(visitor, { session_id: own.id }, { template_id })
      const expected = {
        session: { template_version: 2, options: { size: "2xl" }, missing: ["name"] },
        issues: [
          expect.objectContaining({ path: "options.back_text", code: "unknown_zone" }),
          expect.objectContaining({ path: "options.name", code: "text_too_long" }),
          expect.objectContaining({ path: "options.shirt_color", code: "color_not_in_palette" }),
        ],
      }
      const sorted = ({ body }: SessionReply) => ({
        ...body,
        issues: [...body.issues].sort((a, b) => a.path.localeCompare(b.path)),
      })
      expect(sorted(moved)).toMatchObject(expected)
      expect(moved.body.session.options).toEqual({ size: "2xl" })
      await shop.manage("PUT", `/templates/${own.template_id}`, { status: "archived" })
      expect(sorted(await copy(visitor, { session_id: own.id }))).toMatchObject(expected)
    })
  },
})
