// @ts-check
// `npm run bench -- <name> [--seconds N]`: runs a benchmark and prints its table. It always exits 0 when it could
// measure: figures depend on the machine, and the words beside them say what was reached.
import { catalog } from "./catalog.mjs"

const BENCHES = /** @type {const} */ ({ catalog })
const USAGE =
  "Usage: npm run bench -- catalog [--seconds N]   (N: length of each run, 1 to 120, default 10)"

const [name, flag, value, ...rest] = process.argv.slice(2)
const seconds = flag === undefined ? 10 : Number(value)
const known = name !== undefined && Object.hasOwn(BENCHES, name)
const length = Number.isInteger(seconds) && seconds >= 1 && seconds <= 120
if (!known || !length || rest.length > 0 || (flag !== undefined && flag !== "--seconds")) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(2)
}
try {
  await BENCHES[/** @type {keyof typeof BENCHES} */ (name)]({ seconds })
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`)
  process.exit(1)
}
