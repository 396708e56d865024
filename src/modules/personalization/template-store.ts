// The changes of a product's templates. Each runs in one transaction under a lock per product, so that the default
// mark is never on two versions and never lost between two requests; the partial unique index is the last line.
import type { InferTypeOf } from "@medusajs/framework/types"
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { isDeepStrictEqual } from "node:util"
import {
  changeTemplate,
  deleteTemplate,
  startOfTemplate,
  type LifecycleRefusal,
  type SiblingState,
  type TemplateWish,
} from "../../domain/template/lifecycle"
import { readStored } from "../../domain/template/stored"
import { AppError, conflict, invalidField, notFound } from "../../lib/errors"
import type { Template } from "./models/template"
import { assertZoneKeysFree, lockProduct } from "./product-keys"

type Row = InferTypeOf<typeof Template>

/** A new version. `definition` is a checked one. */
export type NewTemplate = Pick<Row, "product_id" | "version" | "name" | "definition" | "status">
/** A change of a version; what is left out stays. `definition` is a checked one. */
export type TemplateChange = TemplateWish & {
  name?: string | undefined
  definition?: Row["definition"] | undefined
}
/** What a change replaced, for taking it back. `default_before` and `default_after` are the marked versions' ids. */
export type TemplateUndo = Pick<Row, "id" | "product_id" | "name" | "status"> & {
  /** Null when the definition was left alone. */
  definition: Row["definition"] | null
  default_before: string | null
  default_after: string | null
}

/** The columns that decide about a change. */
type Current = Pick<Row, "id" | "product_id" | "name" | "status" | "is_default" | "definition">

/**
 * Saves a version and gives it the default mark when that is asked for, or when it is published and the product has none.
 * @returns the new version's id and what marked which version before
 * @throws AppError 422 `duplicate_version`, 400 `default_must_be_published`, `key_taken_by_option_set`
 */
export async function insertTemplate(
  em: SqlEntityManager,
  version: NewTemplate,
  is_default: boolean | undefined
): Promise<{ id: string; default_before: string | null }> {
  await lockProduct(em, version.product_id)
  const { siblings, default_id } = await readSiblings(em, version.product_id, null)
  const decision = startOfTemplate({ status: version.status, is_default }, siblings)
  if (!decision.allowed) {
    throw refusal(decision.refusal)
  }
  await assertZoneKeysFree(em, version.product_id, version.definition)
  if (decision.state.is_default) {
    await clearDefault(em, version.product_id)
  }
  // The insert itself decides whether the number is free, a deleted version's included.
  const rows = await em.execute<{ id: string }[]>(
    `insert into personalization_template (id, product_id, version, name, definition, status, is_default)
     values (?, ?, ?, ?, ?::jsonb, ?, ?)
     on conflict (product_id, version) do nothing
     returning id`,
    [
      generateEntityId(undefined, "ptpl"),
      version.product_id,
      version.version,
      version.name,
      JSON.stringify(version.definition),
      version.status,
      decision.state.is_default,
    ]
  )
  const [created] = rows
  if (!created) {
    throw new AppError(
      "duplicate_error",
      "duplicate_version",
      `Version ${version.version} of this product's template exists already.`
    )
  }
  return { id: created.id, default_before: default_id }
}

/**
 * Changes a version, all of it or nothing.
 * @returns how to take it back; null when the version already was what was asked for, and nothing was written
 * @throws AppError 404 `template_not_found`, 409 `template_in_use`, `status_not_allowed`, `default_template`,
 *   400 `default_must_be_published`, `key_taken_by_option_set`
 */
export async function updateTemplate(
  em: SqlEntityManager,
  id: string,
  change: TemplateChange
): Promise<TemplateUndo | null> {
  const before = await readLocked(em, id)
  const { siblings, default_id } = await readSiblings(em, before.product_id, id)
  const decision = changeTemplate(before, change, siblings)
  if (!decision.allowed) {
    throw refusal(decision.refusal)
  }
  const { status, is_default } = decision.state
  const name = change.name ?? before.name
  const definition =
    change.definition && !sameDefinition(before.definition, change.definition)
      ? change.definition
      : null
  const default_before = before.is_default ? id : default_id
  if (
    definition === null &&
    name === before.name &&
    status === before.status &&
    is_default === before.is_default
  ) {
    return null
  }
  if (definition !== null) {
    await assertZoneKeysFree(em, before.product_id, definition)
  }
  if (is_default && !before.is_default) {
    await clearDefault(em, before.product_id)
  }
  // A session that starts meanwhile marks the row as used; whoever comes second sees what the first one did.
  const rows = await em.execute<{ id: string }[]>(
    `update personalization_template
        set name = ?, status = ?, is_default = ?, definition = coalesce(?::jsonb, definition), updated_at = now()
      where id = ? and (?::boolean or used_at is null)
      returning id`,
    [name, status, is_default, json(definition), id, definition === null]
  )
  if (rows.length === 0) {
    throw conflict(
      "template_in_use",
      "The template is in use, so its definition stands: publish a new version."
    )
  }
  return {
    id,
    product_id: before.product_id,
    name: before.name,
    status: before.status,
    definition: definition === null ? null : before.definition,
    default_before,
    default_after: is_default ? id : default_before === id ? null : default_before,
  }
}

/**
 * Hides a version. What already uses it goes on, and its number stays taken.
 * @returns whether it carried the default mark
 * @throws AppError 404 `template_not_found`, 409 `default_template`
 */
