// Answers reads of the catalog on the bare request: before Medusa's chain, or as its first middleware.
import { container } from "@medusajs/framework"
import { LRUCache } from "lru-cache"
import type { IncomingMessage, ServerResponse } from "node:http"
import {
  catalogAnswers,
  type CatalogAnswers,
  type CatalogAsk,
  type CatalogRead,
} from "../../../workflows/catalog/answers"
import { PublishableKeys } from "../../../workflows/catalog/publishable-keys"
import { markOrigin, standaloneCors, storeCors } from "../cors"
import type { Answer } from "../handle"
import { readPersonalizationUrl, readProductsUrl } from "./ask"
import { httpAnswer, type CachePolicy } from "./http"

/** The urls of which the answer's name is remembered, so that they are not read again, and their greatest length. */
const MAX_URLS = 2000
const MAX_URL_LENGTH = 512

type Cors = ReturnType<typeof standaloneCors>
/** True when the request was answered; otherwise the chain goes on with it. */
type Answered = boolean | Promise<boolean>

// What a read failed with before the chain took the request over: its route throws it instead of reading once more.
const failures = new WeakMap<object, { error: unknown }>()

/** The app's responder. It needs the loaded modules. */
export class CatalogResponder {
  readonly #answers: CatalogAnswers
  readonly #keys = new PublishableKeys(container)
  readonly #names = new LRUCache<string, string>({ max: MAX_URLS })
  #namesOf = ""
  readonly #public: CachePolicy
  readonly #cors = { standalone: standaloneCors(), store: storeCors() }

  constructor() {
    this.#answers = catalogAnswers(container)
    const seconds = this.#answers.ttlSeconds
    this.#public = { cache_control: `public, max-age=0, s-maxage=${seconds}`, vary: "Origin" }
  }

  /** `GET /products` and `/products/:id`; for HEAD Node sends no body. Waits only for what is not kept. */
  answerProducts(req: IncomingMessage, res: ServerResponse): Answered {
    const url = urlOf(req)
    if (!url.startsWith("/products") || !isRead(req)) {
      return false
    }
    return this.#answer(req, res, {
      name: url,
      cors: this.#cors.standalone,
      policy: this.#public,
      ask: () => readProductsUrl(url),
    })
  }

  /**
   * `GET /store/products/:id/personalization` for a publishable key that is valid, in its sales channels. The key is
   * looked at every 5 s. Every other request is left to Medusa, which refuses with its own words.
   */
  answerPersonalization(req: IncomingMessage, res: ServerResponse): Answered {
    const url = urlOf(req)
    const token = req.headers["x-publishable-api-key"]
    if (!url.startsWith("/store/products/") || typeof token !== "string" || !isRead(req)) {
      return false
    }
    const fresh = this.#keys.fresh(token)
    if (fresh === undefined) {
      return this.#lookAndAnswer(req, res, token)
    }
    return (
      fresh !== null &&
      this.#answer(req, res, {
        name: `${url} ${fresh.join()}`,
        cors: this.#cors.store,
        policy: KEYED,
        ask: () => readPersonalizationUrl(url),
        channels: fresh,
      })
    )
  }

  async #lookAndAnswer(req: IncomingMessage, res: ServerResponse, token: string): Promise<boolean> {
    if (!readPersonalizationUrl(urlOf(req))) {
      return false
    }
    try {
      await this.#keys.look(token)
    } catch {
      // Medusa's own check of the key meets the same fault and reports it.
      return false
    }
    return this.#keys.fresh(token) !== undefined && this.answerPersonalization(req, res)
  }

  /** The answer for a route of the chain. @throws what the read failed with, AppError among it */
  async route(req: IncomingMessage, ask: CatalogAsk, channels?: string[]): Promise<Answer> {
    const failure = failures.get(req)
    if (failure) {
      throw failure.error
    }
    const read = await this.#answers.read(ask, channels)
    const policy = channels ? KEYED : this.#public
    const { status, headers, body } = httpAnswer(read, req.headers, policy)
    return { status, headers, raw: body ?? Buffer.alloc(0) }
  }

  #answer(
    req: IncomingMessage,
    res: ServerResponse,
    how: {
      /** What tells this request from others: its url, and what else its answer hangs on. */
      name: string
      cors: Cors
      policy: CachePolicy
      ask: () => CatalogAsk | undefined
      channels?: string[]
    }
  ): Answered {
    if (failures.has(req)) {
      return false
    }
    const send = (read: Pick<CatalogRead, "answer" | "hit">) => {
      markOrigin(how.cors, req, res)
      const { status, headers, body } = httpAnswer(read, req.headers, how.policy)
      res.writeHead(status, headers)
      res.end(body)
    }
    const kept = this.#kept(how.name)
    if (kept) {
      send({ answer: kept, hit: true })
      return true
    }
    const ask = how.ask()
    if (!ask) {
      return false
    }
    return this.#answers.read(ask, how.channels).then(
      (read) => {
        this.#remember(how.name, read)
        send(read)
        return true
      },
      (error: unknown) => {
        failures.set(req, { error })
        return false
      }
    )
  }

  #kept(name: string) {
    const version = this.#answers.version.fresh()
    if (version === undefined || version !== this.#namesOf) {
      return undefined
    }
    const key = this.#names.get(name)
    return key === undefined ? undefined : this.#answers.peek(version, key)
  }

  /** A name leads to the same answer as long as the version holds: regions and channels move it too. */
  #remember(name: string, { kept_as }: CatalogRead): void {
    if (!kept_as) {
      return
    }
    const { version, key } = kept_as
    if (version !== this.#namesOf) {
      this.#names.clear()
      this.#namesOf = version
    }
    if (name.length <= MAX_URL_LENGTH) {
      this.#names.set(name, key)
    }
  }
}

// A shared cache may not hold it: not all of them look at the key when they compare requests.
const KEYED: CachePolicy = {
  cache_control: "private, max-age=0",
  vary: "Origin, x-publishable-api-key",
}

let responder: { of: object; instance: CatalogResponder } | undefined

/** The responder of the app that is loaded. */
export function catalogResponder(): CatalogResponder {
  const app: object = catalogAnswers(container)
  if (responder?.of !== app) {
    responder = { of: app, instance: new CatalogResponder() }
  }
  return responder.instance
}

/** Express takes a mount's path off `url`. */
function urlOf(req: IncomingMessage & { originalUrl?: string }): string {
  return req.originalUrl ?? req.url ?? "/"
}

function isRead({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD"
}
