// @ts-check
// The whole job, once, as a visitor and the shop's staff would do it: from the product list to a paid, delivered event.
import { writeFile } from "node:fs/promises"
import { setTimeout as sleep } from "node:timers/promises"
import { Visitor } from "./client.mjs"
import { makePhoto, inspectPreview } from "./photo.mjs"
import { expect, stepper } from "./steps.mjs"

/** Milliseconds that a payment or a delivery may take to arrive. */
const PATIENCE_MS = 30_000
/** At least this many pixels of a 1200 x 1200 preview are the photo, and the text. */
const PHOTO_PIXELS = 10_000
const TEXT_PIXELS = 300
const INK = "#c8321f"

/**
 * @typedef {object} WalkOptions
 * @property {string} url the server's base URL
 * @property {string} apiKey a secret API key, to read the webhook log
 * @property {string} previewFile where the first preview is saved
 * @property {(line: string) => void} print
 */

/**
 * Walks. @param {WalkOptions} options
 * @returns {Promise<{ orderId: string }>}
 * @throws {Error} at the first thing that is wrong
 */
export async function walk({ url, apiKey, previewFile, print }) {
  const step = stepper(print)
  const visitor = new Visitor(url)
  const stranger = new Visitor(url)
  const staff = { headers: { "x-api-key": apiKey } }

  const handle = await step("GET /products", async () => {
    const { status, body } = await visitor.call("GET", "/products")
    expect(status === 200 && body.products?.length >= 4, "there are at least four products", body)
    const shirt = body.products.find((/** @type {any} */ p) => p.handle === "t-shirt")
    expect(shirt?.customizable && shirt.base_price > 0, "the t-shirt can be personalized", shirt)
    return [shirt.handle, `${body.count} products`]
  })

  const product = await step("GET /products/:id", async () => {
    const { status, body } = await visitor.call("GET", `/products/${handle}`)
    const { template, option_sets: sets } = body.product ?? {}
    expect(status === 200 && template?.definition && sets?.length > 0, "template and options", body)
    return [body.product, `template v${template.version}, ${sets.length} option set(s)`]
  })

  const session = await step("POST /sessions", async () => {
    const { status, body } = await visitor.call("POST", "/sessions", {
      json: { product_id: product.id },
    })
    expect(status === 201 && body.sessionId === body.session.id, "a session", body)
    expect(visitor.cookies.has("sessionKey"), "the cookie sessionKey is set")
    return [body.sessionId, body.sessionId]
  })

  await step("GET /sessions/:id as a stranger", async () => {
    const { status, body } = await stranger.call("GET", `/sessions/${session}`)
    expect(status === 404 && body.code === "session_not_found", "404 without the key", body)
    return [null, "404"]
  })

  const upload = await step("POST /sessions/:id/uploads", async () => {
    const form = new FormData()
    form.append("zone", "photo")
    form.append(
      "file",
      new Blob([new Uint8Array(await makePhoto())], { type: "image/jpeg" }),
      "holiday.jpg"
    )
    const { status, body } = await visitor.call("POST", `/sessions/${session}/uploads`, { form })
    expect(status === 201 && body.upload?.width === 1600, "an upload", body)
    return [body.upload.id, `${body.upload.effective_dpi} dpi on the print`]
  })

  await step("PATCH /sessions/:id with bad values", async () => {
    const { status, body } = await visitor.call("PATCH", `/sessions/${session}`, {
      json: {
        options: { name: "far too long for a shirt's chest", shirt_color: "#010203", size: "m" },
      },
    })
    expect(status === 400, "a 400", body)
    const paths = body.issues?.map((/** @type {any} */ issue) => issue.path)
    expect(paths?.join() === "options.name,options.shirt_color", "both faults, by path", body)
    const { body: after } = await visitor.call("GET", `/sessions/${session}`)
    expect(after.session?.revision === 0, "nothing was saved", after)
    return [null, paths.join(", ")]
  })

  const unitPrice = await step("PATCH /sessions/:id", async () => {
    const { status, body } = await visitor.call("PATCH", `/sessions/${session}`, {
      json: {
        revision: 0,
        options: {
          name: { text: "Ada & José", font: "pacifico", color: INK },
          shirt_color: "#2f6146",
          back_text: "Team 2026",
          size: "2xl",
          photo: { upload_id: upload, zoom: 1.1 },
        },
      },
    })
    expect(status === 200 && body.session.complete, "a complete design", body)
    const { price } = body.session
    const cents = price.surcharges.reduce(
      (/** @type {number} */ sum, /** @type {any} */ line) => sum + Math.round(line.amount * 100),
      Math.round(price.base_price * 100)
    )
    expect(cents === Math.round(price.unit_price * 100), "base price and surcharges add up", price)
    expect(price.surcharges.length === 3, "photo, back text and size cost extra", price)
    return [price.unit_price, `${price.unit_price} ${price.currency_code} each`]
  })

  await step("POST /sessions/:id/preview", async () => {
    const { status, body } = await visitor.call("POST", `/sessions/${session}/preview`, {
      json: {},
    })
    expect(status === 202 && body.jobId, "a preview job", body)
    const { body: done } = await visitor.call("GET", `/previews/${body.jobId}?wait=25`)
    expect(done.status === "succeeded" && done.url, "the preview is ready", done)
    const { type, bytes } = await visitor.download(done.url)
    const seen = await inspectPreview(bytes, INK)
    expect(type === "image/webp" && seen.width === 1200, "a WebP of 1200 pixels", { type, seen })
    expect(seen.sky > PHOTO_PIXELS && seen.sun > PHOTO_PIXELS, "the photo is on the product", seen)
    expect(seen.ink > TEXT_PIXELS, "the text is on the product", seen)
    await writeFile(previewFile, bytes)
    return [null, `${done.job.views.length} views, saved as ${previewFile}`]
  })

  await step("POST /cart/items", async () => {
    const { status, body } = await visitor.call("POST", "/cart/items", {
      json: { item: { session_id: session, quantity: 2 } },
    })
    const [item] = body.cart?.items ?? []
    expect(status === 200 && item?.unit_price === unitPrice, "the price that was shown", body)
    return [null, `${item.quantity} x ${item.unit_price} ${item.currency_code}`]
  })

  await step("POST /cart/items with a price of one's own", async () => {
    const { status, body } = await visitor.call("POST", "/cart/items", {
      json: { item: { session_id: session, quantity: 1, unit_price: 1 } },
    })
    expect(status === 400 && body.issues?.[0]?.path === "item.unit_price", "a 400", body)
    return [null, "400"]
  })

  await step("GET /cart", async () => {
    const { status, body } = await visitor.call("GET", "/cart")
    expect(status === 200 && body.length === 1 && body[0].template_snapshot, "one line", body)
    expect(body[0].preview_url, "the line has a preview", body[0].preview_url)
    await visitor.download(body[0].preview_url)
    return [null, `line total ${body[0].line_total}`]
  })

  await step("GET /cart/totals", async () => {
    const { status, body } = await visitor.call("GET", "/cart/totals")
    const cents = (/** @type {string} */ name) => Math.round(body[name] * 100)
    const sum =
      cents("item_subtotal") +
      cents("surcharge_total") +
      cents("tax_total") +
      cents("shipping_total")
    expect(status === 200 && body.estimated === true, "an estimate before the address", body)
    expect(sum - cents("discount_total") === cents("total"), "the parts add up", body)
    expect(body.tax_total > 0 && body.shipping_total > 0, "tax and shipping are in it", body)
    return [null, `${body.total} ${body.currency_code}`]
  })

  const checkout = {
    email: "ada@example.com",
    shipping_address: {
      first_name: "Ada",
      last_name: "Lovelace",
      address_1: "12 St James Square",
      city: "Springfield",
      postal_code: "62701",
      province: "us-il",
      country_code: "us",
    },
    payment: { provider: "sandbox" },
  }

  await step("POST /checkout with faults", async () => {
    const { status, body } = await visitor.call("POST", "/checkout", {
      json: { ...checkout, email: "nobody", shipping_address: { country_code: "us" } },
    })
    expect(status === 400 && body.issues?.length > 2, "a 400 with every issue", body)
    return [null, `${body.issues.length} issues`]
  })

  const order = await step("POST /checkout", async () => {
    const headers = { "idempotency-key": `walk-${session}` }
    const { status, body } = await visitor.call("POST", "/checkout", { json: checkout, headers })
    expect(status === 201 && body.status === "created", "an order in state created", body)
    expect(body.payment?.url && body.order_token, "a payment URL and a token", body)
    const again = await visitor.call("POST", "/checkout", { json: checkout, headers })
    expect(again.body.orderId === body.orderId, "the same order for the same key", again.body)
    const { body: cart } = await visitor.call("GET", "/cart")
    expect(Array.isArray(cart) && cart.length === 0, "the cart is empty afterwards", cart)
    return [body, `${body.orderId}, ${body.total} ${body.currency_code}`]
  })

  await step("GET /orders/:id", async () => {
    const { status, body } = await visitor.call("GET", `/orders/${order.orderId}`)
    expect(status === 200 && body.status === "created" && body.createdAt, "created", body)
    const { status: foreign } = await stranger.call("GET", `/orders/${order.orderId}`)
    expect(foreign === 404, "404 for a stranger", foreign)
    const token = `/orders/${order.orderId}?token=${encodeURIComponent(order.order_token)}`
    const { status: byToken } = await stranger.call("GET", token)
    expect(byToken === 200, "200 with the order's token", byToken)
    return [null, body.status]
  })

  await step("Decline on the payment page", async () => {
    const { status, body } = await visitor.call("GET", order.payment.url)
    expect(status === 200 && /Pay/.test(body) && /Decline/.test(body), "a page with both", body)
    await payment(visitor, order.payment.url, "decline")
    const seen = await until(
      visitor,
      `/orders/${order.orderId}`,
      (body) => body.payment?.last_error
    )
    expect(seen.status === "created", "still created after a decline", seen)
    return [null, `created: ${seen.payment.last_error.message ?? seen.payment.last_error}`]
  })

  const retried = await step("POST /orders/:id/payment", async () => {
    const { status, body } = await visitor.call("POST", `/orders/${order.orderId}/payment`, {
      json: {},
    })
    expect(status === 200 && body.payment?.url, "a payment that can be used again", body)
    return [body.payment.url, "a fresh payment"]
  })

  await step("Pay on the payment page", async () => {
    await payment(visitor, retried, "pay")
    const seen = await until(visitor, `/orders/${order.orderId}`, (body) => body.status === "paid")
    const states = seen.history.map((/** @type {any} */ entry) => entry.status).join(" > ")
    expect(states === "created > paid", "the history tells both states", seen.history)
    return [null, states]
  })

  await step("GET /webhooklogs", async () => {
    const path = `/webhooklogs?event=order.paid&order_id=${order.orderId}`
    const delivered = (/** @type {any} */ body) =>
      body.webhooklogs?.some((/** @type {any} */ log) => log.response_status === 200)
    const seen = await until(visitor, path, delivered, staff)
    const [log] = seen.webhooklogs
    return [null, `${log.event} delivered to ${log.url ?? "the workshop"}: ${log.response_status}`]
  })

  return { orderId: order.orderId }
}

/** @param {Visitor} visitor @param {string} url @param {"pay" | "decline"} action */
async function payment(visitor, url, action) {
  const { status, body } = await visitor.call("POST", url, {
    json: { action },
    headers: { accept: "application/json" },
  })
  expect(status === 200 || status === 303, `the payment page takes "${action}"`, { status, body })
}

/**
 * Asks until the answer is as hoped.
 * @param {Visitor} visitor @param {string} path @param {(body: any) => unknown} hoped
 * @param {{ headers?: Record<string, string> }} [send]
 * @returns {Promise<any>}
 */
async function until(visitor, path, hoped, send) {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const { body } = await visitor.call("GET", path, send)
    if (hoped(body)) {
      return body
    }
    expect(performance.now() < end, `${path} is as hoped within ${PATIENCE_MS} ms`, body)
    await sleep(100)
  }
}
