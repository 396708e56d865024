// A visitor's sessions in the database: read with all that belongs to one in a single statement, saved in another.
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"
import type { InferTypeOf } from "@medusajs/framework/types"
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { managerOf, type SqlContext } from "../../lib/transaction"
import { uploadsAreThere } from "./design-store"
import type { Session } from "./models/session"
import type { Upload } from "./models/upload"
import { lockVisitors } from "./removal"

type SessionColumns = Omit<InferTypeOf<typeof Session>, "updated_at" | "deleted_at">

/** Who asks for a session: any of these that is its owner may have it. */
export type SessionOwner = {
  /** `hashVisitorKey` of the key that came, null when none did. */
  key_hash?: string | null
  visitor_id?: string | null
  /** The signed-in customer. */
  customer_id?: string | null
}

/** What a design needs to know of an upload. */
export type SessionUpload = Pick<
  InferTypeOf<typeof Upload>,
  | "id"
  | "file_id"
  | "proxy_file_id"
  | "sha256"
  | "mime_type"
  | "width"
  | "height"
  | "bytes"
  | "proxy_sha256"
  | "proxy_width"
  | "proxy_height"
>

/** A session as its owner gets it. */
export type OwnSession = SessionColumns & {
  /** The visitor's uploads that the session's values name, and those asked for beside them. */
  uploads: SessionUpload[]
  /** The version of the product's default template now, null when there is none. */
  default_version: number | null
  /** Until when the visitor's key is good; null when it was not the key that opened the session. */
  key_expires_at: Date | null
}

/** A change of a session's values. */
export type SessionChange = {
  id: string
  /** The revision that the change is based on. */
  revision: number
  options: Record<string, unknown>
  variant_id: string | null
  /** Takes an anonymous session over; one that is a customer's stays theirs. */
  customer_id: string | null
  expires_at: Date
}

/** A session in a list. Times are ISO 8601. */
export type SessionSummary = Pick<
  SessionColumns,
  "id" | "product_id" | "variant_id" | "template_id" | "template_version" | "revision"
> & { created_at: string; updated_at: string; expires_at: string }

type SummaryRow = Omit<SessionSummary, "created_at" | "updated_at" | "expires_at"> & {
  created_ms: number
  updated_ms: number
  expires_ms: number
}
type Row = Omit<OwnSession, "expires_at" | "created_at" | "key_expires_at"> & {
  expires_ms: number
  created_ms: number
  key_expires_ms: number | null
}

const UPLOAD_FACTS = [
  "id",
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
]
  .map((column) => `'${column}', u.${column}`)
  .join(", ")