export async function softDeleteTemplate(
  em: SqlEntityManager,
  id: string
): Promise<{ id: string; product_id: string; was_default: boolean }> {
  const before = await readLocked(em, id)
  const { siblings } = await readSiblings(em, before.product_id, id)
  const decision = deleteTemplate(before, siblings)
  if (!decision.allowed) {
    throw refusal(decision.refusal)
  }
  await em.execute(
    `update personalization_template set deleted_at = now(), is_default = false, updated_at = now() where id = ?`,
    [id]
  )
  return { id, product_id: before.product_id, was_default: before.is_default }
}

/** Takes an insert back: the version goes, unless a session started from it meanwhile, which keeps it as a deleted one. */
export async function undoInsert(
  em: SqlEntityManager,
  created: { id: string; product_id: string; default_before: string | null }
): Promise<void> {
  await lockProduct(em, created.product_id)
  const { default_id } = await readSiblings(em, created.product_id, null)
  const removed = await em.execute<{ id: string }[]>(
    `delete from personalization_template where id = ? and used_at is null returning id`,
    [created.id]
  )
  if (removed.length === 0) {
    await em.execute(
      `update personalization_template set deleted_at = now(), is_default = false, updated_at = now() where id = ?`,
      [created.id]
    )
  }
  if (default_id === created.id && created.default_before) {
    await setDefault(em, created.default_before)
  }
}

/** Takes a change back as far as it still stands: a definition in use stays, and so does a mark that moved on since. */
export async function undoUpdate(em: SqlEntityManager, undo: TemplateUndo): Promise<void> {
  await lockProduct(em, undo.product_id)
  const { default_id } = await readSiblings(em, undo.product_id, null)
  const returns = undo.default_before !== undo.default_after && default_id === undo.default_after
  if (returns) {
    await clearDefault(em, undo.product_id)
  }
  await em.execute(
    `update personalization_template
        set name = ?,
            status = case when is_default then status else ? end,
            definition = case when used_at is null then coalesce(?::jsonb, definition) else definition end,
            updated_at = now()
      where id = ?`,
    [undo.name, undo.status, json(undo.definition), undo.id]
  )
  if (returns && undo.default_before) {
    await setDefault(em, undo.default_before)
  }
}

/** Takes a deletion back, with the mark if nobody got it since. */
export async function undoDelete(
  em: SqlEntityManager,
  deleted: { id: string; product_id: string; was_default: boolean }
): Promise<void> {
  await lockProduct(em, deleted.product_id)
  const { default_id } = await readSiblings(em, deleted.product_id, null)
  await em.execute(
    `update personalization_template set deleted_at = null, is_default = ?, updated_at = now() where id = ?`,
    [deleted.was_default && default_id === null, deleted.id]
  )
}

/**
 * Marks a version as used, for the transaction that starts a session from it. Only the first session writes the row.
 * @throws AppError 404 `template_not_found` when it was deleted since it was chosen
 */
export async function markTemplateUsed(em: SqlEntityManager, id: string): Promise<void> {
  await em.execute(
    `update personalization_template set used_at = now() where id = ? and used_at is null`,
    [id]
  )
  const found = await em.execute<{ id: string }[]>(
    `select id from personalization_template where id = ? and deleted_at is null`,
    [id]
  )
  if (found.length === 0) {
    throw notFound("template")
  }
}

/** The version as it is once the lock of its product is held. */
async function readLocked(em: SqlEntityManager, id: string): Promise<Current> {
  const [found] = await em.execute<{ product_id: string }[]>(
    `select product_id from personalization_template where id = ? and deleted_at is null`,
    [id]
  )
  if (!found) {
    throw notFound("template")
  }
  await lockProduct(em, found.product_id)
  const [current] = await em.execute<Current[]>(
    `select id, product_id, name, status, is_default, definition
       from personalization_template where id = ? and deleted_at is null`,
    [id]
  )
  if (!current) {
    throw notFound("template")
  }
  return current
}

async function readSiblings(
  em: SqlEntityManager,
  productId: string,
  ownId: string | null
): Promise<{ siblings: SiblingState; default_id: string | null }> {
  const rows = await em.execute<Pick<Row, "id" | "status" | "is_default">[]>(
    `select id, status, is_default from personalization_template
      where product_id = ? and deleted_at is null and id is distinct from ?
        and (is_default or status = 'published')`,
    [productId, ownId]
  )
  const marked = rows.find((row) => row.is_default)
  return {
    siblings: {
      has_published: rows.some((row) => row.status === "published"),
      has_default: marked !== undefined,
    },
    default_id: marked?.id ?? null,
  }
}

async function clearDefault(em: SqlEntityManager, productId: string): Promise<void> {
  await em.execute(
    `update personalization_template set is_default = false, updated_at = now()
      where product_id = ? and is_default`,
    [productId]
  )
}

/** Gives the mark back to a version that can still carry it. */
async function setDefault(em: SqlEntityManager, id: string): Promise<void> {
  await em.execute(
    `update personalization_template set is_default = true, updated_at = now()
      where id = ? and status = 'published' and deleted_at is null`,
    [id]
  )
}

/** Whether two definitions mean the same. */
function sameDefinition(stored: Row["definition"], wanted: Row["definition"]): boolean {
  return isDeepStrictEqual(plain(readStored(stored)), plain(wanted))
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

function refusal(reason: LifecycleRefusal): AppError {
  switch (reason) {
    case "status_not_allowed":
      return conflict(
        "status_not_allowed",
        "A template goes from draft to published to archived, never back."
      )
    case "default_must_be_published":
      return invalidField(
        ["is_default"],
        "default_must_be_published",
        "Only a published template can be the default."
      )
    case "default_template":
      return conflict(
        "default_template",
        "The template is its product's default: make another published one the default first."
      )
  }
}
