// Uploads in the database: the same bytes once per visitor, within the quotas.
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { InferTypeOf } from "@medusajs/framework/types"
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { fileIssue } from "../../domain/image-file/refusals"
import { invalid, notFound } from "../../lib/errors"
import { managerOf, type SqlContext } from "../../lib/transaction"
import type { UploadOptions } from "../../lib/upload-options"
import type { Upload } from "./models/upload"
import { lockVisitors } from "./removal"

/** An upload as it is stored. */
export type UploadFacts = Omit<
  InferTypeOf<typeof Upload>,
  "created_at" | "updated_at" | "deleted_at"
>
/** An upload whose files are stored. */
export type NewUpload = Omit<UploadFacts, "id">
/** How much a visitor may keep. */
export type UploadQuotas = Pick<
  UploadOptions,
  "max_per_session" | "max_per_visitor" | "max_bytes_per_visitor"
>
/** What an upload is counted by. */
type Counted = Pick<UploadFacts, "session_id" | "visitor_id" | "source_sha256" | "bytes">

const FACTS = [
  "session_id",
  "visitor_id",
  "source_sha256",
  "file_id",
  "proxy_file_id",
  "sha256",
  "mime_type",
  "width",
  "height",
  "bytes",
  "proxy_sha256",
  "proxy_width",
  "proxy_height",
] as const satisfies readonly (keyof NewUpload)[]

/** Writes uploads; holds no state of its own. */
export class UploadStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}

  /**
   * Says no before the work is done. It is said again when the upload is kept.
   * @throws AppError 400 `upload_quota_exceeded`
   */
  @InjectManager()
  async checkQuotas(
    upload: Counted,
    quotas: UploadQuotas,
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    await checkQuotas(managerOf(context), upload, quotas)
  }

  /** The visitor's upload of the same bytes, null when there is none. */
  @InjectManager()
  async findSame(
    upload: Pick<Counted, "visitor_id" | "source_sha256">,
    @MedusaContext() context: SqlContext = {}
  ): Promise<UploadFacts | null> {
    return findSame(managerOf(context), upload)
  }

  /**
   * The visitor's upload of the same bytes, moved to the session it was sent for now; null when there is none.
   * @param expires_at until when the session is kept now
   * @throws AppError 400 `upload_quota_exceeded`; 404 `session_not_found` when the session went meanwhile
   */
  @InjectTransactionManager()
  async reuse(
    upload: Counted,
    expires_at: Date,
    quotas: UploadQuotas,
    @MedusaContext() context: SqlContext = {}
  ): Promise<UploadFacts | null> {
    const manager = managerOf(context)
    await lockVisitors(manager, [upload.visitor_id])
    const known = await findSame(manager, upload)
    if (!known) {
      return null
    }
    if (known.session_id !== upload.session_id) {
      await checkQuotas(manager, upload, quotas)
    }
    await keepSession(manager, upload, expires_at)
    const [moved] = await manager.execute<UploadFacts[]>(
      `update personalization_upload set session_id = ?, updated_at = now()
        where id = ? returning id, ${FACTS.join(", ")}`,
      [upload.session_id, known.id]
    )
    return moved ?? null
  }

  /**
   * Records an upload. Of two that bring the same bytes at once the first is kept: the other's caller gets that one and
   * sees by its `file_id` that their own files are not needed.
   * @param expires_at until when the session is kept now
   * @throws AppError 400 `upload_quota_exceeded`; 404 `session_not_found` when the session went meanwhile
   */
  @InjectTransactionManager()
  async keep(
    upload: NewUpload,
    expires_at: Date,
    quotas: UploadQuotas,
    @MedusaContext() context: SqlContext = {}
  ): Promise<UploadFacts> {
    const manager = managerOf(context)
    // Uploads of a visitor are counted one after the other, and none is removed while it is counted.
    await lockVisitors(manager, [upload.visitor_id])
    await checkQuotas(manager, upload, quotas)
    await keepSession(manager, upload, expires_at)
    const [kept] = await manager.execute<UploadFacts[]>(
      `insert into personalization_upload (id, ${FACTS.join(", ")})
       values (?, ${FACTS.map(() => "?").join(", ")})
       on conflict (visitor_id, source_sha256) where deleted_at is null
         do update set session_id = excluded.session_id, updated_at = now()
       returning id, ${FACTS.join(", ")}`,
      [generateEntityId(undefined, "pupl"), ...FACTS.map((name) => upload[name])]
    )
    if (!kept) {
      throw new Error("An upload was neither inserted nor found.")
    }
    return kept
  }
}

async function findSame(
  manager: SqlEntityManager,
  { visitor_id, source_sha256 }: Pick<Counted, "visitor_id" | "source_sha256">
): Promise<UploadFacts | null> {
  const [same] = await manager.execute<UploadFacts[]>(
    `select id, ${FACTS.join(", ")} from personalization_upload
      where visitor_id = ? and source_sha256 = ? and deleted_at is null`,
    [visitor_id, source_sha256]
  )
  return same ?? null
}

/** An upload of the same bytes counts once, wherever it is now. */
async function checkQuotas(
  manager: SqlEntityManager,
  upload: Counted,
  { max_per_session, max_per_visitor, max_bytes_per_visitor }: UploadQuotas
): Promise<void> {
  const [used] = await manager.execute<{ session: number; visitor: number; bytes: number }[]>(
    `select (count(*) filter (where session_id = ?))::int as session, count(*)::int as visitor,
            coalesce(sum(bytes), 0)::float8 as bytes
       from personalization_upload
      where visitor_id = ? and source_sha256 <> ? and deleted_at is null`,
    [upload.session_id, upload.visitor_id, upload.source_sha256]
  )
  const { session, visitor, bytes } = used ?? { session: 0, visitor: 0, bytes: 0 }
  if (session >= max_per_session) {
    throw exceeded(`A design may have ${max_per_session} images at most.`, { max_per_session })
  }
  if (visitor >= max_per_visitor) {
    throw exceeded(`You may keep ${max_per_visitor} images at most.`, { max_per_visitor })
  }
  if (bytes + upload.bytes > max_bytes_per_visitor) {
    throw exceeded(`Your images may have ${max_bytes_per_visitor} bytes together.`, {
      max_bytes_per_visitor,
      used_bytes: bytes,
      bytes: upload.bytes,
    })
  }
}

function exceeded(message: string, params: Record<string, unknown>): Error {
  return invalid([fileIssue("upload_quota_exceeded", message, params)], "upload_quota_exceeded")
}

/** Whoever still sends pictures still works on the design. */
async function keepSession(
  manager: SqlEntityManager,
  { session_id, visitor_id }: Counted,
  expires_at: Date
): Promise<void> {
  const kept = await manager.execute<{ id: string }[]>(
    `update personalization_session set expires_at = greatest(expires_at, ?), updated_at = now()
      where id = ? and visitor_id = ? and deleted_at is null returning id`,
    [expires_at, session_id, visitor_id]
  )
  if (kept.length === 0) {
    throw notFound("session")
  }
}
