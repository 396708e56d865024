// The outbox and its deliveries on a real database: handed out once, claimed by one, settled with a log row each.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { Webhook } from "standardwebhooks"
import { MAX_IN_FLIGHT_PER_ENDPOINT } from "../../src/modules/personalization_webhook/dispatch-store"
import type {
  AttemptReport,
  ClaimedDelivery,
} from "../../src/modules/personalization_webhook/types"
import { insertOutboxEvent } from "../../src/lib/outbox"
import { loadWebhookModule, type Loaded } from "./webhook-module"

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadWebhookModule()
}, 120_000)
afterAll(() => loaded.close())

beforeEach(async () => {
  await loaded.sql.query(`truncate personalization_webhook_endpoint, personalization_webhook_event,
    personalization_webhook_delivery, personalization_webhook_attempt`)
})

const ok: AttemptReport = {
  verdict: { state: "succeeded", retry_in: null, disable_endpoint: false },
  response_status: 200,
  response_body: "thanks",
  error: null,
  error_stage: null,
  duration_ms: 12,
}

/** `insertOutboxEvent` as a module of the order's would call it. */
async function writeEvent(order_id: string, type = "order.paid", data = {}): Promise<string> {
  const repository = (
    loaded.service as unknown as {
      baseRepository_: {
        transaction<T>(work: (manager: SqlEntityManager) => Promise<T>): Promise<T>
      }
    }
  ).baseRepository_
  return await repository.transaction((manager) =>
    insertOutboxEvent(manager, { type, order_id, data: { order: { id: order_id, ...data } } })
  )
}

async function makeEndpoint(name: string, events: string[] | null = null) {
  return await loaded.service.createEndpoint({
    name,
    kind: "http",
    url: `https://${name}.example.com/hook`,
    events,
  })
}

async function rows<T>(query: string, values: unknown[] = []): Promise<T[]> {
  return (await loaded.sql.query(query, values)).rows as T[]
}

describe("insertOutboxEvent", () => {
  it("numbers the events of an order from 1, whoever writes at the same time", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => writeEvent("order_1")))
    await writeEvent("order_2")
    const found = await rows<{ id: string; sequence: number }>(
      `select id, sequence from personalization_webhook_event where order_id = 'order_1' order by sequence`
    )
    expect(found.map((row) => row.sequence)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(found.map((row) => row.id).sort()).toEqual([...ids].sort())
  })

  it("keeps the data as it was, with everything that could upset SQL in it", async () => {
    const text = `it's "quoted" ?? ? $1 \\ \\' :name; drop table 😀`
    const id = await writeEvent("order_1", "order.paid", { text })
    const [row] = await rows<{ data: { order: { text: string } } }>(
      `select data from personalization_webhook_event where id = $1`,
      [id]
    )
    expect(row?.data.order.text).toBe(text)
  })
})

describe("fan-out", () => {
  it("makes one delivery for each endpoint that wants the event", async () => {
    const all = await makeEndpoint("all")
    const paid = await makeEndpoint("paid", ["order.paid"])
    await makeEndpoint("shipped", ["order.shipped"])
    const off = await makeEndpoint("off")
    await loaded.service.updatePersonalizationWebhookEndpoints({
      id: off.endpoint.id,
      enabled: false,
    })
    const id = await writeEvent("order_1")

    expect(await loaded.service.fanOutEvents(100)).toBe(1)
    expect(await loaded.service.fanOutEvents(100)).toBe(0)
    const made = await rows<{ endpoint_id: string; event_id: string; state: string }>(
      `select endpoint_id, event_id, state from personalization_webhook_delivery`
    )
    expect(made.map((row) => row.endpoint_id).sort()).toEqual(
      [all.endpoint.id, paid.endpoint.id].sort()
    )
    expect(made.every((row) => row.event_id === id && row.state === "pending")).toBe(true)
  })

  it("hands every event out exactly once while eight dispatchers work", async () => {
    await makeEndpoint("one")
    await makeEndpoint("two")
    for (let order = 0; order < 60; order += 1) {
      await writeEvent(`order_${order}`)
    }
    const handed = await Promise.all(
      Array.from({ length: 8 }, async () => {
        let sum = 0
        for (let batch = 1; batch > 0; sum += batch) {
          batch = await loaded.service.fanOutEvents(7)
        }
        return sum
      })
    )
    expect(handed.reduce((sum, one) => sum + one, 0)).toBe(60)
    const [count] = await rows<{ total: number; pairs: number }>(
      `select count(*)::int as total, count(distinct (event_id, endpoint_id))::int as pairs
       from personalization_webhook_delivery`
    )
    expect(count).toEqual({ total: 120, pairs: 120 })
  })
})

