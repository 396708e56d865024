// What is asked of the plugin in a foreign store, over HTTP: a session, its preview and a cart.
import sharp from "sharp"
import { existingTables, OUR_TABLES } from "../helpers/database"
import { fillShopScript } from "./fill-shop"
import type { Host } from "./host"

type Reply = { status: number; body: Record<string, unknown>; headers: Headers }

/** Fills the host's shop by the plugin's exported workflows; `medusa exec` runs them before the store starts. */
export async function fillHost(host: Host): Promise<void> {
  const picture = await sharp({
    create: { width: 400, height: 400, channels: 3, background: "#ffffff" },
  })
    .png()
    .toBuffer()
  await host.exec(fillShopScript(picture.toString("base64")))
}

/** The plugin's migrations were run with Medusa's, and a visitor can personalize and buy. */
export async function driveHost(host: Host, databaseUrl: string): Promise<void> {
  expect(await existingTables(databaseUrl)).toEqual(expect.arrayContaining(OUR_TABLES))
  let key = "new"
  const call = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const response = await fetch(host.url(path), {
      method,
      headers: {
        "X-Session-Key": key,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    key = response.headers.get("x-session-key") ?? key
    const answer = (await response.json()) as Record<string, unknown>
    return { status: response.status, body: answer, headers: response.headers }
  }

  const { body: page } = await call("GET", "/products/sign")
  expect(page).toMatchObject({ product: { base_price: 20, template: { version: 1 } } })
  const product_id = (page.product as { id: string }).id

  const started = await call("POST", "/sessions", { product_id })
  expect(started.status).toBe(201)
  const session = String(started.body.sessionId)

  const refused = await call("PATCH", `/sessions/${session}`, { options: { name: "عبد" } })
  expect(refused).toMatchObject({ status: 400, body: { issues: [{ code: "glyph_missing" }] } })

  const saved = await call("PATCH", `/sessions/${session}`, {
    options: { name: "Ada", finish: "gloss" },
  })
  expect(saved).toMatchObject({
    status: 200,
    body: { session: { complete: true, price: { unit_price: 25.5, currency_code: "usd" } } },
  })

  const { body: asked } = await call("POST", `/sessions/${session}/preview`, {})
  const { body: drawn } = await call("GET", `/previews/${String(asked.jobId)}?wait=25`)
  expect(drawn).toMatchObject({ status: "succeeded" })
  const picture = await fetch(String(drawn.url))
  const { format, width } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata()
  expect({ format, width }).toEqual({ format: "webp", width: 400 })

  const added = await call("POST", "/cart/items", { item: { session_id: session, quantity: 2 } })
  expect(added.status).toBe(200)
  const { body: lines } = await call("GET", "/cart")
  expect(lines).toMatchObject([
    { unit_price: 25.5, line_total: 51, quantity: 2, template_version: 1, issues: [] },
  ])
}
