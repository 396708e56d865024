// What a request to the catalog asks for, read from its url.
import { z } from "@medusajs/framework/zod"
import type { CatalogAsk } from "../../../workflows/catalog/answers"
import { pageQuery, regionQuery } from "../query"
import { unstorable } from "../storable"

// Keys that are not known are ignored here: campaign parameters must not break a product list.
/** The query of the list; `q` finds products by title, description or handle. */
export const listQuery = z.object({
  ...pageQuery,
  ...regionQuery,
  q: z.string().max(200).optional(),
})
/** The query of a product. */
export const productQuery = z.object(regionQuery)
/** The query of door 1, where a region can be named by its id. */
export const personalizationQuery = z.object({
  ...regionQuery,
  region_id: z.string().min(1).max(64).optional(),
})

/** The list's question; surrounding space does not make another search. */
export function listAsk(query: z.output<typeof listQuery>): CatalogAsk {
  const { q, ...rest } = query
  return { kind: "list", ...rest, ...(q?.trim() ? { q: q.trim() } : {}) }
}

/**
 * Reads `/products` and `/products/:id`.
 * @returns undefined for everything else and for whatever is wrong with it: the route says what.
 */
export function readProductsUrl(url: string): CatalogAsk | undefined {
  const [path, search] = cut(url)
  const match = /^\/products(?:\/([^/]+))?\/?$/.exec(path)
  if (!match) {
    return undefined
  }
  if (match[1] === undefined) {
    const query = readQuery(listQuery, search)
    return query && listAsk(query)
  }
  const id = readId(match[1])
  const query = readQuery(productQuery, search)
  return id !== undefined && query ? { kind: "product", id, ...query } : undefined
}

/** Reads `/store/products/:id/personalization` in the same way. */
export function readPersonalizationUrl(url: string): CatalogAsk | undefined {
  const [path, search] = cut(url)
  const match = /^\/store\/products\/([^/]+)\/personalization\/?$/.exec(path)
  const id = readId(match?.[1] ?? "")
  const query = match && readQuery(personalizationQuery, search)
  return id !== undefined && query ? { kind: "personalization", id, ...query } : undefined
}

function cut(url: string): [path: string, search: string] {
  const at = url.indexOf("?")
  return at === -1 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)]
}

function readId(segment: string): string | undefined {
  try {
    const id = decodeURIComponent(segment)
    return id === "" || unstorable(id, []).length > 0 ? undefined : id
  } catch {
    return undefined
  }
}

function readQuery<T>(schema: z.ZodType<T>, search: string): T | undefined {
  // Express reads brackets as lists and objects, which no key of ours takes.
  if (/\[|%5b/i.test(search)) {
    return undefined
  }
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [key, value] of new URLSearchParams(search)) {
    const before = query[key]
    query[key] = before === undefined ? value : [before, value].flat()
  }
  const result = schema.safeParse({ ...query })
  return result.success && unstorable(result.data, []).length === 0 ? result.data : undefined
}
