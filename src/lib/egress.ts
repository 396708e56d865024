// The one HTTP client for addresses that others chose: public addresses only, no redirects, a deadline, capped bodies.
import { lookup as dnsLookup, type LookupAddress } from "node:dns"
import http, { type IncomingMessage, type RequestOptions } from "node:http"
import https from "node:https"
import { isIP, type LookupFunction } from "node:net"
import type { Issue } from "../domain/issue"
import { isPublicAddress } from "./egress-addresses"

const DEFAULT_DEADLINE_MS = 15_000
/** The most bytes of an answer that are read; the connection is cut after them. */
const MAX_RESPONSE_BYTES = 64 * 1024
const MAX_URL_LENGTH = 2048

/**
 * How far a request came. `prepare`: nothing was sent to anybody. `connect`: the receiver saw no request.
 * `response`: it may have seen and acted on it.
 */
export type EgressStage = "prepare" | "connect" | "response"

/** What came of a request. A receiver's failure is data, not an exception. */
export type EgressResult =
  | {
      ok: true
      status: number
      headers: Record<string, string>
      /** The body as text, cut at 64 kB or at the deadline. */
      body: string
      truncated: boolean
      duration_ms: number
    }
  | { ok: false; stage: EgressStage; code: string; message: string; duration_ms: number }

/** Finds a name's addresses; `dns.lookup` by default. */
export type Resolver = (
  hostname: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void
) => void

export type EgressOptions = {
  /** Host names that may be plain HTTP and may stand for any address: development and tests. */
  allow_hosts?: readonly string[]
  /** The time one request may take in all, in milliseconds. Default 15,000. */
  deadline_ms?: number
  resolve?: Resolver
}

class EgressError extends Error {
  constructor(
    readonly code: string,
    message: string
  ) {
    super(message)
  }
}

const systemResolver: Resolver = (hostname, done) =>
  dnsLookup(hostname, { all: true, verbatim: true }, (error, addresses) => done(error, addresses))

/**
 * Sends requests to URLs that partners gave. Every address a name resolves to is checked when the connection is made,
 * and the connection goes to the checked addresses, so that a name which changes its answer in between (DNS
 * rebinding) gains nothing. One address that is not public is enough to refuse the name.
 */
export class EgressClient {
  readonly #allowed: ReadonlySet<string>
  readonly #deadlineMs: number
  readonly #resolve: Resolver

  constructor(options: EgressOptions = {}) {
    this.#allowed = new Set((options.allow_hosts ?? []).map((host) => host.toLowerCase()))
    this.#deadlineMs = options.deadline_ms ?? DEFAULT_DEADLINE_MS
    this.#resolve = options.resolve ?? systemResolver
  }

  /**
   * The faults of a URL that can be seen without resolving its name: not absolute HTTPS, a user name or password in
   * it, or an address that is not public, in whatever spelling (`0x7f.1`, `[::ffff:7f00:1]`).
   */
  checkUrl(url: string): Issue[] {
    const fault = this.#urlFault(url)
    return fault ? [{ path: ["url"], code: fault.code, message: `url: ${fault.message}` }] : []
  }

  /** POSTs a body. Resolves in every case, within the deadline. */
  async post(url: string, headers: Record<string, string>, body: string): Promise<EgressResult> {
    const startedAt = performance.now()
    const elapsed = () => Math.round(performance.now() - startedAt)
    const fault = this.#urlFault(url)
    if (fault) {
      return { ok: false, stage: "prepare", ...fault, duration_ms: elapsed() }
    }
    const progress: { stage: EgressStage } = { stage: "prepare" }
    try {
      const answer = await this.#send(new URL(url), headers, body, progress)
      return { ok: true, ...answer, duration_ms: elapsed() }
    } catch (error) {
      return { ok: false, stage: progress.stage, ...describe(error), duration_ms: elapsed() }
    }
  }

