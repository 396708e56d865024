// @ts-check
// The catalog under load, beside what bounds it: Medusa's own list, Medusa's empty chain, and a plain Node server.
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { catalogChecks } from "./lib/catalog-checks.mjs"
import { CONNECTIONS, DOOR_1_CACHED, SIZES } from "./lib/catalog-runs.mjs"
import { costing, load } from "./lib/load.mjs"
import { fillCatalog, touch } from "./lib/products.mjs"
import { machine, table, verdicts } from "./lib/report.mjs"
import { openStore } from "./lib/store.mjs"
import { startRedis } from "../../src/scripts/test/redis.mjs"

/** @typedef {import("./lib/report.mjs").Row} Row */
/** @typedef {import("./lib/store.mjs").Store} Store @typedef {import("./lib/store.mjs").Server} Server */
/** @typedef {Awaited<ReturnType<typeof startRedis>>} Redis */

const LIST = "/products?limit=20"
const STOCK = "/store/products?limit=20"
const DOOR_1 = "/store/products/mug/personalization"
const PLAIN = new URL("./lib/plain-server.mjs", import.meta.url).pathname
/** Requests to Medusa's own list at least: some of them take seconds. */
const STOCK_REQUESTS = 30
const TURN_MS = 1000
/** Pages of the list that no cache has when a round begins, and rounds. */
const COLD_PAGES = 150
const COLD_ROUNDS = 4
/** After a touch every process knows of it. */
const SEEN_MS = 1200
/** An idle connection of PostgreSQL hands in its counters after 10 s at the latest. */
const COUNTERS_MS = 11_000

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)

