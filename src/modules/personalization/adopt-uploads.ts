// Gives a visitor the pictures of a design that was begun under another key: rows of their own on the same files.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { notFound } from "../../lib/errors"
import { IDS } from "../../lib/sql-list"
import { lockVisitors } from "./removal"

const FACTS =
  "source_sha256, file_id, proxy_file_id, sha256, mime_type, width, height, bytes, proxy_sha256, proxy_width, proxy_height"

/**
 * Before a session is started: a removal that has found nobody who uses a file must not remove it after this, and nothing
 * is begun for a visitor whose data is being erased.
 * @throws AppError 404 `session_not_found` when the visitor's time is over
 */
export async function lockForStart(
  manager: SqlEntityManager,
  uploadIds: string[],
  visitorId: string
): Promise<void> {
  const owners =
    uploadIds.length > 0
      ? await manager.execute<{ visitor_id: string }[]>(
          `select distinct visitor_id from personalization_upload where id in ${IDS}`,
          [JSON.stringify(uploadIds)]
        )
      : []
  await lockVisitors(manager, [visitorId, ...owners.map(({ visitor_id }) => visitor_id)])
  const [visitor] = await manager.execute<{ id: string }[]>(
    `select id from personalization_visitor where id = ? and expires_at > clock_timestamp() and deleted_at is null`,
    [visitorId]
  )
  if (!visitor) {
    throw notFound("session")
  }
}

/**
 * Copies uploads for a visitor; what the visitor has already is not copied. Call it after `lockForStart`.
 * @returns the visitor's upload by the one it stands for; one that is gone has none
 */
export async function adoptUploads(
  manager: SqlEntityManager,
  uploadIds: string[],
  to: { visitor_id: string; session_id: string }
): Promise<ReadonlyMap<string, string>> {
  if (uploadIds.length === 0) {
    return new Map()
  }
  const names = JSON.stringify(
    // One picture may be in several zones.
    [...new Set(uploadIds)].map((old_id) => ({
      old_id,
      new_id: generateEntityId(undefined, "pupl"),
    }))
  )
  await manager.execute(
    `insert into personalization_upload (id, session_id, visitor_id, ${FACTS})
     select n.new_id, ?, ?, ${FACTS}
       from personalization_upload u
       join jsonb_to_recordset(?::jsonb) as n (old_id text, new_id text) on n.old_id = u.id
      where u.visitor_id <> ? and u.deleted_at is null
     on conflict (visitor_id, source_sha256) where deleted_at is null
       do update set session_id = excluded.session_id, updated_at = now()`,
    [to.session_id, to.visitor_id, names, to.visitor_id]
  )
  const rows = await manager.execute<{ old_id: string; id: string }[]>(
    `select theirs.id as old_id, own.id
       from personalization_upload theirs
       join personalization_upload own
         on own.source_sha256 = theirs.source_sha256 and own.visitor_id = ? and own.deleted_at is null
      where theirs.id in ${IDS}`,
    [to.visitor_id, JSON.stringify(uploadIds)]
  )
  return new Map(rows.map(({ old_id, id }) => [old_id, id]))
}

/** Values with their uploads by other ids. */
export function renameUploads(
  values: Record<string, unknown>,
  names: ReadonlyMap<string, string>
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]): [string, unknown] => {
      const { upload_id } = (value ?? {}) as { upload_id?: unknown }
      const name = typeof upload_id === "string" ? names.get(upload_id) : undefined
      return [key, name === undefined ? value : { ...(value as object), upload_id: name }]
    })
  )
}
