// @redis The fulfillment receiver, the log, and an event's way from the outbox to the workshop, over HTTP.
import { createApiKeysWorkflow } from "@medusajs/medusa/core-flows"
import { Client } from "pg"
import { Webhook } from "standardwebhooks"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../src/modules/personalization_webhook"
import { createPersonalizationWebhookEndpointWorkflow } from "../../src/workflows/webhooks/workflows/create-endpoint"
import { personalizationTestRunner } from "../helpers/runner"

type Logs = { webhooklogs: Record<string, unknown>[]; count: number; limit: number; offset: number }
type Failure = { type: string; code: string; issues?: { path: string; code: string }[] }

personalizationTestRunner({
  testSuite: (store) => {
    // A block of its own, so that its connection is closed before the runner drops the database.
    describe("webhooks", () => {
      let sql: Client
      let secret: string
      let endpointId: string
      let apiKey: string
      const service = () =>
        store
          .getContainer()
          .resolve<PersonalizationWebhookModuleService>(PERSONALIZATION_WEBHOOK_MODULE)

      beforeAll(async () => {
        sql = new Client({ connectionString: store.databaseUrl })
        await sql.connect()
        const made = await createPersonalizationWebhookEndpointWorkflow(store.getContainer()).run({
          input: { name: "Workshop", kind: "internal" },
        })
        secret = made.result.secret
        endpointId = made.result.endpoint.id
        const keys = await createApiKeysWorkflow(store.getContainer()).run({
          input: { api_keys: [{ title: "Spec", type: "secret", created_by: "spec" }] },
        })
        apiKey = keys.result[0]?.token ?? ""
      })
      afterAll(() => sql.end())

      const body = JSON.stringify({
        type: "order.paid",
        timestamp: "2026-03-01T12:00:00Z",
        data: { order: { id: "o" } },
      })
      const sign = (text: string, id: string, at = new Date()) => ({
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": new Webhook(secret).sign(id, at, text),
      })
      const post = (text: string, headers: Record<string, string>) =>
        store.request("/webhooks/fulfillment", { method: "POST", body: text, headers })
      const stored = async (id: string) =>
        (
          await sql.query(
            `select type, state from personalization_webhook_inbox where event_id = $1`,
            [id]
          )
        ).rows as unknown[]
      const logs = async (query: string) => {
        const response = await store.request(`/webhooklogs${query}`, {
          headers: { "x-api-key": apiKey },
        })
        return { status: response.status, body: (await response.json()) as Logs & Failure }
      }

      describe("POST /webhooks/fulfillment", () => {
        it("stores a signed event once and answers a repetition alike", async () => {
          const answers = await Promise.all(
            Array.from({ length: 5 }, () => post(body, sign(body, "msg_once")))
          )
          for (const answer of answers) {
            expect(answer.status).toBe(200)
            expect(await answer.json()).toEqual({ received: true })
          }
          expect(await stored("msg_once")).toEqual([{ type: "order.paid", state: "processed" }])
        })

        it("takes a type it does not know, and leaves it aside", async () => {
          const unknown = JSON.stringify({ type: "order.teleported", timestamp: "now", data: {} })
          expect((await post(unknown, sign(unknown, "msg_unknown"))).status).toBe(200)
          expect(await stored("msg_unknown")).toEqual([
            { type: "order.teleported", state: "ignored" },
          ])
        })

        it("refuses what is not signed, changed, or old with 401, and stores nothing", async () => {
          const signed = sign(body, "msg_bad")
          const old = sign(body, "msg_bad", new Date(Date.now() - 301_000))
          const attempts: [string, Record<string, string>, string][] = [
            [body, {}, "missing_headers"],
            [`${body} `, signed, "signature_mismatch"],
            [body, { ...signed, "webhook-id": "msg_bad2" }, "signature_mismatch"],
            [body, old, "timestamp_too_old"],
          ]
          for (const [text, headers, code] of attempts) {
            const answer = await post(text, headers)
            expect(answer.status).toBe(401)
            expect(await answer.json()).toMatchObject({ type: "unauthorized", code })
          }
          expect(await stored("msg_bad")).toEqual([])
          expect(await stored("msg_bad2")).toEqual([])
        })

        it("refuses a body over 1 MB with 413 and one that is no webhook with 400", async () => {
          const large = JSON.stringify({
            type: "order.paid",
            timestamp: "now",
            data: { text: "x".repeat(1024 * 1024) },
          })
          expect((await post(large, sign(large, "msg_large"))).status).toBe(413)
          expect((await post("[]", sign("[]", "msg_list"))).status).toBe(400)
        })
      })

      describe("GET /webhooklogs", () => {
        it("needs an API key", async () => {
          const answer = await store.request("/webhooklogs")
          expect(answer.status).toBe(403)
        })

        it("shows the attempts of events from the outbox, once a wake-up sent them through the queue", async () => {
          await sql.query(
            `insert into personalization_webhook_event (id, type, order_id, sequence, data)
           select 'pevt_log' || n, case when n % 2 = 0 then 'order.paid' else 'order.shipped' end, 'order_log', n, '{"order":{}}'
           from generate_series(1, 6) n`
          )
          await service().wakeDispatcher()
          for (let waited = 0; (await logs("?state=succeeded")).body.count < 6; waited += 1) {
            expect(waited).toBeLessThan(150)
            await new Promise((resolve) => setTimeout(resolve, 100))
          }

          const paid = await logs("?event=order.paid&order_id=order_log&response_status=200")
          expect(paid).toMatchObject({ status: 200, body: { count: 3, limit: 20, offset: 0 } })
          expect(paid.body.webhooklogs[0]).toEqual({
            id: expect.stringMatching(/^pwat_/),
            event: "order.paid",
            event_id: expect.stringMatching(/^pevt_log[246]$/),
            endpoint_id: endpointId,
            url: "internal",
            order_id: "order_log",
            attempt: 1,
            response_status: 200,
            response_body: '{"received":true}',
            error: null,
            error_stage: null,
            duration_ms: expect.any(Number),
            sent_at: expect.stringMatching(/Z$/),
            next_attempt_at: null,
            state: "succeeded",
          })
          expect(await stored("pevt_log1")).toEqual([{ type: "order.shipped", state: "processed" }])
          expect((await logs("?state=dead")).body.count).toBe(0)
          expect((await logs("?endpoint_id=pwep_other")).body.count).toBe(0)
          expect(
            (await logs(`?from=${new Date(Date.now() + 60_000).toISOString()}`)).body.count
          ).toBe(0)
          expect(
            (await logs(`?to=${new Date(Date.now() + 60_000).toISOString()}`)).body.count
          ).toBe(6)
        })

        it("pages, the newest first, by offset and by row", async () => {
          const all = (await logs("")).body.webhooklogs.map((row) => String(row.id))
          expect(all).toEqual([...all].sort().reverse())
          const second = await logs("?limit=2&offset=2")
          expect(second.body.webhooklogs.map((row) => row.id)).toEqual(all.slice(2, 4))
          const before = await logs(`?limit=2&before=${all[3]}`)
          expect(before.body.webhooklogs.map((row) => row.id)).toEqual(all.slice(4, 6))
        })

        it("names every fault of a query", async () => {
          const { status, body } = await logs(
            "?limit=0&state=nope&colour=red&before=abc&response_status=20x&from=today"
          )
          expect(status).toBe(400)
          expect(body.issues?.map((issue) => issue.path).sort()).toEqual([
            "before",
            "colour",
            "from",
            "limit",
            "response_status",
            "state",
          ])
        })
      })
    })
  },
})
