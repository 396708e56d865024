// Publishable keys and their sales channels, looked at anew every few seconds.
import type { MedusaContainer } from "@medusajs/framework/types"
import { LRUCache } from "lru-cache"
import { select } from "./sql"

/** After this many milliseconds a key is looked at again: a revocation is seen within this time. */
const LIFE_MS = 5000
const MAX_KEYS = 1000
const MAX_KEY_LENGTH = 200

/** The keys that a process has seen. A key that is not valid is remembered as null. */
export class PublishableKeys {
  readonly #seen = new LRUCache<string, { channels: string[] | null; until: number }>({
    max: MAX_KEYS,
  })
  readonly #looks = new Map<string, Promise<string[] | null>>()

  constructor(private readonly container: MedusaContainer) {}

  /** The sales channels of a valid key, null for an invalid one, undefined when it must be looked at. */
  fresh(token: string): string[] | null | undefined {
    const seen = this.#seen.get(token)
    return seen && seen.until > performance.now() ? seen.channels : undefined
  }

  /** The sales channels of a valid key, null for an invalid one. One query for all who ask at the same time. */
  async look(token: string): Promise<string[] | null> {
    if (token.length > MAX_KEY_LENGTH) {
      return null
    }
    const running = this.#looks.get(token)
    if (running) {
      return running
    }
    const look = this.#read(token).finally(() => this.#looks.delete(token))
    this.#looks.set(token, look)
    return look
  }

  async #read(token: string): Promise<string[] | null> {
    const began = performance.now()
    const [key] = await select<{ channels: string[] }>(
      this.container,
      `select array(
           select l.sales_channel_id from publishable_api_key_sales_channel l
            where l.publishable_key_id = k.id and l.deleted_at is null order by 1
         ) as channels
         from api_key k
        where k.token = ? and k.type = 'publishable' and k.deleted_at is null
          and (k.revoked_at is null or k.revoked_at > now())`,
      [token]
    )
    const channels = key?.channels ?? null
    this.#seen.set(token, { channels, until: began + LIFE_MS })
    return channels
  }
}
