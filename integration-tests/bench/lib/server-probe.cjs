// @ts-check
// Preloaded into a measured server: tells on request what memory it holds after a collection, and how many statements it
// has sent to PostgreSQL.
// A module would have Node load the server as one, which cannot be TypeScript.
const { createRequire } = process.getBuiltinModule("node:module")
/** @type {typeof import("pg")} */
const { Client } = createRequire(__filename)("pg")

let statements = 0
const { query } = Client.prototype
/** @param {unknown[]} args */
Client.prototype.query = function counted(...args) {
  statements += 1
  return Reflect.apply(query, this, args)
}

process.on("message", (message) => {
  if (message === "memory" && globalThis.gc && process.send) {
    globalThis.gc()
    const { heapUsed, external } = process.memoryUsage()
    process.send({ memory: heapUsed + external })
  }
  if (message === "statements" && process.send) {
    process.send({ statements })
  }
})