describe("claims", () => {
  async function prepare(endpoints: number, events: number) {
    const made = []
    for (let n = 0; n < endpoints; n += 1) {
      made.push(await makeEndpoint(`endpoint${n}`))
    }
    for (let n = 0; n < events; n += 1) {
      await writeEvent(`order_${n}`)
    }
    await loaded.service.fanOutEvents(1000)
    return made
  }

  it("gives a delivery to one dispatcher only, with its log row written first", async () => {
    await prepare(10, 4)
    const claims = (
      await Promise.all(Array.from({ length: 8 }, () => loaded.service.claimDeliveries(10)))
    ).flat()
    const ids = claims.map((claim) => claim.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(0)
    // What one dispatcher skipped because another held it is free again when that one has not taken it.
    for (;;) {
      const more = await loaded.service.claimDeliveries(10)
      if (more.length === 0) {
        break
      }
      ids.push(...more.map((claim) => claim.id))
    }
    expect(new Set(ids).size).toBe(40)
    expect(ids).toHaveLength(40)
    const log = await rows<{ delivery_id: string; attempt: number; state: string }>(
      `select delivery_id, attempt, state from personalization_webhook_attempt`
    )
    expect(log.map((row) => row.delivery_id).sort()).toEqual([...ids].sort())
    expect(log.every((row) => row.attempt === 1 && row.state === "pending")).toBe(true)
  })

  it("leaves places for others: an endpoint has only so many under way", async () => {
    const [slow] = await prepare(1, MAX_IN_FLIGHT_PER_ENDPOINT + 3)
    const claims = await loaded.service.claimDeliveries(100)
    expect(claims).toHaveLength(MAX_IN_FLIGHT_PER_ENDPOINT)
    expect(await loaded.service.claimDeliveries(100)).toHaveLength(0)
    const healthy = await makeEndpoint("healthy")
    await writeEvent("order_x")
    await loaded.service.fanOutEvents(10)
    const next = await loaded.service.claimDeliveries(100)
    expect(next.map((claim) => claim.endpoint.id)).toEqual([healthy.endpoint.id])
    await loaded.service.settleAttempt(claims[0] as ClaimedDelivery, ok)
    const freed = await loaded.service.claimDeliveries(100)
    expect(freed.map((claim) => claim.endpoint.id)).toEqual([slow?.endpoint.id])
  })

  it("signs what the endpoint's secret verifies, with the event's id and its sequence", async () => {
    const [made] = await prepare(1, 1)
    const [claim] = await loaded.service.claimDeliveries(1)
    if (!claim || !made || "fault" in claim.message) {
      throw new Error("Nothing signed was claimed.")
    }
    const { headers, body } = claim.message
    expect(headers["webhook-id"]).toBe(claim.event.id)
    expect(new Webhook(made.secret).verify(body, headers)).toEqual({
      type: "order.paid",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: { order: { id: "order_0", sequence: 1 } },
    })
  })

  it("reports a secret that does not open, and goes on with the others", async () => {
    const [broken] = await prepare(2, 1)
    await loaded.sql.query(
      `update personalization_webhook_endpoint set secrets = jsonb_set(secrets, '{0,envelope,tag}', '"AAAAAAAAAAAAAAAAAAAAAA=="') where id = $1`,
      [broken?.endpoint.id]
    )
    const claims = await loaded.service.claimDeliveries(10)
    const faults = claims.filter((claim) => "fault" in claim.message)
    expect(claims).toHaveLength(2)
    expect(faults.map((claim) => claim.endpoint.id)).toEqual([broken?.endpoint.id])
  })

  it("takes over from a dispatcher that went down, closes its log row, and keeps the body and the webhook-id", async () => {
    await prepare(1, 1)
    const [lost] = await loaded.service.claimDeliveries(1)
    expect(await loaded.service.claimDeliveries(1)).toHaveLength(0)
    await loaded.sql.query(
      `update personalization_webhook_delivery set claimed_until = now() - interval '1 s'`
    )
    const [again] = await loaded.service.claimDeliveries(1)
    if (!lost || !again || "fault" in lost.message || "fault" in again.message) {
      throw new Error("The delivery was not claimed twice.")
    }
    expect(again).toMatchObject({ id: lost.id, attempt: 2 })
    expect(again.message.body).toBe(lost.message.body)
    expect(again.message.headers["webhook-id"]).toBe(lost.message.headers["webhook-id"])
    const log = await rows<{ attempt: number; state: string; error: string | null }>(
      `select attempt, state, error from personalization_webhook_attempt order by attempt`
    )
    expect(log).toEqual([
      { attempt: 1, state: "failed", error: "interrupted" },
      { attempt: 2, state: "pending", error: null },
    ])
  })
})

describe("settling", () => {
  async function claimOne(): Promise<ClaimedDelivery> {
    await makeEndpoint("partner")
    await writeEvent("order_1")
    await loaded.service.fanOutEvents(10)
    const [claim] = await loaded.service.claimDeliveries(1)
    if (!claim) {
      throw new Error("Nothing was claimed.")
    }
    return claim
  }
  const failed: AttemptReport = {
    ...ok,
    verdict: { state: "failed", retry_in: 300, disable_endpoint: false },
    response_status: 503,
    response_body: "\u0000" + "é".repeat(4000),
    error: "http_503",
    error_stage: "response",
  }
  const delivery = () =>
    rows<{ state: string; attempts: number; due_in: number | null; claim_id: string | null }>(
      `select state, attempts, claim_id, round(extract(epoch from next_attempt_at - now()))::int as due_in
       from personalization_webhook_delivery`
    )

  it("ends a delivery that succeeded", async () => {
    await loaded.service.settleAttempt(await claimOne(), ok)
    expect(await delivery()).toEqual([
      { state: "succeeded", attempts: 1, due_in: null, claim_id: null },
    ])
    expect(
      await rows(
        `select state, response_status, response_body, duration_ms, next_attempt_at from personalization_webhook_attempt`
      )
    ).toEqual([
      {
        state: "succeeded",
        response_status: 200,
        response_body: "thanks",
        duration_ms: 12,
        next_attempt_at: null,
      },
    ])
    expect(await loaded.service.claimDeliveries(1)).toHaveLength(0)
  })

  it("puts a failed one off, and logs the first 4 kB of the answer", async () => {
    await loaded.service.settleAttempt(await claimOne(), failed)
    const [state] = await delivery()
    expect(state).toMatchObject({ state: "failed", attempts: 1, claim_id: null })
    expect(state?.due_in).toBeGreaterThan(295)
    expect(state?.due_in).toBeLessThanOrEqual(300)
    expect(await loaded.service.claimDeliveries(1)).toHaveLength(0)
    const [log] = await rows<{ response_body: string; error: string; next_attempt_at: Date }>(
      `select response_body, error, next_attempt_at from personalization_webhook_attempt`
    )
    expect(Buffer.byteLength(log?.response_body ?? "")).toBeLessThanOrEqual(4096)
    expect(log?.response_body.startsWith("\ufffdéé")).toBe(true)
    expect(log?.next_attempt_at).toBeInstanceOf(Date)
    await loaded.sql.query(`update personalization_webhook_delivery set next_attempt_at = now()`)
    expect(await loaded.service.claimDeliveries(1)).toMatchObject([{ attempt: 2 }])
  })

  it("disables an endpoint that is gone, whose deliveries then rest", async () => {
    const claim = await claimOne()
    await loaded.service.settleAttempt(claim, {
      ...ok,
      verdict: { state: "dead", retry_in: null, disable_endpoint: true },
      response_status: 410,
    })
    expect(await delivery()).toMatchObject([{ state: "dead", due_in: null }])
    const endpoint = await loaded.service.retrievePersonalizationWebhookEndpoint(claim.endpoint.id)
    expect(endpoint).toMatchObject({ enabled: false, disabled_reason: "gone" })
    await writeEvent("order_1")
    await loaded.service.fanOutEvents(10)
    expect(await loaded.service.claimDeliveries(1)).toHaveLength(0)
  })

  it("does not let a claim that ran out overrule its successor, except with a success", async () => {
    const late = await claimOne()
    await loaded.sql.query(
      `update personalization_webhook_delivery set claimed_until = now() - interval '1 s'`
    )
    const [current] = await loaded.service.claimDeliveries(1)
    await loaded.service.settleAttempt(late, failed)
    expect(await delivery()).toMatchObject([{ state: "pending", claim_id: current?.attempt_id }])
    await loaded.service.settleAttempt(late, ok)
    expect(await delivery()).toMatchObject([{ state: "succeeded", claim_id: null }])
    await loaded.service.settleAttempt(current as ClaimedDelivery, failed)
    expect(await delivery()).toMatchObject([{ state: "succeeded", due_in: null }])
  })
})
