// @ts-check
// A change of a design through the whole chain, beside Medusa's own reading of a cart, and the validator by itself.
import { createRequire } from "node:module"
import { machine, verdicts } from "./lib/report.mjs"
import { openStore } from "./lib/store.mjs"
import { inTurns, quantile, send } from "./lib/turns.mjs"

/** @typedef {import("./lib/store.mjs").Store} Store @typedef {import("./lib/store.mjs").Server} Server */
/** @typedef {import("./lib/turns.mjs").Kind} Kind */
/** @typedef {{ key: string, session: string, cart: string }} Visitor */
/** @typedef {{ what: string, value: number, bound: number, most: boolean, unit?: string }} Check */

const WORKERS = [1, 8]
const WARM_SECONDS = 2
/** Changes whose statements are counted. */
const COUNTED = 200
const PATCH = "PATCH /sessions/:id, one text"
const CART = "stock GET /store/carts/:id"
const NAME = "Ada Lovelace "

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)

/** @param {{ seconds: number }} options */
export async function sessions({ seconds }) {
  say(machine())
  /** @type {Check[]} */
  const checks = [await validator()]
  const store = await openStore(say)
  try {
    for (const kind of /** @type {const} */ (["medusa start", "serve"])) {
      const server = await store.server(kind)
      checks.push(...(await measure(store, server, kind, seconds)))
      await server.stop()
    }
  } finally {
    await store.close()
  }
  say(`\n${verdicts(checks)}`)
}

/** @returns {Promise<Check>} */
async function validator() {
  /** @type {typeof import("./lib/validator.ts")} */
  const { validatorTimes } = createRequire(import.meta.url)("./lib/validator.ts")
  const { rules, fonts, one } = await validatorTimes()
  for (const [what, times] of /** @type {const} */ ([
    ["twenty values, by the rules alone", rules],
    ["twenty values, ten texts measured in their fonts", fonts],
    ["one text, measured in its font", one],
  ])) {
    say(`validator, ${what}: p50 ${ms(times, 0.5)} ms, p95 ${ms(times, 0.95)} ms`)
  }
  const what = "the validator on twenty zones, median"
  return { what, value: quantile(rules, 0.5), bound: 0.2, most: true, unit: "ms" }
}

/**
 * @param {Store} store
 * @param {Server} server
 * @param {string} name
 * @param {number} seconds
 * @returns {Promise<Check[]>}
 */
async function measure(store, server, name, seconds) {
  const most = Math.max(...WORKERS)
  const visitors = await Promise.all(Array.from({ length: most }, () => visitor(store, server)))
  const kinds = [patch(server, visitors), cart(store, server, visitors)]
  /** @type {Check[]} */
  const checks = []
  for (const workers of WORKERS) {
    await inTurns(kinds, workers, WARM_SECONDS)
    const times = await inTurns(kinds, workers, seconds)
    say(`\n${name}, ${workers} at once`)
    for (const { name: kind } of kinds) {
      const each = times.get(kind) ?? []
      say(
        `  ${kind.padEnd(30)} p50 ${ms(each, 0.5)} ms  p95 ${ms(each, 0.95)} ms  ${each.length} answers`
      )
    }
    const [ours = NaN, stock = NaN] = kinds.map((kind) => quantile(times.get(kind.name) ?? [], 0.5))
    const what = `${name}, ${workers} at once: PATCH to stock cart, medians`
    checks.push({ what, value: ours / stock, bound: 0.5, most: true })
  }
  for (const kind of kinds) {
    const before = await server.statements()
    for (let turn = 0; turn < COUNTED; turn++) {
      await send(kind.ask(0, turn))
    }
    const each = ((await server.statements()) - before) / COUNTED
    say(`  ${kind.name.padEnd(30)} ${each.toFixed(2)} statements to PostgreSQL`)
    if (kind.name === PATCH) {
      checks.push({
        // Whoever comes when its time is there looks at the catalog's version too: a hundredth of a statement.
        ...{ what: `${name}: statements of a PATCH`, value: Math.round(each) },
        ...{ bound: 3, most: true, unit: "statements" },
      })
    }
  }
  return checks
}

/**
 * @param {Server} server
 * @param {Visitor[]} visitors
 * @returns {Kind}
 */
function patch({ url }, visitors) {
  /** @param {number} turn */
  const text = (turn) => `${NAME}${turn % 1000}`
  return {
    name: PATCH,
    ask: (worker, turn) => ({
      method: "PATCH",
      url: `${url}/sessions/${visitors[worker]?.session}`,
      headers: { "X-Session-Key": visitors[worker]?.key ?? "" },
      body: { options: { name: text(turn) } },
    }),
    right: ({ status, text: answer }, _, turn) =>
      status === 200 && JSON.parse(answer).session.options.name.text === text(turn),
  }
}

/**
 * @param {Store} store
 * @param {Server} server
 * @param {Visitor[]} visitors
 * @returns {Kind}
 */
function cart({ publishableKey }, { url }, visitors) {
  return {
    name: CART,
    ask: (worker) => ({
      method: "GET",
      url: `${url}/store/carts/${visitors[worker]?.cart}`,
      headers: { "x-publishable-api-key": publishableKey },
    }),
    right: ({ status, text }) => status === 200 && JSON.parse(text).cart.items.length === 1,
  }
}

/**
 * A visitor with a design that is filled in, and a cart of Medusa's with one line.
 *
 * @param {Store} store
 * @param {Server} server
 * @returns {Promise<Visitor>}
 */
async function visitor({ publishableKey }, { url }) {
  /** @param {string} method @param {string} path @param {unknown} [body] @param {Record<string, string>} [headers] */
  const call = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`)
    }
    return { body: JSON.parse(text), key: response.headers.get("x-session-key") ?? "" }
  }
  const door = { "x-publishable-api-key": publishableKey }
  const { body: page } = await call("GET", "/products/t-shirt")
  const begun = await call(
    "POST",
    "/sessions",
    { product_id: page.product.id },
    { "X-Session-Key": "new" }
  )
  const session = begun.body.sessionId
  const options = { options: { size: "m", back_text: "Back", shirt_color: "#2f6146" } }
  await call("PATCH", `/sessions/${session}`, options, { "X-Session-Key": begun.key })
  const { body: places } = await call("GET", "/store/regions", undefined, door)
  const [region] = places.regions
  const made = await call("POST", "/store/carts", { region_id: region.id }, door)
  const cartId = made.body.cart.id
  const variant_id = page.product.variants[0].id
  await call("POST", `/store/carts/${cartId}/line-items`, { variant_id, quantity: 1 }, door)
  return { key: begun.key, session, cart: cartId }
}

/** @param {number[]} sorted @param {number} share */
function ms(sorted, share) {
  return quantile(sorted, share).toFixed(3)
}
