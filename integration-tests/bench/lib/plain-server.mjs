// @ts-check
// The limit: a plain Node server that sends the bytes of a file on PORT, and nothing else.
import { readFileSync } from "node:fs"
import { createServer } from "node:http"

const body = readFileSync(process.argv[2] ?? "")
const headers = {
  "Content-Type": "application/json; charset=utf-8",
  "Content-Length": String(body.length),
}
createServer((_req, res) => {
  res.writeHead(200, headers)
  res.end(body)
}).listen(Number(process.env.PORT), "127.0.0.1")
