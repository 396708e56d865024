// What specs about removal do and look at: designs with pictures, orders, time that has passed, what is left in database and storage.
import { access } from "node:fs/promises"
import path from "node:path"
import { createHash, randomUUID } from "node:crypto"
import { Client } from "pg"
import sharp from "sharp"
import {
  PERSONALIZATION_MODULE,
  type PersonalizationModuleService,
} from "../../src/modules/personalization"
import type { UploadRow } from "../../src/modules/personalization/service"
import type { Erasure, PersonalExport } from "../../src/workflows/privacy/types"
import { storeFile } from "../../src/workflows/files/store-file"
import { removeExpiredPersonalizationSessionsWorkflow } from "../../src/workflows/retention/workflows/remove-expired-sessions"
import type { TestStore } from "../helpers/runner"
import { ADDRESS, checkoutBody } from "./checkout-shop"
import { seededShop, TestVisitor, type Started } from "./visitor"

export type Design = { visitor: TestVisitor; id: string; visitor_id: string }
export type Line = { id: string; cart_id: string }

const PATIENCE_MS = 25_000

/** A seeded shop with what the specs about removal need. Use it in a suite. */
export function privacyShop(store: TestStore) {
  const shop = seededShop(store)
  const service = () =>
    store.getContainer().resolve<PersonalizationModuleService>(PERSONALIZATION_MODULE)
  const rows = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => {
    const client = new Client({ connectionString: store.databaseUrl })
    await client.connect()
    try {
      return (await client.query(sql, values)).rows as T[]
    } finally {
      await client.end()
    }
  }
  const ids = async (sql: string, ...values: unknown[]): Promise<string[]> =>
    (await rows<{ id: string }>(sql, values)).map(({ id }) => id)

  /** A design of a visitor, new or known, with a name and whatever else on it. */
  async function design(
    options: Record<string, unknown> = {},
    visitor = new TestVisitor(store)
  ): Promise<Design> {
    const product_id = shop.product("t-shirt")
    const { body, status } = await visitor.call<Started>("POST", "/sessions", { product_id })
    expect(status).toBe(201)
    const made = {
      visitor,
      id: body.sessionId,
      visitor_id: (await service().retrieveSession(body.sessionId)).visitor_id,
    }
    await change(made, { size: "m", name: "Ada", ...options })
    return made
  }

  async function change({ visitor, id }: Design, options: Record<string, unknown>): Promise<void> {
    const { status, text } = await visitor.call("PATCH", `/sessions/${id}`, { options })
    expect(`${status} ${status === 200 ? "" : text}`).toBe("200 ")
  }

  /** An upload that was sent for a session, with real files. */
  async function upload({ id, visitor_id }: Pick<Design, "id" | "visitor_id">): Promise<UploadRow> {
    const content = await sharp({
      create: { width: 600, height: 600, channels: 3, background: "#336699" },
    })
      .png()
      .toBuffer()
    const [file, proxy] = await Promise.all(
      (["upload", "upload_proxy"] as const).map((kind) =>
        storeFile(store.getContainer(), { kind, mime_type: "image/png", content })
      )
    )
    const sha256 = createHash("sha256").update(content).digest("hex")
    return service().createUploads({
      ...{ session_id: id, visitor_id, source_sha256: randomUUID(), mime_type: "image/png" },
      ...{ file_id: file?.id ?? "", proxy_file_id: proxy?.id ?? "", bytes: content.length },
      ...{ sha256, width: 600, height: 600 },
      ...{ proxy_sha256: sha256, proxy_width: 600, proxy_height: 600 },
    })
  }

  /** Draws the design's preview. @returns the job's id */
  async function preview({ visitor, id }: Design): Promise<string> {
    const { body } = await visitor.call<{ jobId: string }>("POST", `/sessions/${id}/preview`, {})
    const done = await visitor.call("GET", `/previews/${body.jobId}?wait=25`)
    expect(done.body).toMatchObject({ status: "succeeded" })
    return body.jobId
  }

  async function addToCart({ visitor, id }: Design): Promise<Line> {
    const { body, status, text } = await visitor.call<{
      cart: { id: string; items: { id: string }[] }
    }>("POST", "/cart/items", { item: { session_id: id } })
    expect(`${status} ${status === 200 ? "" : text}`).toBe("200 ")
    return { id: body.cart.items.at(-1)?.id ?? "", cart_id: body.cart.id }
  }

  /** Puts something without a template into a visitor's cart. */
  async function addPlainItem(visitor: TestVisitor): Promise<void> {
    const { body } = await new TestVisitor(store).call<{ product: { id: string } }>(
      "POST",
      "/products",
      { name: "A plain card", base_price: 2 },
      { "X-API-Key": shop.seeded().api_key ?? "" }
    )
    const [variant_id] = await ids(
      "select id from product_variant where product_id = $1",
      body.product.id
    )
    const { status } = await visitor.call("POST", "/cart/items", { item: { variant_id } })
    expect(status).toBe(200)
  }

  /** Orders what is in the cart, for somebody whose street and e-mail address have a word in them. @returns the order's id */
  async function order({ visitor }: Pick<Design, "visitor">, word = "engine"): Promise<string> {
    const body = checkoutBody({
      email: `${word}@example.com`,
      shipping_address: { ...ADDRESS, address_1: `12 ${word} street` },
    })
    const {
      body: placed,
      status,
      text,
    } = await visitor.call<{ orderId: string }>("POST", "/checkout", body)
    expect(`${status} ${status === 201 ? "" : text}`).toBe("201 ")
    return placed.orderId
  }

  async function cancel(orderId: string): Promise<void> {
    const { status } = await store.request(`/orders/${orderId}/status`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-API-Key": shop.seeded().api_key ?? "" },
      body: JSON.stringify({ status: "canceled" }),
    })
    expect(status).toBe(200)
  }

  /** Waits until every event was delivered to the workshop, whose inbox has a copy then. */
  async function delivered(orderId: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      const [row] = await rows<{ done: boolean }>(
        `select bool_and(exists (select 1 from personalization_webhook_attempt a
                   where a.event_id = e.id and a.state = 'succeeded')) as done
           from personalization_webhook_event e where e.order_id = $1`,
        [orderId]
      )
      if (row?.done || Date.now() > deadline) {
        expect(row).toEqual({ done: true })
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Lets the time of sessions be over. */
  async function expire(...sessionIds: string[]): Promise<void> {
    await rows(
      `update personalization_session set expires_at = now() - interval '1 minute' where id = any($1)`,
      [sessionIds]
    )
  }

  const clean = async () =>
    (await removeExpiredPersonalizationSessionsWorkflow(store.getContainer()).run()).result

  /** Which of the files have a row, and bytes in the storage, by their ids; "lost" when only one of the two is there. */
  async function filesOf(names: Map<string, string>): Promise<Record<string, string>> {
    const found = await Promise.all(
      [...names].map(async ([id, storageId]) => {
        const [row] = await rows(`select 1 from personalization_file where id = $1`, [id])
        const bytes = await access(path.join(process.env.FILES_DIR ?? "", storageId)).then(
          () => true,
          () => false
        )
        return [id, row && bytes ? "there" : !row && !bytes ? "gone" : "lost"] as const
      })
    )
    return Object.fromEntries(found)
  }

  /** Remembers where files lie, to look at them later. */
  async function watch(fileIds: string[]): Promise<() => Promise<string[]>> {
    const found = await rows<{ id: string; storage_id: string }>(
      `select id, storage_id from personalization_file where id = any($1)`,
      [fileIds]
    )
    expect(found).toHaveLength(fileIds.length)
    const names = new Map(found.map(({ id, storage_id }) => [id, storage_id]))
    return async () => {
      const states = await filesOf(names)
      return fileIds.map((id) => states[id] ?? "")
    }
  }

  /** The files of an upload, to look at later. */
  const watchUpload = ({ file_id, proxy_file_id }: UploadRow) => watch([file_id, proxy_file_id])

  /** The files of a preview, to look at later. */
  async function watchPreview(jobId: string): Promise<() => Promise<string[]>> {
    return watch(
      await ids(
        `select view->>'file_id' as id from personalization_render_job, jsonb_array_elements(views) view where id = $1`,
        jobId
      )
    )
  }

  /** Gives an order a drawn print file, to look at later. */
  async function printFile(order_id: string): Promise<() => Promise<string[]>> {
    const file = await storeFile(store.getContainer(), {
      ...{ kind: "print", mime_type: "image/png", content: Buffer.from("a print") },
    })
    await rows(
      `insert into personalization_render_job (id, hash, target, order_id, input, status, views)
       values ($1, $1, 'print', $2, '{}', 'succeeded', $3)`,
      [
        `prj_${file.id}`,
        order_id,
        JSON.stringify([{ view: "front", file_id: file.id, width: 1, height: 1 }]),
      ]
    )
    return watch([file.id])
  }

  /** The tables of the whole database with a row that has this text in it. */
  async function tablesWith(text: string): Promise<string[]> {
    const tables = await rows<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`
    )
    // One statement: a connection for each of two hundred tables takes seconds.
    const looks = tables.map(
      ({ name }) =>
        `select '${name}' as name where exists (select 1 from ${name} t where t::text like $1)`
    )
    const found = await rows<{ name: string }>(looks.join(" union all "), [`%${text}%`])
    return found.map(({ name }) => name).sort()
  }

  /** Asks the dashboard's door for a person's data, or for its removal. */
  async function ask<T>(
    action: "export" | "erase",
    body: unknown
  ): Promise<{ status: number; body: T }> {
    const key = Buffer.from(`${shop.seeded().api_key}:`).toString("base64")
    const response = await store.request(`/admin/personalization/privacy/${action}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Basic ${key}` },
      body: JSON.stringify(body),
    })
    expect(response.headers.get("cache-control")).toBe("no-store")
    return { status: response.status, body: (await response.json()) as T }
  }

  async function exported(person: object): Promise<PersonalExport> {
    const { status, body } = await ask<{ export: PersonalExport }>("export", person)
    expect(status).toBe(200)
    return body.export
  }

  async function erased(person: object): Promise<Erasure> {
    const { status, body } = await ask<Erasure>("erase", person)
    expect({ status, body }).toMatchObject({ status: 200 })
    return body
  }

  /** Our own tables with this text; orders and carts in Medusa are Medusa's. */
  const ourTablesWith = async (text: string) =>
    (await tablesWith(text)).filter((table) => table.includes("personalization"))

  return {
    ...shop,
    ...{
      rows,
      ids,
      service,
      design,
      change,
      upload,
      preview,
      addToCart,
      addPlainItem,
      order,
      cancel,
      delivered,
    },
    ...{ ask, exported, erased, ourTablesWith },
    ...{ expire, clean, watch, watchUpload, watchPreview, printFile, tablesWith },
    /** A visitor without designs yet. */
    visitor: () => new TestVisitor(store),
  }
}

/** What an erasure has taken, without what there was nothing of. */
export function counted({ erased }: Erasure): Record<string, number> {
  return Object.fromEntries(Object.entries(erased).filter(([, count]) => count > 0))
}

/** Names a design's visitor to the dashboard's door. */
export function keyOf({ visitor }: Design): { visitor_key: string } {
  return { visitor_key: visitor.key }
}
