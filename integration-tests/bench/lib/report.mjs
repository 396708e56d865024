// @ts-check
// The benchmark's table and the words beside its targets.
import { cpus, loadavg, totalmem } from "node:os"

/** @typedef {import("./load.mjs").Figures} Figures */
/** @typedef {{ products: number, target: string, connections: number, figures: Figures }} Row */
/** @typedef {{ what: string, value: number, bound: number, most?: boolean, unit?: string }} Check */

const HEAD = [
  "products",
  "target",
  "conn",
  "req/s",
  "p50 ms",
  "p97.5 ms",
  "max ms",
  "CPU ms/req",
  "not 200",
  "RSS MB",
]

/** @param {Row[]} rows */
export function table(rows) {
  const cells = rows.map(({ products, target, connections, figures: f }) => [
    String(products),
    target,
    String(connections),
    f.rate.toFixed(f.rate < 100 ? 1 : 0),
    f.p50.toFixed(0),
    f.p97.toFixed(0),
    f.max.toFixed(0),
    f.cpu.toFixed(3),
    String(f.failed),
    String(f.rss),
  ])
  const widths = HEAD.map((head, i) =>
    Math.max(head.length, ...cells.map((row) => row[i]?.length ?? 0))
  )
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, i) => (i === 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
  return [line(HEAD), ...cells.map(line)].join("\n")
}

/** @param {Check[]} checks */
export function verdicts(checks) {
  const lines = checks.map(({ what, value, bound, most = false, unit = "x" }) => {
    const reached = most ? value <= bound : value >= bound
    const digits = Math.abs(value) < 10 ? 2 : 0
    return `${reached ? "pass" : "FAIL"}  ${what}: ${value.toFixed(digits)} ${unit} (target: at ${most ? "most" : "least"} ${bound} ${unit})`
  })
  return lines.join("\n")
}

/** What it ran on: absolute figures mean nothing without it. */
export function machine() {
  const [first] = cpus()
  const load = loadavg()[0]?.toFixed(1)
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${first?.model.trim()}, ${cpus().length} cores, ${memory} GB, Node ${process.version}, load ${load}; client and database on the same machine`
}
