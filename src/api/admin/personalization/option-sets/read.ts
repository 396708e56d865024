// Reads option sets for the dashboard's door, with the fields that a request asks for.
import type { MedusaRequest } from "@medusajs/framework/http"
import { notFound } from "../../../../lib/errors"
import {
  listOneOptionSetView,
  listOptionSetViews,
  ORDER_COLUMNS,
  type ListedOptionSets,
  type OptionSetPage,
} from "../../../../workflows/option-sets/view"

type Fields = Record<string, unknown>

/** A page of sets of whatever product, in the order asked for. @throws AppError 503 `catalog_busy` */
export async function readOptionSets(
  req: MedusaRequest,
  page: Omit<OptionSetPage, "published_only" | "order">
): Promise<{ option_sets: Fields[]; count: number }> {
  const order = orderOf(req)
  const listed = await listOptionSetViews(req.scope, {
    ...page,
    published_only: false,
    ...(order ? { order } : {}),
  })
  return { option_sets: wantedFields(req, listed), count: listed.count }
}

/** One set. @throws AppError 404 `option_set_not_found` */
export async function readOptionSet(req: MedusaRequest, id: string): Promise<Fields> {
  const [set] = wantedFields(req, await listOneOptionSetView(req.scope, id))
  if (!set) {
    throw notFound("option_set")
  }
  return set
}

function wantedFields(req: MedusaRequest, { option_sets, times }: ListedOptionSets): Fields[] {
  const wanted = new Set(req.queryConfig.fields)
  return option_sets.map((set) =>
    Object.fromEntries(
      Object.entries({ ...set, ...times.get(set.id) }).filter(([field]) => wanted.has(field))
    )
  )
}

function orderOf(req: MedusaRequest): OptionSetPage["order"] {
  const [asked] = Object.entries(req.queryConfig.pagination?.order ?? {})
  const column = ORDER_COLUMNS.find((known) => known === asked?.[0])
  return column ? { column, direction: asked?.[1] === "DESC" ? "desc" : "asc" } : undefined
}
