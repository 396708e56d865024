// `npm run serve`: Medusa's application behind our own HTTP server, which refuses what must not reach Express and
// answers reads of the catalog before it. `npm run worker` (`--worker`): the background work alone, in a process of its own.
//
// Environment: HOST (default 127.0.0.1), PORT (default 9000; 9001 for a worker, which answers /health only), and what medusa-config.ts reads. A parent that starts it
// with an IPC channel gets `{ type: "ready", port }` when it listens, and takes it along when it ends.
import { ContainerRegistrationKeys, GracefulShutdownServer } from "@medusajs/framework/utils"
import loadApplication, { initializeContainer } from "@medusajs/medusa/loaders/index"
import express from "express"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { catalogAnswerers } from "./serve/catalog"
import { onClientError } from "./serve/client-error"
import { answerEarly, answerOr, type EarlyHandler } from "./serve/early"
import { refuseMalformedUrl } from "./serve/malformed-url"
import { Shutdown } from "./serve/shutdown"

/** In the order in which they are asked. */
const EARLY_HANDLERS: readonly EarlyHandler[] = [refuseMalformedUrl]

const LIMITS = {
  /** Milliseconds for a whole request to arrive; the largest upload on a slow line needs minutes. */
  requestTimeout: 180_000,
  /** Milliseconds for the headers alone. */
  headersTimeout: 20_000,
  /** Longer than the idle time of usual load balancers (60 s), so that they close first and not in mid-request. */
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 32_768,
}
const MAX_HEADERS = 100
/** Milliseconds that running requests get at shutdown. */
const DRAIN_MS = 10_000

async function serve(): Promise<void> {
  const worker = process.argv.includes("--worker")
  if (worker) {
    // The configuration reads it.
    process.env.MEDUSA_WORKER_MODE = "worker"
  }
  const directory = process.cwd()
  // The configuration, which this loads, brings the variables of a .env file in.
  const container = await initializeContainer(directory, { skipDbConnection: true })
  const host = process.env.HOST?.trim() || "127.0.0.1"
  const port = readPort(process.env.PORT?.trim() || (worker ? "9001" : "9000"))
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const shutdown = new Shutdown(logger)

  const app = express()
  const { shutdown: unload } = await loadApplication({ directory, expressApp: app })
  // A worker has no routes of its own, but answers this.
  app.get("/health", (_req, res) => {
    res.status(200).send("OK")
  })

  const answerers = catalogAnswerers(container)
  const server = createServer(LIMITS, (req, res) => {
    if (!answerEarly(EARLY_HANDLERS, req, res)) {
      answerOr(answerers, req, res, () => app(req, res))
    }
  })
  server.maxHeadersCount = MAX_HEADERS
  server.on("clientError", onClientError)
  const graceful = GracefulShutdownServer.create(server)
  shutdown.onceRunning(async () => {
    await graceful.shutdown(DRAIN_MS)
    await unload()
  })
  const bound = await listen(server, port, host)
  logger.info(`Server is ready on http://${host.includes(":") ? `[${host}]` : host}:${bound}`)
  process.send?.({ type: "ready", port: bound })
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Refusal(`PORT is "${text}": it must be a whole number from 0 to 65535.`)
  }
  return port
}

/** Resolves with the port it listens on. */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(LISTEN_FAULTS[error.code ?? ""]?.(host, port) ?? error)
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

/** A failure that the operator can mend, told in one sentence and without a stack. */
class Refusal extends Error {}

const LISTEN_FAULTS: Record<string, (host: string, port: number) => Refusal> = {
  EADDRINUSE: (host, port) =>
    new Refusal(`Port ${port} on ${host} is taken by another program: stop it or set PORT.`),
  EACCES: (host, port) =>
    new Refusal(`This user may not listen on port ${port} of ${host}: set PORT to 1024 or above.`),
  EADDRNOTAVAIL: (host) => new Refusal(`HOST is "${host}", which is no address of this machine.`),
  ENOTFOUND: (host) => new Refusal(`HOST is "${host}", which no name server knows.`),
}

serve().catch((error: unknown) => {
  const told = error instanceof Error ? error : new Error(String(error))
  process.stderr.write(`${told instanceof Refusal ? told.message : (told.stack ?? told.message)}\n`)
  process.exit(1)
})
