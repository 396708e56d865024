#!/usr/bin/env node
// @ts-check
// `npm run walk`: drives the main job against a running server and exits non-zero at the first thing that is wrong.
// By default the demo that runs in this folder; or `npm run walk -- --url http://... --api-key sk_...`.
import { readFile } from "node:fs/promises"
import { parseArgs } from "node:util"

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    "api-key": { type: "string" },
    preview: { type: "string", default: "walk-preview.webp" },
  },
})

/** @returns {Promise<{ url: string, api_key: string }>} */
async function runningDemo() {
  try {
    return JSON.parse(await readFile(".demo/demo.json", "utf8"))
  } catch {
    console.error(
      "There is no running demo here: start one with `npm run demo`, or give --url and --api-key."
    )
    process.exit(1)
  }
}

const { url = "", "api-key": apiKey = "", preview } = values
if (Boolean(url) !== Boolean(apiKey)) {
  console.error(
    "--url and --api-key go together: without both, the walk takes the demo of this folder."
  )
  process.exit(1)
}
const target = url && apiKey ? { url, api_key: apiKey } : await runningDemo()
const started = performance.now()
try {
  const { walk } = await import("./walk/walk.mjs")
  await walk({
    url: target.url.replace(/\/+$/, ""),
    apiKey: target.api_key,
    previewFile: preview,
    print: (line) => console.log(line),
  })
  console.log(`The walk is complete: ${((performance.now() - started) / 1000).toFixed(1)} s.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