/** Milliseconds since the epoch, which need no parsing of dates. */
const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`

const READ = `
  select s.id, s.visitor_id, s.customer_id, s.product_id, s.variant_id, s.template_id, s.template_version, s.options,
         s.revision, s.currency_code, s.region_id, ${ms("s.expires_at")} as expires_ms, ${ms("s.created_at")} as created_ms,
         case when v.key_hash = ? then ${ms("v.expires_at")} end as key_expires_ms,
         (select t.version from personalization_template t
           where t.product_id = s.product_id and t.is_default and t.deleted_at is null) as default_version,
         (select coalesce(json_agg(json_build_object(${UPLOAD_FACTS})), '[]') from personalization_upload u
           where u.visitor_id = s.visitor_id and u.deleted_at is null
             and u.id in (select jsonb_path_query(s.options, '$.*.upload_id') #>> '{}' union all select unnest(?::text[]))
         ) as uploads
    from personalization_session s
    left join personalization_visitor v on v.id = s.visitor_id and v.deleted_at is null
   where s.id = ? and s.deleted_at is null and s.expires_at > now()
     and ((v.expires_at > now() and (v.key_hash = ? or v.id = ?)) or s.customer_id = ?)`

/** Reads and writes sessions; holds no state of its own. */
export class SessionStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}

  /**
   * One's own session, in one statement that is the same whether the session is unknown, expired or somebody else's, and
   * whether a key came or not: its time tells nothing.
   * @param uploadIds uploads that a change names; those that are not the session's visitor's are left out
   */
  @InjectManager()
  async findOwn(
    id: string,
    owner: SessionOwner,
    uploadIds: string[] = [],
    @MedusaContext() context: SqlContext = {}
  ): Promise<OwnSession | null> {
    const { key_hash = null, visitor_id = null, customer_id = null } = owner
    const [row] = await managerOf(context).execute<Row[]>(READ, [
      key_hash,
      `{${uploadIds.map((name) => JSON.stringify(name)).join(",")}}`,
      id,
      key_hash,
      visitor_id,
      customer_id,
    ])
    if (!row) {
      return null
    }
    const { expires_ms, created_ms, key_expires_ms, ...columns } = row
    return {
      ...columns,
      expires_at: new Date(expires_ms),
      created_at: new Date(created_ms),
      key_expires_at: key_expires_ms === null ? null : new Date(key_expires_ms),
    }
  }

  /**
   * The moments at which `OptionSetStore.read` as of a moment gives another thing, in milliseconds since the epoch, in
   * order: when each deleted set and option of a product was created and deleted.
   */
  @InjectManager()
  async turningPoints(
    productId: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<number[]> {
    const rows = await managerOf(context).execute<{ at: number }[]>(
      `select (extract(epoch from unnest(array[d.created_at, d.deleted_at])) * 1000)::float8 as at
         from (select s.created_at, s.deleted_at from personalization_option_set s where s.product_id = ?
               union all
               select o.created_at, o.deleted_at from personalization_option o
                 join personalization_option_set s on s.id = o.option_set_id where s.product_id = ?) d
        where d.deleted_at is not null
        order by at`,
      [productId, productId]
    )
    return rows.map(({ at }) => at)
  }

  /** A page of an owner's sessions, the last changed first, without their values; and how many there are. */
  @InjectManager()
  async listOwn(
    { key_hash = null, customer_id = null }: SessionOwner,
    page: { limit: number; offset: number },
    @MedusaContext() context: SqlContext = {}
  ): Promise<{ sessions: SessionSummary[]; count: number }> {
    const own = `s.deleted_at is null and s.expires_at > now() and (s.customer_id = ? or s.visitor_id = (
      select v.id from personalization_visitor v
       where v.key_hash = ? and v.expires_at > now() and v.deleted_at is null))`
    const manager = managerOf(context)
    const rows = await manager.execute<SummaryRow[]>(
      `select s.id, s.product_id, s.variant_id, s.template_id, s.template_version, s.revision,
              ${ms("s.created_at")} as created_ms, ${ms("s.updated_at")} as updated_ms, ${ms("s.expires_at")} as expires_ms
         from personalization_session s where ${own}
        order by s.updated_at desc, s.id desc limit ? offset ?`,
      [customer_id, key_hash, page.limit, page.offset]
    )
    const [counted] = await manager.execute<{ count: number }[]>(
      `select count(*)::int as count from personalization_session s where ${own}`,
      [customer_id, key_hash]
    )
    return {
      sessions: rows.map(({ created_ms, updated_ms, expires_ms, ...columns }) => ({
        ...columns,
        created_at: new Date(created_ms).toISOString(),
        updated_at: new Date(updated_ms).toISOString(),
        expires_at: new Date(expires_ms).toISOString(),
      })),
      count: counted?.count ?? 0,
    }
  }

  /**
   * Saves a session's values if nobody saved since `revision` was read, and puts off its expiry.
   * @returns false when another change came first; nothing was saved then.
   */
  @InjectManager()
  async save(change: SessionChange, @MedusaContext() context: SqlContext = {}): Promise<boolean> {
    return saveRevision(managerOf(context), change)
  }

  /**
   * As `save`, for values that name uploads which the session did not name before: a removal may be at them.
   * @returns false also when one of the uploads is gone
   */
  @InjectTransactionManager()
  async saveWithUploads(
    change: SessionChange,
    uploads: { visitor_id: string; ids: string[] },
    @MedusaContext() context: SqlContext = {}
  ): Promise<boolean> {
    const manager = managerOf(context)
    await lockVisitors(manager, [uploads.visitor_id])
    return (
      (await uploadsAreThere(manager, uploads.visitor_id, uploads.ids)) &&
      saveRevision(manager, change)
    )
  }
}

async function saveRevision(manager: SqlEntityManager, change: SessionChange): Promise<boolean> {
  // One statement decides the race: the row is only found at the revision that was read.
  const rows = await manager.execute<{ id: string }[]>(
    `update personalization_session
          set options = ?::jsonb, variant_id = ?, customer_id = coalesce(customer_id, ?), revision = revision + 1,
              expires_at = ?, updated_at = now()
        where id = ? and revision = ? and deleted_at is null
        returning id`,
    [
      JSON.stringify(change.options),
      change.variant_id,
      change.customer_id,
      change.expires_at,
      change.id,
      change.revision,
    ]
  )
  return rows.length === 1
}
