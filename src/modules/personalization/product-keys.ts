// A product's keys: those of its templates' zones, and those of its option sets. An option set that no zone takes is
// offered under its own key, where a zone of that key would have its value; so one that is not of the zone's own set must
// never have it. Templates and sets are saved by different requests: each looks for the other under one lock.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { invalidField } from "../../lib/errors"

/** Waits until no other transaction changes the templates or the keys of a product. */
export async function lockProduct(em: SqlEntityManager, productId: string): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
    `personalization-product:${productId}`,
  ])
}

/** The newest version of a product's undeleted templates that has a zone of this key which does not take the set of it. */
export async function versionWithZone(
  em: SqlEntityManager,
  productId: string,
  key: string
): Promise<number | null> {
  const [taken] = await em.execute<{ version: number }[]>(
    `select t.version
       from personalization_template t, jsonb_array_elements(t.definition -> 'zones') zone
      where t.product_id = ? and t.deleted_at is null and zone ->> 'key' = ?
        and (zone ->> 'option_set') is distinct from ?
      order by t.version desc limit 1`,
    [productId, key, key]
  )
  return taken?.version ?? null
}

/**
 * The last look before an option set is saved under a key; its product is locked from here on.
 * @throws AppError 400 `key_taken_by_zone`
 */
export async function claimSetKey(
  em: SqlEntityManager,
  productId: string,
  key: string
): Promise<void> {
  await lockProduct(em, productId)
  const version = await versionWithZone(em, productId, key)
  if (version !== null) {
    throw invalidField(["key"], "key_taken_by_zone", keyTakenByZone(key, version), { key, version })
  }
}

/** What is said of such a key. */
export function keyTakenByZone(key: string, version: number): string {
  return `key: version ${version} of the product's template has a zone ${key} that does not take this set.`
}

/**
 * The last look before a definition is saved, under the product's lock.
 * @throws AppError 400 `key_taken_by_option_set`
 */
export async function assertZoneKeysFree(
  em: SqlEntityManager,
  productId: string,
  definition: Record<string, unknown>
): Promise<void> {
  const [taken] = await em.execute<{ key: string; place: number }[]>(
    `select s.key, (z.place - 1)::int as place
       from jsonb_array_elements(?::jsonb -> 'zones') with ordinality as z (zone, place)
       join personalization_option_set s on s.product_id = ? and s.deleted_at is null and s.key = z.zone ->> 'key'
      where (z.zone ->> 'option_set') is distinct from s.key
      order by z.place limit 1`,
    [JSON.stringify(definition), productId]
  )
  if (taken) {
    const { key, place } = taken
    const path = ["definition", "zones", place, "key"]
    const message = `${path.join(".")}: the product has an option set ${key}; only an option zone that takes it may have its key.`
    throw invalidField(path, "key_taken_by_option_set", message, { key })
  }
}
