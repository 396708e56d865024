// Reads everything that is stored of a person into one document.
import type { MedusaContainer } from "@medusajs/framework/types"
import { webhookBody } from "../../domain/webhook/payload"
import { fileUrl } from "../../lib/file-url"
import type { RenderedView, RenderJobRow } from "../../modules/personalization_rendering"
import { personalization, production, rendering, webhooks } from "../services"
import { personKey, readScope, type PersonScope } from "./scope"
import type { Person, PersonalExport } from "./types"

type Part<K extends keyof PersonalExport> = PersonalExport[K]

/**
 * Everything that is stored of a customer, or of whoever holds a visitor's key; a key whose time is over still counts. One that
 * nobody has, and a customer who made nothing, get the same document with empty lists.
 */
export async function exportPersonalData(
  container: MedusaContainer,
  person: Person
): Promise<PersonalExport> {
  const scope = await readScope(container, personKey(person))
  const { visitor } = scope
  return {
    format: 1,
    exported_at: new Date().toISOString(),
    subject:
      "customer_id" in person
        ? { kind: "customer", customer_id: person.customer_id }
        : { kind: "visitor" },
    visitors: visitor
      ? [
          {
            id: visitor.id,
            cart_id: visitor.cart_id,
            created_at: iso(visitor.created_at),
            expires_at: iso(visitor.expires_at),
          },
        ]
      : [],
    sessions: sessionsOf(scope),
    uploads: uploadsOf(container, scope),
    renders: await rendersOf(container, scope),
    designs: designsOf(scope),
    orders: await ordersOf(container, scope),
    webhooks: await webhooksOf(container, scope),
  }
}

function sessionsOf({ sessions }: PersonScope): Part<"sessions"> {
  return sessions.map((row) => ({
    id: row.id,
    visitor_id: row.visitor_id,
    customer_id: row.customer_id,
    product_id: row.product_id,
    variant_id: row.variant_id,
    template_id: row.template_id,
    template_version: row.template_version,
    options: row.options,
    revision: row.revision,
    currency_code: row.currency_code,
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
    expires_at: iso(row.expires_at),
  }))
}

function uploadsOf(container: MedusaContainer, { uploads }: PersonScope): Part<"uploads"> {
  const { options } = personalization(container)
  return uploads.map((row) => ({
    id: row.id,
    session_id: row.session_id,
    visitor_id: row.visitor_id,
    mime_type: row.mime_type,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    created_at: iso(row.created_at),
    url: fileUrl(options, row.file_id),
  }))
}

async function rendersOf(
  container: MedusaContainer,
  { visitor, sessions, orders }: PersonScope
): Promise<Part<"renders">> {
  const { options } = personalization(container)
  const own = visitor ? { visitor_id: visitor.id } : { session_id: sessions.map(({ id }) => id) }
  const ordered = { order_id: orders.map(({ order_id }) => order_id) }
  const jobs = (
    await Promise.all([own, ordered].map((filter) => rendering(container).listRenderJobs(filter)))
  ).flat()
  const views = (job: RenderJobRow) => (job.views as unknown as RenderedView[] | null) ?? []
  return [...new Map(jobs.map((job) => [job.id, job])).values()].map((job) => ({
    id: job.id,
    session_id: job.session_id,
    order_id: job.order_id,
    target: job.target,
    status: job.status,
    created_at: iso(job.created_at),
    views: views(job).map(({ view, width, height, file_id }) => ({
      ...{ view, width, height },
      url: fileUrl(options, file_id),
    })),
  }))
}

function designsOf({ designs }: PersonScope): Part<"designs"> {
  return designs.map((row) => ({
    id: row.id,
    session_id: row.session_id,
    product_id: row.product_id,
    variant_id: row.variant_id,
    template_id: row.template_id,
    template_version: row.template_version,
    options: row.options,
    surcharges: row.surcharges,
    currency_code: row.currency_code,
    base_price: row.base_price,
    unit_price: row.unit_price,
    created_at: iso(row.created_at),
    anonymized_at: row.anonymized_at ? iso(row.anonymized_at) : null,
  }))
}

async function ordersOf(
  container: MedusaContainer,
  { orders }: PersonScope
): Promise<Part<"orders">> {
  const steps = await production(container).listProductionHistories(
    { production_order_id: orders.map(({ id }) => id) },
    { order: { version: "ASC" } }
  )
  return orders.map((row) => ({
    order_id: row.order_id,
    display_id: row.display_id,
    status: row.status,
    currency_code: row.currency_code,
    total: row.total,
    tracking_number: row.tracking_number,
    tracking_url: row.tracking_url,
    created_at: iso(row.created_at),
    history: steps
      .filter(({ production_order_id }) => production_order_id === row.id)
      .map(({ status, at, reason }) => ({ status, at: iso(at), reason })),
  }))
}

async function webhooksOf(
  container: MedusaContainer,
  { orders }: PersonScope
): Promise<Part<"webhooks">> {
  const order_id = orders.map((order) => order.order_id)
  const service = webhooks(container)
  const [events, attempts] = await Promise.all([
    service.listPersonalizationWebhookEvents({ order_id }, { order: { id: "ASC" } }),
    service.listPersonalizationWebhookAttempts({ order_id }, { order: { id: "ASC" } }),
  ])
  return events.map((event) => ({
    id: event.id,
    event: event.type,
    order_id: event.order_id,
    created_at: iso(event.created_at),
    body: JSON.parse(webhookBody({ ...event, created_at: new Date(event.created_at) })),
    attempts: attempts
      .filter(({ event_id }) => event_id === event.id)
      .map(({ sent_at, url, response_status, response_body }) => ({
        sent_at: iso(sent_at),
        host: URL.canParse(url) ? new URL(url).hostname : url,
        ...{ response_status, response_body },
      })),
  }))
}

function iso(time: Date | string): string {
  return new Date(time).toISOString()
}
