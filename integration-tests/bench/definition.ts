// How long a definition takes to check: random and changed ones, and the costliest that the limits let through.
import fc from "fast-check"
import { performance } from "node:perf_hooks"
import {
  FULL_CONTEXT,
  FULL_DEFINITION,
  mutations,
} from "../../src/domain/template/__tests__/documents"
import { checkDefinition } from "../../src/domain/template/check"
import { mugTemplate } from "../../src/scripts/seed/templates/mug"
import { posterTemplate } from "../../src/scripts/seed/templates/poster"
import { tShirtTemplate } from "../../src/scripts/seed/templates/t-shirt"

const SEEDS = [FULL_DEFINITION, mugTemplate, posterTemplate, tShirtTemplate]
const [TEXT, , , OPTION, SHAPE] = FULL_DEFINITION.zones
const ROUNDS = 10

type Timing = { name: string; bytes: number; wall: number; cpu: number; answer: string }

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function fields(count: number, value: unknown): Record<string, unknown> {
  return Object.fromEntries(times(count, (index) => [`k${index}`, value]))
}

function document(zones: unknown[]): Record<string, unknown> {
  return { ...FULL_DEFINITION, zones }
}

function texts(count: number, change: (index: number) => Record<string, unknown>): unknown {
  return document(
    times(count, (index) => ({
      ...TEXT,
      require_if: undefined,
      default: undefined,
      pattern: undefined,
      key: `z${index}`,
      ...change(index),
    }))
  )
}

function shapes(d: string): unknown {
  const figure = { shape: "path", d, view_box: { width: 1, height: 1 } }
  return document(times(30, (index) => ({ ...SHAPE, key: `s${index}`, figure })))
}

/** Option zones with a list of appearances each. */
function options(count: number, look: () => Record<string, unknown>, looks = 14): unknown {
  return document(
    times(count, (index) => ({
      ...OPTION,
      show_if: undefined,
      key: `o${index}`,
      appearance: times(looks, (n) => ({ value: `v${n}`, ...look() })),
    }))
  )
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz"
const locales = (count: number) =>
  Object.fromEntries(times(count, (n) => [`${LETTERS[Math.floor(n / 26)]}${LETTERS[n % 26]}`, "n"]))

/** Each near or over a limit, in the place where it costs most. */
const WORST: Record<string, unknown> = {
  "20,000 unknown keys in one zone": document([{ ...TEXT, ...fields(20_000, 1) }]),
  "180 unknown keys in 60 zones": texts(60, () => fields(180, 1)),
  "60 zones, 64 colours, 40 locales": texts(60, () => ({
    colors: times(64, () => ({ name: locales(40), value: "#000000" })),
  })),
  "7 zones, 64 colours, 40 locales": texts(7, () => ({
    colors: times(64, (n) => ({ name: locales(40), value: `#0000${n + 10}` })),
  })),
  "palettes of the wrong type": texts(60, () => ({ colors: times(190, () => 1) })),
  "palettes of wrong names": texts(60, () => ({
    colors: times(64, () => ({ name: { X: 1, Y: 2 }, value: "x" })),
  })),
  "one zone of bad locales": texts(1, () => ({
    colors: times(64, () => ({ name: fields(40, 1), value: "x" })),
  })),
  "one zone of bad appearances": document([
    { ...OPTION, appearance: times(14, (n) => ({ value: `v${n}`, fills: fields(199, 1) })) },
  ]),
  "60 prices in 60 currencies": texts(60, () => ({
    price: {
      flat: Object.fromEntries(times(60, (n) => [`a${Object.keys(locales(60))[n]}`, "1.25"])),
    },
  })),
  "defaults of ideographs": texts(8, (index) => ({
    max_length: 500,
    characters: { sets: ["symbols", "thai", "cjk"] },
    default: times(490, (n) => String.fromCodePoint(0x4e00 + n + index * 490)).join(""),
  })),
  "defaults against patterns": texts(30, () => ({
    max_length: 500,
    characters: undefined,
    pattern: "(([a-c\\d\\l]?){10}){20}",
    default: "a".repeat(30),
  })),
  "a default against many ways": texts(3, () => ({
    max_length: 500,
    characters: undefined,
    pattern: `(.${"|".repeat(188)}){250}`,
    default: "a".repeat(250),
  })),
  "patterns of empty ways": texts(60, () => ({ pattern: `(${"|".repeat(190)}){500}` })),
  "60 patterns at their limit": texts(60, () => ({
    max_length: 13,
    pattern: "(([a-c\\d\\l]?){10}){20}",
  })),
  "pictures for zones that are not there": options(6, () => ({ images: fields(199, "shirt") })),
  "photos for sides that are not there": options(6, () => ({ backgrounds: fields(199, "shirt") })),
  "9,000 options that are not there": options(45, () => ({}), 200),
  "60 faulty zones of a lot": texts(60, (index) => ({
    max_length: 0,
    default: "ä".repeat(60),
    colors: times(40, (n) => ({ name: `${index}`, value: `#0000${n + 10}` })),
  })),
  "31 conditions in 60 zones": texts(60, (index) => ({
    show_if: { all: times(31, (n) => ({ zone: `z${(index + n + 1) % 60}`, is: "x" })) },
  })),
  "240 kB of paths": shapes(`M0 0${"1 1".repeat(2600)}`),
  "240 kB of blanks in paths": shapes(`M0 0L1 1${" ".repeat(7900)}!`),
  "100,000 zones": document(times(100_000, () => 1)),
  "a text of 260 kB": { ...FULL_DEFINITION, schema: "x".repeat(260_000) },
}

/** The longest that a definition may take, in milliseconds. */
const BOUND_MS = 50
/** A shop with an option set, so that options are looked up too. */
const CONTEXT = { ...FULL_CONTEXT, option_sets: new Map([["size", new Set(["m"])]]) }

/** The quickest of some rounds: what others do on the machine only makes it slower. */
function measure(name: string, input: unknown): Timing {
  const timing = {
    name,
    bytes: JSON.stringify(input).length,
    wall: Infinity,
    cpu: Infinity,
    answer: "",
  }
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    const before = process.cpuUsage()
    const result = checkDefinition(input, CONTEXT)
    const { user, system } = process.cpuUsage(before)
    timing.wall = Math.min(timing.wall, performance.now() - started)
    timing.cpu = Math.min(timing.cpu, (user + system) / 1000)
    timing.answer = result.success
      ? "accepted"
      : `${result.issues.length} x ${result.issues[0]?.code}`
  }
  return timing
}

