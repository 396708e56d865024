// Option sets and their options in the database: a set is always read and written as a whole, in one transaction.
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { AppError, conflict, notFound } from "../../lib/errors"
import { managerOf, type SqlContext } from "../../lib/transaction"
import { claimSetKey, versionWithZone } from "./product-keys"

/** An option as it is stored; see `models/option.ts` for what null means. */
export type OptionRecord = {
  id: string
  value: string
  value_key: string
  label: string | null
  rank: number | null
  price_set_id: string | null
  product_option_value_id: string | null
  metadata: Record<string, unknown> | null
}
/** An option set as it is stored, with its options by rank. */
export type OptionSetRecord = {
  id: string
  product_id: string
  key: string
  title: string
  required: boolean
  product_option_id: string | null
  /** When the set was last changed, as the database has it: another one tells that somebody else changed it. */
  revision: string
  options: OptionRecord[]
}
/** A set to save; an option without an id is a new one. */
export type OptionSetDraft = Omit<OptionSetRecord, "id" | "revision" | "options"> & {
  options: (Omit<OptionRecord, "id"> & { id?: string | undefined })[]
}
/** Which sets to read. Sets of the named products, or the named sets. */
export type OptionSetFilter = { ids: string[] } | { product_ids: string[] }

type Row = Omit<OptionSetRecord, "options"> & {
  created: number
  option_id: string | null
} & Omit<OptionRecord, "id">

/** Reads and writes option sets with their options; holds no state of its own. Uniqueness is left to the database's indexes. */
export class OptionSetStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}

  /**
   * Reads sets, oldest first, in one statement.
   * @param asOf a moment whose sets and options still count although they were deleted later, so that what began before
   *   a deletion can go on. One that took the key or value of a deleted one does not replace it then.
   */
  @InjectManager()
  async read(
    filter: OptionSetFilter,
    asOf: Date | null = null,
    @MedusaContext() context: SqlContext = {}
  ): Promise<OptionSetRecord[]> {
    const [column, wanted] =
      "ids" in filter ? ["id", filter.ids] : ["product_id", filter.product_ids]
    if (wanted.length === 0) {
      return []
    }
    const visible = (table: string) =>
      `(${table}.deleted_at is null${asOf ? ` or (${table}.created_at <= ? and ${table}.deleted_at > ?)` : ""})`
    const moments = asOf ? [asOf, asOf] : []
    const rows = await managerOf(context).execute<Row[]>(
      `select s.id, s.product_id, s.key, s.title, s.required, s.product_option_id,
              extract(epoch from s.updated_at)::text as revision,
              extract(epoch from s.created_at)::float8 as created, o.id as option_id, o.value, o.value_key, o.label,
              o.rank, o.price_set_id, o.product_option_value_id, o.metadata
         from personalization_option_set s
         left join personalization_option o on o.option_set_id = s.id and ${visible("o")}
        where s.${column} in (${wanted.map(() => "?").join(", ")}) and ${visible("s")}
        order by s.deleted_at nulls last, s.id, o.deleted_at nulls last, o.rank, o.id`,
      [...moments, ...wanted, ...moments]
    )
    return assemble(rows)
  }

  /** As `versionWithZone`. */
  @InjectManager()
  async versionWithZone(
    productId: string,
    key: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<number | null> {
    return await versionWithZone(managerOf(context), productId, key)
  }

  /**
   * Saves a new set.
   * @throws AppError 400 `key_taken_by_zone`; 422 `duplicate_key`, `duplicate_option`, `product_option_bound`.
   */
  @InjectTransactionManager()
  async insert(
    draft: OptionSetDraft,
    @MedusaContext() context: SqlContext = {}
  ): Promise<{ id: string }> {
    const manager = managerOf(context)
    const id = generateEntityId(undefined, "poset")
    await claimSetKey(manager, draft.product_id, draft.key)
    await named(draft, async () => {
      await manager.execute(
        `insert into personalization_option_set (id, product_id, key, title, required, product_option_id)
         values (?, ?, ?, ?, ?, ?)`,
        [id, draft.product_id, draft.key, draft.title, draft.required, draft.product_option_id]
      )
      await saveOptions(manager, id, draft.options)
    })
    return { id }
  }

  /**
   * Makes a live set what the draft says: options without an id are new, options that the draft leaves out are deleted.
   * @param base the set as the caller read it, on which the draft was made
   * @throws AppError 404 `option_set_not_found`, 409 `option_set_changed` when another change came in between; 422 as
   *   `insert`.
   */
  @InjectTransactionManager()
  async replace(
    base: OptionSetRecord,
    draft: OptionSetDraft,
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    const manager = managerOf(context)
    // A key that stays is let be. The product's lock comes before the set's: whoever holds it waits for no set.
    if (draft.key !== base.key) {
      await claimSetKey(manager, base.product_id, draft.key)
    }
    const [locked] = await manager.execute<{ revision: string }[]>(
      `select extract(epoch from updated_at)::text as revision from personalization_option_set
        where id = ? and deleted_at is null for update`,
      [base.id]
    )
    if (!locked) {
      throw notFound("option_set")
    }
    if (locked.revision !== base.revision) {
      throw conflict(
        "option_set_changed",
        "The option set was changed by another request; read it again."
      )
    }
    const kept = new Set(draft.options.flatMap(({ id }) => (id ? [id] : [])))
    const dropped = base.options.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
    await named(draft, async () => {
      await manager.execute(
        `update personalization_option_set
            set key = ?, title = ?, required = ?, product_option_id = ?, updated_at = now() where id = ?`,
        [draft.key, draft.title, draft.required, draft.product_option_id, base.id]
      )
      // Deletions first: a value that a deleted option had is free for a new one.
      if (dropped.length > 0) {
        await manager.execute(
          `update personalization_option set deleted_at = now(), updated_at = now()
            where id in (${dropped.map(() => "?").join(", ")})`,
          dropped
        )
      }
      await saveOptions(manager, base.id, draft.options)
    })
  }

  /**
   * Deletes a live set with its options, softly.
   * @returns the moment of deletion, by which `restore` knows what was deleted with it; null when there is no such set.
   */
  @InjectTransactionManager()
  async softDelete(
    id: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<{ deleted_at: string } | null> {
    const manager = managerOf(context)
    const [deleted] = await manager.execute<{ deleted_at: string }[]>(
      `update personalization_option_set set deleted_at = now(), updated_at = now()
        where id = ? and deleted_at is null returning deleted_at::text as deleted_at`,
      [id]
    )
    if (!deleted) {
      return null
    }
    await manager.execute(
      `update personalization_option set deleted_at = ?::timestamptz, updated_at = now()
        where option_set_id = ? and deleted_at is null`,
      [deleted.deleted_at, id]
    )
    return deleted
  }

  /** Takes a deletion back. */
  @InjectTransactionManager()
  async restore(
    id: string,
    deletedAt: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    const manager = managerOf(context)
    for (const [table, column] of [
      ["personalization_option_set", "id"],
      ["personalization_option", "option_set_id"],
    ]) {
      await manager.execute(
        `update ${table} set deleted_at = null, updated_at = now()
          where ${column} = ? and deleted_at = ?::timestamptz`,
        [id, deletedAt]
      )
    }
  }

  /** Puts a set back to what it was before `replace`: the compensation of an update. */
  @InjectTransactionManager()
  async putBack(base: OptionSetRecord, @MedusaContext() context: SqlContext = {}): Promise<void> {
    const manager = managerOf(context)
    await manager.execute(
      `update personalization_option_set
          set key = ?, title = ?, required = ?, product_option_id = ?, updated_at = now() where id = ?`,
      [base.key, base.title, base.required, base.product_option_id, base.id]
    )
    const ids = base.options.map(({ id }) => id)
    await manager.execute(
      `update personalization_option set deleted_at = now()
        where option_set_id = ? and deleted_at is null${
          ids.length > 0 ? ` and id not in (${ids.map(() => "?").join(", ")})` : ""
        }`,
      [base.id, ...ids]
    )
    await saveOptions(manager, base.id, base.options)
  }

  /** Removes a set for good: the compensation of `insert`. */
  @InjectTransactionManager()
  async remove(id: string, @MedusaContext() context: SqlContext = {}): Promise<void> {
    await managerOf(context).execute(`delete from personalization_option_set where id = ?`, [id])
  }
}

async function saveOptions(
  manager: SqlEntityManager,
  setId: string,
  options: OptionSetDraft["options"]
): Promise<void> {
  if (options.length === 0) {
    return
  }
  await manager.execute(
    `insert into personalization_option
       (id, option_set_id, value, value_key, label, rank, price_set_id, product_option_value_id, metadata)
     select id, ?, value, value_key, label, rank, price_set_id, product_option_value_id, metadata
       from jsonb_to_recordset(?::jsonb) as given (id text, value text, value_key text, label text, rank integer,
            price_set_id text, product_option_value_id text, metadata jsonb)
     on conflict (id) do update set value = excluded.value, value_key = excluded.value_key, label = excluded.label,
       rank = excluded.rank, metadata = excluded.metadata, deleted_at = null, updated_at = now()`,
    [
      setId,
      JSON.stringify(
        options.map((option) => ({
          ...option,
          id: option.id ?? generateEntityId(undefined, "popt"),
        }))
      ),
    ]
  )
}

/** The unique indexes have the last word, whatever was checked before; a violation gets the name of its rule. */
async function named(draft: OptionSetDraft, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw duplicateError(error, draft) ?? error
  }
}