  #urlFault(text: string): { code: string; message: string } | null {
    const url = text.length <= MAX_URL_LENGTH && URL.canParse(text) ? new URL(text) : null
    if (!url) {
      return {
        code: "invalid_url",
        message: `must be an absolute URL of at most ${MAX_URL_LENGTH} characters.`,
      }
    }
    const allowed = this.#allowed.has(hostOf(url))
    if (url.protocol !== "https:" && !(allowed && url.protocol === "http:")) {
      return { code: "insecure_url", message: "must begin with https://." }
    }
    if (url.username || url.password) {
      return { code: "credentials_in_url", message: "must not contain a user name or password." }
    }
    // The URL parser has turned every spelling of an address into the usual one by now.
    if (!allowed && isIP(hostOf(url)) !== 0 && !isPublicAddress(hostOf(url))) {
      return {
        code: "address_refused",
        message: "must not point to a private or reserved address.",
      }
    }
    return null
  }

  #send(
    url: URL,
    headers: Record<string, string>,
    body: string,
    progress: { stage: EgressStage }
  ): Promise<{
    status: number
    headers: Record<string, string>
    body: string
    truncated: boolean
  }> {
    const secure = url.protocol === "https:"
    const bytes = Buffer.from(body, "utf8")
    const options: RequestOptions = {
      method: "POST",
      headers: { ...headers, "content-length": bytes.length, connection: "close" },
      lookup: this.#guardedLookup(),
      agent: false,
    }
    return new Promise((resolve, reject) => {
      const request = (secure ? https : http).request(url, options)
      let answer: IncomingMessage | undefined
      const deadline = setTimeout(() => {
        const error = new EgressError(
          "timeout",
          `No complete answer within ${this.#deadlineMs} ms.`
        )
        // Once a status is there it decides; a body that drips on is only cut.
        if (answer) {
          answer.destroy()
        } else {
          request.destroy(error)
        }
      }, this.#deadlineMs)
      const settle = (action: () => void) => {
        clearTimeout(deadline)
        action()
      }
      request.once("socket", (socket) => {
        // An address in the URL is never looked up.
        progress.stage = isIP(hostOf(url)) === 0 ? "prepare" : "connect"
        socket.once("lookup", (error) => {
          progress.stage = error ? "prepare" : "connect"
        })
        socket.once(secure ? "secureConnect" : "connect", () => {
          progress.stage = "response"
        })
      })
      // `on`, since cutting a connection may report twice.
      request.on("error", (error) => settle(() => reject(error)))
      request.once("response", (response) => {
        answer = response
        void readBody(response).then((read) =>
          settle(() => {
            request.destroy()
            resolve({ status: response.statusCode ?? 0, headers: flatten(response), ...read })
          })
        )
      })
      request.end(bytes)
    })
  }

  #guardedLookup(): LookupFunction {
    return (hostname, options, callback) => {
      this.#resolve(hostname, (error, addresses) => {
        if (error) {
          callback(error, [])
          return
        }
        const refused =
          !this.#allowed.has(hostname.toLowerCase()) &&
          addresses.some(({ address }) => !isPublicAddress(address))
        const first = addresses[0]
        if (refused || !first) {
          callback(
            new EgressError(
              "address_refused",
              "The name stands for a private or reserved address."
            ),
            []
          )
        } else if (options.all) {
          callback(null, addresses)
        } else {
          callback(null, first.address, first.family)
        }
      })
    }
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").toLowerCase()
}

/** Reads until the end, the limit, or the cut of the connection; never fails, since the status is known already. */
async function readBody(response: IncomingMessage): Promise<{ body: string; truncated: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  let truncated = true
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer)
      size += (chunk as Buffer).length
      if (size > MAX_RESPONSE_BYTES) {
        break
      }
    }
    truncated = size > MAX_RESPONSE_BYTES || !response.complete
  } catch {
    truncated = true
  }
  return {
    body: Buffer.concat(chunks).subarray(0, MAX_RESPONSE_BYTES).toString("utf8"),
    truncated,
  }
}

function flatten(response: IncomingMessage): Record<string, string> {
  const entries = Object.entries(response.headers).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ])
  return Object.fromEntries(entries)
}

function describe(error: unknown): { code: string; message: string } {
  const { errors } = error as { errors?: unknown }
  // With several addresses tried, Node wraps the failures of all of them.
  const cause = Array.isArray(errors) ? (errors[0] as unknown) : error
  const { code, message } = cause as { code?: unknown; message?: unknown }
  return {
    code: typeof code === "string" ? code.toLowerCase() : "request_failed",
    message: typeof message === "string" ? message : String(cause),
  }
}
