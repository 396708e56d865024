// @ts-check
// What the figures of the catalog's benchmark are held against.
import { CONNECTIONS, DOOR_1_CACHED, SIZES } from "./catalog-runs.mjs"

/** @typedef {import("./report.mjs").Check} Check */

const megabytes = (/** @type {number} */ bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`

/**
 * @param {import("../catalog.mjs").Bench} bench
 * @returns {Check[]}
 */
export function catalogChecks(bench) {
  /** @type {Check[]} */
  const checks = []
  for (const size of SIZES) {
    for (const connections of CONNECTIONS) {
      const of = (/** @type {string} */ target) => bench.figures(size, target, connections)
      const at = `${size} products, ${connections} connections`
      const start = of("medusa start: /products, warm")
      const health = of("/health")
      checks.push(
        {
          what: `${at}: medusa start over stock`,
          value: start.rate / of("stock /store/products").rate,
          bound: 60,
        },
        {
          what: `${at}: medusa start over /health`,
          value: start.rate / health.rate,
          bound: 0.85,
        },
        {
          what: `${at}: CPU of a cached answer over /health`,
          value: start.cpu / health.cpu,
          bound: 1.15,
          most: true,
        },
        {
          what: `${at}: serve over a plain Node server`,
          value: of("serve: /products, warm").rate / of("plain Node server").rate,
          bound: 0.3,
        }
      )
    }
    for (const connections of bench.redis ? CONNECTIONS : []) {
      const of = (/** @type {string} */ path) =>
        bench.figures(size, `${DOOR_1_CACHED}: ${path}`, connections).cpu
      checks.push({
        what: `${size} products, ${connections} connections: CPU of door 1 with cached keys over /health`,
        value: of("door 1, warm") / of("/health"),
        bound: 1.15,
        most: true,
      })
    }
    for (const name of ["medusa start", "serve"]) {
      const { p97 } = bench.figures(size, `${name}: /products, turning over`, 50)
      checks.push({
        what: `${size} products: p97.5 of ${name}, 50 connections, turning over`,
        value: p97,
        bound: 100,
        most: true,
        unit: "ms",
      })
    }
  }
  for (const { name, size, loads, turns } of bench.turns) {
    // The run may begin with an entry that is over.
    checks.push({
      what: `${size} products, ${name}: ${loads.toFixed(0)} loads for ${turns} expiries, more than one each`,
      value: Math.max(0, loads - turns - 1),
      bound: 0,
      most: true,
      unit: "loads",
    })
  }
  for (const { name, size, before, after } of bench.memory) {
    checks.push({
      what: `${size} products: memory of ${name}, ${megabytes(before)} in use after the first runs, ${megabytes(after)} after the last`,
      value: after / before,
      bound: 1.15,
      most: true,
    })
  }
  const [few, many] = SIZES.map(
    (size) => bench.costs.get(size) ?? { miss: NaN, bare: NaN, stock: NaN }
  )
  if (few && many) {
    checks.push(
      {
        what: `a miss with ${SIZES[1]} products (${many.miss.toFixed(1)} ms CPU, database included) over one with ${SIZES[0]} (${few.miss.toFixed(1)} ms)`,
        value: many.miss / few.miss,
        bound: 1.3,
        most: true,
      },
      {
        what: `the first miss after a change, counted, with ${SIZES[1]} products (${many.bare.toFixed(1)} ms) over one with ${SIZES[0]} (${few.bare.toFixed(1)} ms)`,
        value: many.bare / few.bare,
        bound: 1.3,
        most: true,
      },
      {
        what: `a miss over a stock request, ${SIZES[0]} products (stock: ${few.stock.toFixed(1)} ms)`,
        value: few.miss / few.stock,
        bound: 0.25,
        most: true,
      },
      {
        what: `a miss over a stock request, ${SIZES[1]} products (stock: ${many.stock.toFixed(1)} ms)`,
        value: many.miss / many.stock,
        bound: 0.25,
        most: true,
      }
    )
  }
  return checks
}
