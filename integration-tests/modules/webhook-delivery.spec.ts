// Deliveries to real receivers, good and bad: what is sent, what is written down, and that nobody waits for the bad ones.
import type { Logger } from "@medusajs/framework/types"
import { createServer, type IncomingHttpHeaders, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { Webhook } from "standardwebhooks"
import { loadWebhookModule, type Loaded } from "./webhook-module"
import { deliverAll } from "../../src/workflows/webhooks/delivery/deliver-all"

type Received = { headers: IncomingHttpHeaders; body: string; path: string }
type Receiver = { url: string; received: Received[]; close(): Promise<void> }

const logLines: string[] = []
const logger = {
  info: (line: string) => logLines.push(line),
  error: (line: string) => logLines.push(line),
} as unknown as Logger

let loaded: Loaded
const receivers: Receiver[] = []

beforeAll(async () => {
  loaded = await loadWebhookModule(["localhost"])
}, 120_000)
afterAll(() => loaded.close())

beforeEach(async () => {
  logLines.length = 0
  await loaded.sql.query(`truncate personalization_webhook_endpoint, personalization_webhook_event,
    personalization_webhook_delivery, personalization_webhook_attempt, personalization_webhook_inbox`)
})
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()))
})

async function receiver(
  status: number,
  { delayMs = 0, headers = {} }: { delayMs?: number; headers?: Record<string, string> } = {}
): Promise<Receiver> {
  const received: Received[] = []
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on("data", (chunk: Buffer) => chunks.push(chunk))
    req.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8")
      setTimeout(() => {
        received.push({ headers: req.headers, body, path: req.url ?? "" })
        res.writeHead(status, headers).end(`answer ${status}`)
      }, delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const made = {
    url: `http://localhost:${(server.address() as AddressInfo).port}/hook`,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
  receivers.push(made)
  return made
}

async function subscribe(name: string, url: string) {
  return await loaded.service.createEndpoint({ name, kind: "http", url })
}

async function publish(count: number): Promise<void> {
  await loaded.sql.query(
    `insert into personalization_webhook_event (id, type, order_id, sequence, data)
     select 'pevt_' || n, 'order.paid', 'order_' || n, 1, jsonb_build_object('order', jsonb_build_object('id', 'order_' || n, 'name', 'Zoë ✓'))
     from generate_series(1, $1::int) n`,
    [count]
  )
  await loaded.service.fanOutEvents(1000)
}

async function makeDue(): Promise<void> {
  await loaded.sql.query(
    `update personalization_webhook_delivery set next_attempt_at = now() where next_attempt_at is not null`
  )
}

async function logOf(endpointId: string) {
  const { rows } = await loaded.sql.query<Record<string, unknown>>(
    `select attempt, state, response_status, response_body, error, error_stage, next_attempt_at is not null as retried
     from personalization_webhook_attempt where endpoint_id = $1 order by id`,
    [endpointId]
  )
  return rows
}

it("sends what the public library verifies, and the same again after a failure", async () => {
  const partner = await receiver(503)
  const { endpoint, secret } = await subscribe("partner", partner.url)
  await publish(1)
  expect(await deliverAll(loaded.service, logger)).toEqual({ attempts: 1, unfinished: false })
  expect(await deliverAll(loaded.service, logger)).toEqual({ attempts: 0, unfinished: false })
  await makeDue()
  await deliverAll(loaded.service, logger)

  const [first, second] = partner.received
  expect(partner.received).toHaveLength(2)
  expect(first?.headers["content-type"]).toBe("application/json")
  for (const one of partner.received) {
    const headers = one.headers as Record<string, string>
    expect(new Webhook(secret).verify(one.body, headers)).toEqual({
      type: "order.paid",
      timestamp: expect.any(String),
      data: { order: { id: "order_1", name: "Zoë ✓", sequence: 1 } },
    })
  }
  expect(second?.body).toBe(first?.body)
  expect(second?.headers["webhook-id"]).toBe("pevt_1")
  expect(first?.headers["webhook-id"]).toBe("pevt_1")
  expect((await logOf(endpoint.id)).map((row) => row.attempt)).toEqual([1, 2])
})

it("writes down every outcome for what it is", async () => {
  const good = await receiver(204)
  const moved = await receiver(302, { headers: { location: good.url } })
  const busy = await receiver(429, { headers: { "retry-after": "3600" } })
  const gone = await receiver(410)
  const closed = await receiver(200)
  await closed.close()
  const endpoints = {
    good: (await subscribe("good", good.url)).endpoint.id,
    moved: (await subscribe("moved", moved.url)).endpoint.id,
    busy: (await subscribe("busy", busy.url)).endpoint.id,
    gone: (await subscribe("gone", gone.url)).endpoint.id,
    closed: (await subscribe("closed", closed.url)).endpoint.id,
  }
  const workshop = await loaded.service.createEndpoint({ name: "workshop", kind: "internal" })
  await publish(1)
  await deliverAll(loaded.service, logger)

  expect(await logOf(endpoints.good)).toMatchObject([
    { state: "succeeded", response_status: 204, error: null },
  ])
  expect(await logOf(endpoints.moved)).toMatchObject([
    {
      state: "failed",
      response_status: 302,
      error: "http_302",
      error_stage: "response",
      retried: true,
    },
  ])
  expect(good.received).toHaveLength(1)
  expect(await logOf(endpoints.busy)).toMatchObject([
    { state: "failed", response_body: "answer 429" },
  ])
  const { rows } = await loaded.sql.query<{ wait: number }>(
    `select extract(epoch from next_attempt_at - now())::int as wait from personalization_webhook_delivery where endpoint_id = $1`,
    [endpoints.busy]
  )
  expect(rows[0]?.wait).toBeGreaterThan(3500)
  expect(await logOf(endpoints.gone)).toMatchObject([
    { state: "dead", response_status: 410, retried: false },
  ])
  expect(await loaded.service.retrievePersonalizationWebhookEndpoint(endpoints.gone)).toMatchObject(
    {
      enabled: false,
      disabled_reason: "gone",
    }
  )
  expect(await logOf(endpoints.closed)).toMatchObject([
    {
      state: "failed",
      response_status: null,
      error: expect.stringContaining("econnrefused"),
      error_stage: "connect",
    },
  ])
  expect(await logOf(workshop.endpoint.id)).toMatchObject([
    { state: "succeeded", response_status: 200, response_body: '{"received":true}' },
  ])
  const inbox = await loaded.service.listPersonalizationWebhookInboxes({ source: "receiver" })
  expect(inbox).toMatchObject([{ event_id: "pevt_1", type: "order.paid", state: "processed" }])
  // One line per attempt, none of which gives a secret or a body away.
  expect(logLines).toHaveLength(6)
  expect(logLines.join()).not.toMatch(/whsec_|v1,|Zoë/)
})

it("gives up after the tenth attempt", async () => {
  const broken = await receiver(500)
  const { endpoint } = await subscribe("broken", broken.url)
  await publish(1)
  for (let attempt = 1; attempt <= 12; attempt += 1) {
    await deliverAll(loaded.service, logger)
    await makeDue()
  }
  expect(broken.received).toHaveLength(10)
  const log = await logOf(endpoint.id)
  expect(log.map((row) => row.state)).toEqual([...Array<string>(9).fill("failed"), "dead"])
  expect(log.at(-1)).toMatchObject({ attempt: 10, retried: false })
})

it("does not let a slow receiver hold up a quick one", async () => {
  const order: string[] = []
  const slow = await receiver(200, { delayMs: 600 })
  const quick = await receiver(200)
  const watch = (name: string, one: Receiver) => {
    const push = one.received.push.bind(one.received)
    one.received.push = (...items) => {
      order.push(name)
      return push(...items)
    }
  }
  watch("slow", slow)
  watch("quick", quick)
  await subscribe("slow", slow.url)
  await subscribe("quick", quick.url)
  await publish(12)
  expect(await deliverAll(loaded.service, logger)).toEqual({ attempts: 24, unfinished: false })
  expect(slow.received).toHaveLength(12)
  expect(quick.received).toHaveLength(12)
  // The slow one takes three rounds of four; the quick one is done before its second is.
  const slowBefore = order.slice(0, order.lastIndexOf("quick")).filter((name) => name === "slow")
  expect(slowBefore.length).toBeLessThanOrEqual(4)
})

it("sends each delivery once while several dispatchers work", async () => {
  const partner = await receiver(200, { delayMs: 5 })
  await subscribe("partner", partner.url)
  await publish(40)
  const runs = await Promise.all(
    Array.from({ length: 5 }, () => deliverAll(loaded.service, logger))
  )
  expect(runs.reduce((sum, run) => sum + run.attempts, 0)).toBe(40)
  const ids = partner.received.map((one) => one.headers["webhook-id"])
  expect(new Set(ids).size).toBe(40)
  expect(ids).toHaveLength(40)
})
