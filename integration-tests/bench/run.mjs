// @ts-check
// `npm run bench -- <name> [--seconds N]`: runs a benchmark and prints its table. It always exits 0 when it could
// measure: figures depend on the machine, and the words beside them say what was reached.
import { createRequire } from "node:module"
import { catalog } from "./catalog.mjs"
import { sessions } from "./sessions.mjs"

/** @type {Record<string, (options: { seconds: number }) => Promise<void>>} */
const BENCHES = {
  catalog,
  sessions,
  // TypeScript, like what it measures: ts-node is there already.
  definition: () => createRequire(import.meta.url)("./definition.ts").default([]),
}
const USAGE =
  "Usage: npm run bench -- catalog|sessions [--seconds N]   (N: length of each run, 1 to 120, default 10)\n" +
  "       npm run bench -- definition"

const [name, flag, value, ...rest] = process.argv.slice(2)
const seconds = flag === undefined ? 10 : Number(value)
const bench = name !== undefined && Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
const length = Number.isInteger(seconds) && seconds >= 1 && seconds <= 120
if (!bench || !length || rest.length > 0 || (flag !== undefined && flag !== "--seconds")) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(2)
}
try {
  await bench({ seconds })
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`)
  process.exit(1)
}