function duplicateError(error: unknown, { key }: OptionSetDraft): AppError | null {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown }
  if (code !== "23505") {
    return null
  }
  switch (constraint) {
    case "IDX_personalization_option_set_product_key":
      return duplicate("duplicate_key", ["key"], `The product has an option set ${key} already.`)
    case "IDX_personalization_option_set_product_option":
      return duplicate(
        "product_option_bound",
        ["product_option_id"],
        "Another option set of the product is bound to this product option."
      )
    case "IDX_personalization_option_set_value":
      return duplicate("duplicate_option", ["options"], "A value is in the option set twice.")
    default:
      return null
  }
}

function duplicate(code: string, path: string[], message: string): AppError {
  return new AppError("duplicate_error", code, message, { issues: [{ path, code, message }] })
}

/** One set per key and product, one option per value: rows come with deleted ones first, and those win. */
function assemble(rows: Row[]): OptionSetRecord[] {
  const sets = new Map<string, OptionSetRecord & { created: number }>()
  for (const row of rows) {
    const { id, product_id, key, title, required, product_option_id, revision, created } = row
    const place = `${product_id} ${key}`
    const set = sets.get(place) ?? {
      ...{ id, product_id, key, title, required, product_option_id, revision, created },
      options: [],
    }
    sets.set(place, set)
    const taken = set.options.some(({ value_key }) => value_key === row.value_key)
    if (set.id === id && row.option_id !== null && !taken) {
      const { value, value_key, label, rank, price_set_id, product_option_value_id } = row
      set.options.push({
        ...{ id: row.option_id, value, value_key, label, rank, price_set_id },
        ...{ product_option_value_id, metadata: row.metadata },
      })
    }
  }
  return [...sets.values()]
    .sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))
    .map(({ created: _order, options, ...set }) => ({
      ...set,
      options: options.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || (a.id < b.id ? -1 : 1)),
    }))
}
