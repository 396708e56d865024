// The print files of orders: asks for them, finds orders that lack them, lists them.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createHash } from "node:crypto"
import { RenderError } from "../../domain/rendering/errors"
import { preflight } from "../../domain/rendering/preflight"
import { toWireIssue, type WireIssue } from "../../lib/errors"
import type { JobStatus, RenderedView } from "../../modules/personalization_rendering"
import type { DesignRow } from "../../modules/personalization/service"
import { select } from "../catalog/sql"
import { DESIGN_METADATA_KEY } from "../designs/freeze-design"
import { errorText } from "../orders/error-text"
import { personalization, rendering } from "../services"
import { fontsOf } from "../sessions/drawing-facts"
import { drawableDesign } from "./drawable"
import { rendersHash, viewsOf } from "./plan-input"

/** A line of an order with the design that was sold in it. */
type PrintedItem = { item_id: string; design_id: string }
/** A job that draws all placements of one line. */
export type PrintJob = { id: string; item_id: string; status: JobStatus }
/** The newest job of a line: `views` of the newest that succeeded. */
export type PrintedLine = PrintJob & {
  error: { code: string; message: string } | null
  warnings: WireIssue[]
  views: RenderedView[]
}

/** The most orders that one run works on; the next run takes the rest. */
const BATCH = 100
/** What was sold in an order: Medusa's own routes take any metadata, so that a line may name somebody else's design. */
const SOLD = `
  order_cart oc
  join order_item i on i.order_id = oc.order_id and i.deleted_at is null
  join order_line_item l on l.id = i.item_id and l.deleted_at is null
  join personalization_design_cart h
    on h.cart_id = oc.cart_id and h.design_id = l.metadata->>'${DESIGN_METADATA_KEY}'`

/**
 * Asks for the print files of every placement of an order's personalized lines. One that was drawn before is ready at once.
 * @param fresh draws anew all the same
 */
export async function requestOrderPrints(
  container: MedusaContainer,
  orderId: string,
  { fresh }: { fresh: boolean }
): Promise<PrintJob[]> {
  const items = await select<PrintedItem>(
    container,
    `select distinct l.id as item_id, h.design_id from ${SOLD}
      where oc.order_id = ? and oc.deleted_at is null order by l.id`,
    [orderId]
  )
  const ids = [...new Set(items.map(({ design_id }) => design_id))]
  const rows = ids.length > 0 ? await personalization(container).listDesigns({ id: ids }) : []
  const designs = new Map(rows.map((row) => [row.id, row]))
  const jobs: PrintJob[] = []
  for (const { item_id, design_id } of items) {
    const row = designs.get(design_id)
    if (row) {
      jobs.push(await requestPrint(container, { orderId, item_id, row, fresh }))
    }
  }
  return jobs
}

async function requestPrint(
  container: MedusaContainer,
  {
    orderId,
    item_id,
    row,
    fresh,
  }: { orderId: string; item_id: string; row: DesignRow; fresh: boolean }
): Promise<PrintJob> {
  const service = rendering(container)
  const design = await drawableDesign(container, row)
  const views = viewsOf(design.definition)
  const hash = await rendersHash(container, design, { target: "print", views }).catch(
    (error: unknown) => {
      if (error instanceof RenderError) {
        // The job fails and says why, where people look for it.
        return createHash("sha256").update(`print ${row.id}`).digest("hex")
      }
      throw error
    }
  )
  const uploads = Object.fromEntries(design.upload_rows.map((upload) => [upload.id, upload]))
  const context = { definition: design.definition, option_sets: null, uploads }
  const shaper = await fontsOf(container, design.definition)
  const { id, status } = await service.requestJob(
    {
      hash,
      target: "print",
      order_id: orderId,
      line_item_id: item_id,
      warnings: preflight(context, design.selection, shaper).map(toWireIssue),
      input: { design_id: row.id, views },
    },
    { fresh }
  )
  if (status === "queued") {
    await service.wakeRenderer({ id, target: "print" })
  }
  return { id, item_id, status }
}

/** Has a paid order's files drawn. What goes wrong is logged: the reconciler finds the order again. */
export async function printPaidOrder(container: MedusaContainer, orderId: string): Promise<void> {
  await requestOrderPrints(container, orderId, { fresh: false }).catch((error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(
        `personalization: the files of order ${orderId} were not asked for: ${errorText(error)}`
      )
  })
}

/** Asks for the files of paid orders that nobody asked for. An order on hold waits. @returns how many orders */
export async function printForgottenOrders(container: MedusaContainer): Promise<number> {
  const orders = await select<{ order_id: string }>(
    container,
    `select distinct p.order_id from personalization_production_order p
       join ${SOLD} on oc.order_id = p.order_id
      where p.status in ('paid', 'in_production') and p.hold_at is null and p.deleted_at is null
        and oc.deleted_at is null
        and not exists (
          select 1 from personalization_render_job j
           where j.order_id = p.order_id and j.line_item_id = l.id and j.target = 'print')
      limit ?`,
    [BATCH]
  )
  for (const { order_id } of orders) {
    await printPaidOrder(container, order_id)
  }
  return orders.length
}

/** The newest job of each personalized line of an order, with the files of the newest that succeeded. */
export async function listOrderPrints(
  container: MedusaContainer,
  orderId: string
): Promise<PrintedLine[]> {
  return select<PrintedLine>(
    container,
    `select distinct on (j.line_item_id) j.id, j.line_item_id as item_id, j.status, j.error,
            coalesce(j.warnings, '[]') as warnings, coalesce(done.views, '[]') as views
       from personalization_render_job j
       left join lateral (
         select d.views from personalization_render_job d
          where d.order_id = j.order_id and d.line_item_id = j.line_item_id and d.target = 'print'
            and d.status = 'succeeded' and d.deleted_at is null
          order by d.finished_at desc limit 1) done on true
      where j.order_id = ? and j.target = 'print' and j.deleted_at is null
      order by j.line_item_id, j.created_at desc, j.id desc`,
    [orderId]
  )
}
