// What goes when its time is over or its visitor asks for it: the reads and deletions that must be one statement each.
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"
import { IDS } from "../../lib/sql-list"
import { managerOf, type SqlContext } from "../../lib/transaction"
import {
  deleteUnusedUploads,
  lockVisitors,
  lockVisitorsOf,
  retireDesigns,
  type RemovedUploads,
} from "./removal"
import {
  deleteExpiredRateLimits,
  deleteVisitors,
  expiredVisitors,
  strayDesigns,
  strayUploadFiles,
  visitorsOfStrayUploads,
  type DesignRef,
  type Page,
  type WhichVisitors,
} from "./strays"

export type { RemovedUploads } from "./removal"
export type { DesignRef, Page } from "./strays"
/** A session whose time is over, with its designs. `expires_at` as the database writes it, to go on after it. */
export type ExpiredSession = { id: string; expires_at: string; designs: DesignRef[] }
/** A design parted from its visitor: what is left of its values. */
export type AnonymizedDesign = { id: string; options: Record<string, unknown> }
/** What a person's own sessions, designs and uploads are. */
export type ErasedScope = {
  session_ids: string[]
  /** All sessions of this visitor go, those begun meanwhile too. */
  visitor_id: string | null
  /** Designs that no line refers to. Others lose their session only. */
  free_design_ids: string[]
  /** The visitors that all of it was made under: what nothing of theirs uses any more goes too. */
  visitor_ids: string[]
}
export type RemovedRows = RemovedUploads & { session_ids: string[]; designs: number }

