// @ts-check
// A visitor's HTTP client for the walk: keeps the cookie as a browser does, and times every call.

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Headers} headers
 * @property {any} body parsed JSON, or text when it is not JSON
 * @property {number} ms how long the call took, in milliseconds
 */

/** A visitor with a cookie jar of one cookie per name. */
export class Visitor {
  /** @param {string} url where the server is, without a trailing slash */
  constructor(url) {
    this.url = url
    /** @type {Map<string, string>} */
    this.cookies = new Map()
  }

  /**
   * @param {string} method
   * @param {string} path a path of the server, or an absolute URL
   * @param {{ json?: unknown, form?: FormData, headers?: Record<string, string> }} [send]
   * @returns {Promise<Answer>}
   */
  async call(method, path, { json, form, headers = {} } = {}) {
    const started = performance.now()
    const response = await fetch(path.startsWith("http") ? path : this.url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...(this.cookies.size > 0 ? { cookie: this.#cookieHeader() } : {}),
        ...headers,
      },
      ...(json === undefined ? (form ? { body: form } : {}) : { body: JSON.stringify(json) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";")
      const at = pair.indexOf("=")
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const text = await response.text()
    const ms = performance.now() - started
    return { status: response.status, headers: response.headers, body: parse(text), ms }
  }

  /** @param {string} url @returns {Promise<{ type: string | null, bytes: Buffer }>} */
  async download(url) {
    const response = await fetch(url)
    if (!response.ok) {
      throw new Error(`GET ${url} answered ${response.status}`)
    }
    const bytes = Buffer.from(await response.arrayBuffer())
    return { type: response.headers.get("content-type"), bytes }
  }

  #cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ")
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
