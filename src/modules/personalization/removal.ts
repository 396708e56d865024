// Removes rows within a transaction: what two processes must not decide at the same moment is decided under a visitor's lock.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { IDS } from "../../lib/sql-list"

/** What was removed, and the files that no upload refers to any more. */
export type RemovedUploads = { uploads: number; file_ids: string[] }

/**
 * Lets one at a time decide about what is a visitor's: each of two that remove one session each would take the other's for a
 * use of what both had, and what a removal found unused could be put to use before it is gone. Held until the transaction
 * ends; in order, and before any row of the visitor's is locked, so that nobody waits in a circle. What such a transaction
 * compares with the clock is compared with `clock_timestamp()`: `now()` is the time before the wait.
 */
export async function lockVisitors(manager: SqlEntityManager, visitorIds: string[]): Promise<void> {
  for (const id of [...new Set(visitorIds)].sort()) {
    await manager.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
      `personalization-removal:${id}`,
    ])
  }
}

/** `lockVisitors` for those whose sessions or designs these are. @returns them */
export async function lockVisitorsOf(
  manager: SqlEntityManager,
  table: "personalization_session" | "personalization_design",
  ids: string[]
): Promise<string[]> {
  const rows = await manager.execute<{ visitor_id: string }[]>(
    `select distinct visitor_id from ${table} where id in ${IDS} and visitor_id is not null`,
    [JSON.stringify(ids)]
  )
  const visitors = rows.map(({ visitor_id }) => visitor_id)
  await lockVisitors(manager, visitors)
  return visitors
}

/**
 * Lets designs be taken for no cart any more, before it is looked whether lines refer to them.
 * @returns those that no cart was about to get: whatever lines refer to them are there
 */
export async function retireDesigns(manager: SqlEntityManager, ids: string[]): Promise<string[]> {
  await lockVisitorsOf(manager, "personalization_design", ids)
  await manager.execute(
    `update personalization_design set retired_at = now(), updated_at = now()
      where id in ${IDS} and retired_at is null`,
    [JSON.stringify(ids)]
  )
  const rows = await manager.execute<{ id: string }[]>(
    `select d.id from personalization_design d
      where d.id in ${IDS} and not exists (
        select 1 from personalization_design_cart h
         where h.design_id = d.id and h.on_its_way_until > clock_timestamp())`,
    [JSON.stringify(ids)]
  )
  return rows.map(({ id }) => id)
}

/**
 * Deletes uploads of visitors that nothing of theirs uses: the session that one was last sent for is gone, and no session
 * or design names it. Call it under `lockVisitors`.
 */
export async function deleteUnusedUploads(
  manager: SqlEntityManager,
  visitorIds: string[]
): Promise<RemovedUploads> {
  if (visitorIds.length === 0) {
    return { uploads: 0, file_ids: [] }
  }
  const visitors = JSON.stringify(visitorIds)
  const named = (table: string) =>
    `select value.value->>'upload_id' from ${table} t, jsonb_each(t.options) value
      where t.visitor_id in ${IDS} and value.value->>'upload_id' is not null`
  const deleted = await manager.execute<{ file_id: string; proxy_file_id: string }[]>(
    `delete from personalization_upload u
      where u.visitor_id in ${IDS} and u.deleted_at is null
        and not exists (select 1 from personalization_session s where s.id = u.session_id)
        and u.id not in (${named("personalization_session")} union all ${named("personalization_design")})
      returning u.file_id, u.proxy_file_id`,
    [visitors, visitors, visitors]
  )
  const files = deleted.flatMap(({ file_id, proxy_file_id }) => [file_id, proxy_file_id])
  return { uploads: deleted.length, file_ids: await withoutUpload(manager, files) }
}

/** Those of the files that no upload refers to; a copy for another visitor has rows of its own on the same files. */
async function withoutUpload(manager: SqlEntityManager, fileIds: string[]): Promise<string[]> {
  if (fileIds.length === 0) {
    return []
  }
  const rows = await manager.execute<{ id: string }[]>(
    `select distinct given.id from jsonb_array_elements_text(?::jsonb) given (id)
      where not exists (select 1 from personalization_upload u where u.file_id = given.id)
        and not exists (select 1 from personalization_upload u where u.proxy_file_id = given.id)`,
    [JSON.stringify(fileIds)]
  )
  return rows.map(({ id }) => id)
}
