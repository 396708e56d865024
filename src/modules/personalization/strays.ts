// Finds what nothing leads to any more: left over by a crash, by two changes at one moment, or because its time is over.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { IDS } from "../../lib/sql-list"

/** Where a list goes on: after this id, at most so many. The first page begins after the empty id. */
export type Page = { after: string; limit: number }
/** A design by what finds the lines that refer to it. */
export type DesignRef = { id: string; variant_id: string }
/** Which visitors may go: those with nothing left, the ones of these whose time is over too, or whatever they have left. */
export type WhichVisitors = "empty" | "expired" | "any"

/** How long what has no owner is let be: whoever makes it may not be done yet. */
const GRACE = "interval '1 day'"
const NOTHING_LEFT = ["session", "design", "upload"]
  .map(
    (table) =>
      `not exists (select 1 from personalization_${table} x where x.visitor_id = v.id and x.deleted_at is null)`
  )
  .join(" and ")
const VISITORS: Record<WhichVisitors, string> = {
  any: "true",
  empty: NOTHING_LEFT,
  expired: `v.expires_at < now() and ${NOTHING_LEFT}`,
}

/** Designs whose session is gone and that keep a visitor's values; lines may refer to them all the same. */
export async function strayDesigns(
  manager: SqlEntityManager,
  { after, limit }: Page
): Promise<DesignRef[]> {
  return manager.execute<DesignRef[]>(
    `select d.id, d.variant_id from personalization_design d
      where d.id > ? and d.anonymized_at is null and d.created_at < now() - ${GRACE}
        and not exists (select 1 from personalization_session s where s.id = d.session_id)
      order by d.id limit ?`,
    [after, limit]
  )
}

/** Visitors with an upload that was sent for a session which is gone. */
export async function visitorsOfStrayUploads(
  manager: SqlEntityManager,
  { after, limit }: Page
): Promise<string[]> {
  const rows = await manager.execute<{ id: string }[]>(
    `select distinct u.visitor_id as id from personalization_upload u
      where u.visitor_id > ? and u.created_at < now() - ${GRACE}
        and not exists (select 1 from personalization_session s where s.id = u.session_id)
      order by u.visitor_id limit ?`,
    [after, limit]
  )
  return rows.map(({ id }) => id)
}

/** Files of uploads that no upload refers to: their upload was never recorded, or is gone. */
export async function strayUploadFiles(
  manager: SqlEntityManager,
  { after, limit }: Page
): Promise<string[]> {
  const rows = await manager.execute<{ id: string }[]>(
    `select f.id from personalization_file f
      where f.id > ? and f.kind in ('upload', 'upload_proxy') and f.created_at < now() - ${GRACE}
        and not exists (select 1 from personalization_upload u where u.file_id = f.id)
        and not exists (select 1 from personalization_upload u where u.proxy_file_id = f.id)
      order by f.id limit ?`,
    [after, limit]
  )
  return rows.map(({ id }) => id)
}

/** Visitors whose time is over and who have nothing left. */
export async function expiredVisitors(
  manager: SqlEntityManager,
  { after, limit }: Page
): Promise<string[]> {
  const rows = await manager.execute<{ id: string }[]>(
    `select v.id from personalization_visitor v
      where v.id > ? and ${VISITORS.expired} order by v.id limit ?`,
    [after, limit]
  )
  return rows.map(({ id }) => id)
}

/** Deletes visitors. @returns those that it deleted */
export async function deleteVisitors(
  manager: SqlEntityManager,
  ids: string[],
  which: WhichVisitors
): Promise<string[]> {
  const rows = await manager.execute<{ id: string }[]>(
    `delete from personalization_visitor where id in (
       select v.id from personalization_visitor v
        where v.id in ${IDS} and ${VISITORS[which]}
        for update ${which === "expired" ? "skip locked" : ""})
      returning id`,
    [JSON.stringify(ids)]
  )
  return rows.map(({ id }) => id)
}

/** Deletes counters of requests whose time is over. @returns how many */
export async function deleteExpiredRateLimits(
  manager: SqlEntityManager,
  limit: number
): Promise<number> {
  const rows = await manager.execute<{ key: string }[]>(
    `delete from personalization_rate_limit where key in (
       select key from personalization_rate_limit
        where expire < (extract(epoch from now()) * 1000)::bigint limit ? for update skip locked)
      returning key`,
    [limit]
  )
  return rows.length
}