/** @param {{ seconds: number }} options */
export async function catalog({ seconds }) {
  say(machine())
  const store = await openStore(say)
  const folder = await mkdtemp(path.join(tmpdir(), "personalization-bench-body-"))
  const redis = await startRedis()
  if (!redis) {
    say("No redis-server was found: door 1 is not measured with Medusa's cache of keys.")
  }
  try {
    const bench = new Bench(store, seconds, path.join(folder, "body.json"), redis)
    for (const size of SIZES) {
      await fillCatalog(store.sql, size)
      await bench.measure(size)
    }
    say(`\n${table(bench.rows)}\n\n${verdicts(catalogChecks(bench))}`)
  } finally {
    await store.close()
    await redis?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

export class Bench {
  /** @type {Row[]} */
  rows = []
  /** @type {{ name: string, size: number, loads: number, turns: number }[]} */
  turns = []
  /** @type {{ name: string, size: number, before: number, after: number }[]} bytes in use after a collection */
  memory = []
  /** @type {Map<number, { miss: number, bare: number, stock: number }>} */
  costs = new Map()

  /**
   * @param {Store} store
   * @param {number} seconds
   * @param {string} bodyFile
   * @param {Redis} redis
   */
  constructor(store, seconds, bodyFile, redis) {
    this.store = store
    this.seconds = seconds
    this.bodyFile = bodyFile
    this.redis = redis
  }

  /** @param {number} size */
  async measure(size) {
    say(`\n${size} products`)
    const { miss, bare } = await this.miss(size)
    const medusa = await this.store.server("medusa start")
    const stock = await this.runs(size, "stock /store/products", medusa, STOCK, STOCK_REQUESTS)
    await this.runs(size, "/health", medusa, "/health")
    await this.ours(size, "medusa start", medusa)
    await medusa.stop()
    this.costs.set(size, { miss, bare, stock })
    if (this.redis) {
      const env = { REDIS_URL: this.redis.url, MEDUSA_FF_CACHING: "true" }
      const caching = await this.store.server("medusa start", env)
      await this.runs(size, `${DOOR_1_CACHED}: /health`, caching, "/health")
      await this.runs(size, `${DOOR_1_CACHED}: door 1, warm`, caching, DOOR_1)
      await caching.stop()
    }
    const serve = await this.store.server("serve")
    await writeFile(this.bodyFile, await (await fetch(`${serve.url}${LIST}`)).text())
    await this.ours(size, "serve", serve)
    await serve.stop()
    const plain = await this.store.program(PLAIN, [this.bodyFile])
    await this.runs(size, "plain Node server", plain, "/")
    await plain.stop()
  }

  /**
   * What a miss costs: the processor time of the server and of PostgreSQL for pages that are not kept, asked for one
   * after the other; and what it costs with the cache switched off, where each request also counts the products and
   * reads the shop's settings, as the first one after a change does.
   *
   * @param {number} size
   */
  async miss(size) {
    const bare = await this.store.server("serve", { CATALOG_CACHE_SECONDS: "0" })
    await this.load(bare, LIST, 1, 2)
    const figures = await this.load(bare, LIST, 1, this.seconds)
    this.add({ products: size, target: "nothing kept, counted each time", connections: 1, figures })
    await bare.stop()
    const server = await this.store.server("serve")
    await this.coldPages(server)
    let [processor, database] = [0, 0]
    for (let round = 0; round < COLD_ROUNDS; round++) {
      await touch(this.store.sql)
      await sleep(SEEN_MS)
      const cost = await costing(server.pid, this.store.postgresPids, () => this.coldPages(server))
      processor += cost.server
      database += cost.database
    }
    await server.stop()
    const misses = COLD_PAGES * COLD_ROUNDS
    const miss = (processor + database) / misses
    say(
      `a miss: ${(processor / misses).toFixed(2)} ms of the server, ${(database / misses).toFixed(2)} ms of PostgreSQL`
    )
    return { miss, bare: figures.cpu + figures.database }
  }

  /**
   * Asks once for each of many pages of 20 products.
   *
   * @param {Server} server
   */
  async coldPages(server) {
    for (let offset = 0; offset < COLD_PAGES; offset++) {
      const answer = await fetch(`${server.url}${LIST}&offset=${offset}`)
      await answer.arrayBuffer()
    }
  }

  /**
   * Our list from the cache, while the cache turns over, and door 1.
   *
   * @param {number} size
   * @param {string} name
   * @param {Server} server
   */
  async ours(size, name, server) {
    await this.runs(size, `${name}: /products, warm`, server, LIST)
    const before = await server.memory()
    const scans = await this.scansPerLoad(server)
    for (const connections of CONNECTIONS) {
      const scanned = await this.productScans()
      let turns = 0
      const turning = setInterval(() => {
        turns += 1
        void touch(this.store.sql)
      }, TURN_MS)
      const figures = await this.load(server, LIST, connections)
      clearInterval(turning)
      this.add({ products: size, target: `${name}: /products, turning over`, connections, figures })
      await sleep(COUNTERS_MS)
      const loads = ((await this.productScans()) - scanned) / scans
      this.turns.push({ name: `${name}, ${connections} connections`, size, loads, turns })
    }
    await this.runs(size, `${name}: door 1, warm`, server, DOOR_1)
    await this.load(server, LIST, 50)
    this.memory.push({ name, size, before, after: await server.memory() })
  }

  /**
   * @param {number} size
   * @param {string} target
   * @param {Server} server
   * @param {string} url
   * @param {number} [least] requests to make instead of the seconds of a run, at least one of each connection
   * @returns {Promise<number>} milliseconds of processor time of an answer at the fewest connections
   */
  async runs(size, target, server, url, least) {
    await this.load(server, url, 10, 2, least && 10)
    let cost = 0
    for (const connections of CONNECTIONS) {
      const amount = least && Math.max(least, connections)
      const figures = await this.load(server, url, connections, this.seconds, amount)
      this.add({ products: size, target, connections, figures })
      cost ||= figures.cpu + figures.database
    }
    return cost
  }

  /**
   * @param {Server} server
   * @param {string} url
   * @param {number} connections
   * @param {number} [amount]
   */
  load(server, url, connections, seconds = this.seconds, amount) {
    return load({
      ...(amount === undefined ? {} : { amount }),
      url: `${server.url}${url}`,
      headers: { "x-publishable-api-key": this.store.publishableKey },
      connections,
      seconds,
      pid: server.pid,
      databasePids: this.store.postgresPids,
    })
  }

  /** @param {Row} row */
  add(row) {
    this.rows.push(row)
    say(table([row]).split("\n")[1] ?? "")
  }

  /**
   * How often a load of the list looks into the product table.
   *
   * @param {Server} server
   */
  async scansPerLoad(server) {
    await sleep(COUNTERS_MS)
    const before = await this.productScans()
    await touch(this.store.sql)
    await sleep(1500)
    const cache = (await fetch(`${server.url}${LIST}`)).headers.get("x-cache")
    await sleep(COUNTERS_MS)
    const scans = (await this.productScans()) - before
    if (cache !== "MISS" || scans < 1) {
      throw new Error(`A load could not be counted: ${cache}, ${scans} scans.`)
    }
    return scans
  }

  async productScans() {
    const [row] = await this.store.sql(
      `select (seq_scan + coalesce(idx_scan, 0))::int as scans from pg_stat_user_tables where relname = 'product'`
    )
    return row.scans
  }

  /**
   * @param {number} size
   * @param {string} target
   * @param {number} connections
   */
  figures(size, target, connections) {
    const row = this.rows.find(
      (each) => each.products === size && each.target === target && each.connections === connections
    )
    if (!row) {
      throw new Error(`Nothing was measured for ${target}.`)
    }
    return row.figures
  }
}
