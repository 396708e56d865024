// @ts-check
// Rendering: the renderer beside a straightforward use of sharp, and what the shop adds to it.
import { createRequire } from "node:module"
import { shopChecks } from "./lib/render-shop.mjs"
import { machine, verdicts } from "./lib/report.mjs"

/** @typedef {{ seconds: number }} Options */

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)

/** Both parts. @param {Options} options */
export async function render(options) {
  await renderEngine(options)
  say("")
  await renderShop(options)
}

/** The renderer alone. @param {Options} options */
export async function renderEngine({ seconds }) {
  say(machine())
  /** @type {typeof import("./lib/render-engine.ts")} */
  const { engineChecks } = createRequire(import.meta.url)("./lib/render-engine.ts")
  say(`\n${verdicts(await engineChecks({ seconds, say }))}`)
}

/** Previews through the shop. @param {Options} options */
export async function renderShop({ seconds }) {
  say(machine())
  say(`\n${verdicts(await shopChecks({ seconds, say }))}`)
}