/** Finds and removes what is over; holds no state of its own. Files are left to the caller, who removes them afterwards. */
export class RetentionStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}

  /** Sessions whose time is over, the longest over first, after the last one of the page before. */
  @InjectManager()
  async listExpiredSessions(
    after: Pick<ExpiredSession, "id" | "expires_at"> | null,
    limit: number,
    @MedusaContext() context: SqlContext = {}
  ): Promise<ExpiredSession[]> {
    return managerOf(context).execute<ExpiredSession[]>(
      `select s.id, s.expires_at::text as expires_at,
              coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'variant_id', d.variant_id))
                          from personalization_design d where d.session_id = s.id), '[]') as designs
         from personalization_session s
        where s.expires_at < now() and (s.expires_at, s.id) > (?::timestamptz, ?)
        order by s.expires_at, s.id limit ?`,
      [after?.expires_at ?? "-infinity", after?.id ?? "", limit]
    )
  }

  /** As `retireDesigns`. To be done before it is asked which of them lines refer to. */
  @InjectTransactionManager()
  async retireDesigns(ids: string[], @MedusaContext() context: SqlContext = {}): Promise<string[]> {
    return retireDesigns(managerOf(context), ids)
  }

  /**
   * Removes sessions that are still over, the free ones of their designs, and the uploads that nothing of their visitors
   * uses then. A session keeps the designs that are not free, and stays with them. Sessions that another process is at
   * are left to it.
   */
  @InjectTransactionManager()
  async removeExpiredSessions(
    { session_ids, free_design_ids }: { session_ids: string[]; free_design_ids: string[] },
    @MedusaContext() context: SqlContext = {}
  ): Promise<RemovedRows> {
    const manager = managerOf(context)
    const visitors = await lockVisitorsOf(manager, "personalization_session", session_ids)
    const held = await manager.execute<{ id: string }[]>(
      `select id from personalization_session
        where id in ${IDS} and expires_at < now() for update skip locked`,
      [JSON.stringify(session_ids)]
    )
    const ids = JSON.stringify(held.map(({ id }) => id))
    const designs = await manager.execute<{ id: string }[]>(
      `delete from personalization_design where session_id in ${IDS} and id in ${IDS} returning id`,
      [ids, JSON.stringify(free_design_ids)]
    )
    // A design that was frozen after the list was made keeps its session for another round.
    const sessions = await manager.execute<{ id: string }[]>(
      `delete from personalization_session s
        where s.id in ${IDS} and not exists (select 1 from personalization_design d where d.session_id = s.id)
        returning s.id`,
      [ids]
    )
    const uploads = await deleteUnusedUploads(manager, visitors)
    return {
      ...uploads,
      designs: designs.length,
      session_ids: sessions.map(({ id }) => id),
    }
  }

  /** As `strayDesigns`. */
  @InjectManager()
  async listStrayDesigns(
    page: Page,
    @MedusaContext() context: SqlContext = {}
  ): Promise<DesignRef[]> {
    return strayDesigns(managerOf(context), page)
  }

  /** Removes designs whose session is gone, and the uploads that nothing of their visitors uses then. */
  @InjectTransactionManager()
  async removeStrayDesigns(
    ids: string[],
    @MedusaContext() context: SqlContext = {}
  ): Promise<RemovedUploads & { designs: number }> {
    const manager = managerOf(context)
    const visitors = await lockVisitorsOf(manager, "personalization_design", ids)
    const held = await manager.execute<{ id: string }[]>(
      `select d.id from personalization_design d
        where d.id in ${IDS} and not exists (select 1 from personalization_session s where s.id = d.session_id)
        for update of d skip locked`,
      [JSON.stringify(ids)]
    )
    await manager.execute(`delete from personalization_design where id in ${IDS}`, [
      JSON.stringify(held.map(({ id }) => id)),
    ])
    return { ...(await deleteUnusedUploads(manager, visitors)), designs: held.length }
  }

  /** As `visitorsOfStrayUploads`. */
  @InjectManager()
  async listVisitorsOfStrayUploads(
    page: Page,
    @MedusaContext() context: SqlContext = {}
  ): Promise<string[]> {
    return visitorsOfStrayUploads(managerOf(context), page)
  }

  /** Removes the uploads that nothing of these visitors uses. */
  @InjectTransactionManager()
  async removeUnusedUploads(
    visitorIds: string[],
    @MedusaContext() context: SqlContext = {}
  ): Promise<RemovedUploads> {
    const manager = managerOf(context)
    await lockVisitors(manager, visitorIds)
    return deleteUnusedUploads(manager, visitorIds)
  }

  /** As `strayUploadFiles`. */
  @InjectManager()
  async listStrayUploadFiles(
    page: Page,
    @MedusaContext() context: SqlContext = {}
  ): Promise<string[]> {
    return strayUploadFiles(managerOf(context), page)
  }

  /** Those of the hashes of previews that a design shows. */
  @InjectManager()
  async previewHashesInUse(
    hashes: string[],
    @MedusaContext() context: SqlContext = {}
  ): Promise<string[]> {
    const rows = await managerOf(context).execute<{ preview_hash: string }[]>(
      `select distinct preview_hash from personalization_design where preview_hash in ${IDS}`,
      [JSON.stringify(hashes)]
    )
    return rows.map(({ preview_hash }) => preview_hash)
  }

  /**
   * Takes visitors' values out of designs for good, parts them from their visitor and session, and removes the uploads that
   * nothing of the visitors uses then. A design that was done before stays as it is.
   * @returns how many were done now, and the hashes of the previews that they showed
   */
  @InjectTransactionManager()
  async anonymizeDesigns(
    designs: AnonymizedDesign[],
    @MedusaContext() context: SqlContext = {}
  ): Promise<RemovedUploads & { designs: number; preview_hashes: string[] }> {
    const manager = managerOf(context)
    const ids = designs.map(({ id }) => id)
    const visitors = await lockVisitorsOf(manager, "personalization_design", ids)
    const held = await manager.execute<{ id: string; preview_hash: string | null }[]>(
      `select id, preview_hash from personalization_design
        where id in ${IDS} and anonymized_at is null order by id for update`,
      [JSON.stringify(ids)]
    )
    // The content's hash goes too: a short text could be found again by trying.
    await manager.execute(
      `update personalization_design d
          set options = given.options, hash = d.id, preview_hash = null, session_id = null, visitor_id = null,
              anonymized_at = now(), updated_at = now()
         from jsonb_to_recordset(?::jsonb) as given (id text, options jsonb)
        where d.id = given.id and d.anonymized_at is null`,
      [JSON.stringify(designs)]
    )
    return {
      ...(await deleteUnusedUploads(manager, visitors)),
      designs: held.length,
      preview_hashes: held.flatMap(({ preview_hash }) => preview_hash ?? []),
    }
  }

  /** Marks designs that their orders still need, so that they go when these are over. */
  @InjectManager()
  async requestErasure(ids: string[], @MedusaContext() context: SqlContext = {}): Promise<void> {
    await managerOf(context).execute(
      `update personalization_design set erase_requested_at = now(), updated_at = now()
        where id in ${IDS} and erase_requested_at is null and anonymized_at is null`,
      [JSON.stringify(ids)]
    )
  }

  /** Designs that are to go as soon as their orders are over, or now where they are in none. */
  @InjectManager()
  async listErasureRequests(
    { after, limit }: Page,
    @MedusaContext() context: SqlContext = {}
  ): Promise<DesignRef[]> {
    return managerOf(context).execute<DesignRef[]>(
      `select id, variant_id from personalization_design
        where id > ? and erase_requested_at is not null and anonymized_at is null order by id limit ?`,
      [after, limit]
    )
  }

  /**
   * Removes a person's sessions with what only they used. Designs that lines refer to stay without a session; so do those that
   * were taken for a cart since the scope was read, and are marked: the hourly job removes them with their lines.
   */
  @InjectTransactionManager()
  async eraseSessions(
    scope: ErasedScope,
    @MedusaContext() context: SqlContext = {}
  ): Promise<RemovedRows> {
    const manager = managerOf(context)
    await lockVisitors(manager, scope.visitor_ids)
    const sessions = JSON.stringify(scope.session_ids)
    const designs = await manager.execute<{ id: string }[]>(
      `delete from personalization_design where id in ${IDS} returning id`,
      [JSON.stringify(scope.free_design_ids)]
    )
    await manager.execute(
      `update personalization_design
          set session_id = null, erase_requested_at = coalesce(erase_requested_at, now()), updated_at = now()
        where session_id in ${IDS} or (visitor_id = ? and session_id is not null)`,
      [sessions, scope.visitor_id]
    )
    const erased = await manager.execute<{ id: string }[]>(
      `delete from personalization_session where id in ${IDS} or visitor_id = ? returning id`,
      [sessions, scope.visitor_id]
    )
    const uploads = await deleteUnusedUploads(manager, scope.visitor_ids)
    return { ...uploads, designs: designs.length, session_ids: erased.map(({ id }) => id) }
  }

  /** Ends a visitor's time: from now on the key opens nothing. */
  @InjectManager()
  async expireVisitor(id: string, @MedusaContext() context: SqlContext = {}): Promise<void> {
    await managerOf(context).execute(
      `update personalization_visitor set expires_at = least(expires_at, now()), updated_at = now() where id = ?`,
      [id]
    )
  }

  /** As `expiredVisitors`. */
  @InjectManager()
  async listExpiredVisitors(
    page: Page,
    @MedusaContext() context: SqlContext = {}
  ): Promise<string[]> {
    return expiredVisitors(managerOf(context), page)
  }

  /** As `deleteVisitors`. */
  @InjectManager()
  async removeVisitors(
    ids: string[],
    which: WhichVisitors,
    @MedusaContext() context: SqlContext = {}
  ): Promise<string[]> {
    return deleteVisitors(managerOf(context), ids, which)
  }

  /** As `deleteExpiredRateLimits`. */
  @InjectManager()
  async removeExpiredRateLimits(
    limit: number,
    @MedusaContext() context: SqlContext = {}
  ): Promise<number> {
    return deleteExpiredRateLimits(managerOf(context), limit)
  }
}