/** From here on a document is measured again: most such times are the machine's. */
const SUSPECT_MS = 5

function timeOf(input: unknown): number {
  const started = performance.now()
  checkDefinition(input, CONTEXT)
  return performance.now() - started
}

/** Milliseconds that JSON.parse needs for a definition of nearly the size that is allowed. */
function parseTime(): number {
  const text = JSON.stringify(WORST["240 kB of paths"])
  return Math.min(
    ...times(ROUNDS * 4, () => {
      const started = performance.now()
      JSON.parse(text)
      return performance.now() - started
    })
  )
}

/** `npm run bench -- definition [documents]`: prints milliseconds; documents default to 10,000. */
export default async function run(args: string[]): Promise<void> {
  const count = Number(args[0] ?? 10_000)
  const worst = Object.entries(WORST).map(([name, input]) => measure(name, input))
  const walls: number[] = []
  // A few at a time: thousands of documents in memory would measure the garbage collector.
  while (walls.length < count) {
    for (const input of fc.sample(mutations(SEEDS), Math.min(100, count - walls.length))) {
      const wall = timeOf(input)
      walls.push(wall > SUSPECT_MS ? Math.min(wall, ...times(4, () => timeOf(input))) : wall)
    }
  }
  walls.sort((a, b) => a - b)
  const at = (share: number) => (walls[Math.floor((walls.length - 1) * share)] ?? 0).toFixed(2)
  const lines = [
    `${count} changed definitions: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`,
  ]
  for (const { name, bytes, wall, cpu, answer } of worst) {
    const row = [name.padEnd(34), `${bytes} bytes`.padStart(14)]
    lines.push(`${row.join(" ")}  ${wall.toFixed(1)} ms, ${cpu.toFixed(1)} ms CPU  ${answer}`)
  }
  const slowest = Math.max(...worst.map(({ wall }) => wall))
  const parse = parseTime()
  lines.push(
    `slowest ${slowest.toFixed(1)} ms; JSON.parse of 240 kB ${parse.toFixed(2)} ms; ratio ${(slowest / parse).toFixed(1)}`
  )
  const most = Math.max(slowest, walls.at(-1) ?? 0)
  lines.push(
    `${most <= BOUND_MS ? "pass" : "FAIL"}  the longest of all: ${most.toFixed(1)} ms (target: at most ${BOUND_MS} ms)`
  )
  process.stdout.write(`${lines.join("\n")}\n`)
}
