// The inbox on a real database: stored once, worked on by one, settled for good.
import { MAX_INBOX_ATTEMPTS } from "../../src/modules/personalization_webhook/inbox-store"
import { loadWebhookModule, type Loaded } from "./webhook-module"

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadWebhookModule()
}, 120_000)
afterAll(() => loaded.close())

beforeEach(async () => {
  await loaded.sql.query(`truncate personalization_webhook_inbox`)
})

const call = {
  source: "payment:pp_sandbox_sandbox",
  event_id: "evt_1",
  type: "payment.succeeded",
  payload: { amount: "12.50" },
}

describe("receive", () => {
  it("stores a call once, also when it comes twenty times at the same time", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => loaded.service.receive(call))
    )
    expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1)
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    const { rows } = await loaded.sql.query(
      `select count(*)::int as n from personalization_webhook_inbox`
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  it("keeps what came first, and tells sources apart", async () => {
    const first = await loaded.service.receive(call)
    const again = await loaded.service.receive({ ...call, type: "other", payload: {} })
    const other = await loaded.service.receive({ ...call, source: "payment:stripe_stripe" })
    expect(again).toEqual({ id: first.id, duplicate: true })
    expect(other.duplicate).toBe(false)
    expect(await loaded.service.retrieveInboxEvent(first.id)).toMatchObject({
      ...call,
      state: "received",
      attempts: 0,
      processed_at: null,
    })
  })

  it("takes payloads with U+0000 and question marks", async () => {
    const { id } = await loaded.service.receive({
      ...call,
      payload: { url: "https://a/?b=1", text: "a\u0000b" },
    })
    expect((await loaded.service.retrieveInboxEvent(id)).payload).toEqual({
      url: "https://a/?b=1",
      text: "a\ufffdb",
    })
  })

  it("fails for an unknown id", async () => {
    await expect(loaded.service.retrieveInboxEvent("pwin_none")).rejects.toMatchObject({
      type: "not_found",
    })
  })
})

describe("work", () => {
  it("is begun by one worker, and settled once", async () => {
    const { id } = await loaded.service.receive(call)
    const begun = await Promise.all(
      Array.from({ length: 10 }, () => loaded.service.beginInboxWork(id))
    )
    expect(begun.filter(Boolean)).toEqual([{ source: call.source, attempts: 1 }])
    await loaded.service.settleInboxEvent(id, { state: "processed" })
    await loaded.service.settleInboxEvent(id, { state: "failed", error: "late" })
    const settled = await loaded.service.retrieveInboxEvent(id)
    expect(settled).toMatchObject({ state: "processed", error: null })
    expect(settled.processed_at).not.toBeNull()
    expect(await loaded.service.beginInboxWork(id)).toBeNull()
  })

  it("is begun again after a failure or a crash, until it is given up", async () => {
    const { id } = await loaded.service.receive(call)
    await loaded.service.beginInboxWork(id)
    await loaded.sql.query(
      `update personalization_webhook_inbox set claimed_until = now() - interval '1 s'`
    )
    expect(await loaded.service.beginInboxWork(id)).toMatchObject({ attempts: 2 })
    for (let attempt = 3; attempt <= MAX_INBOX_ATTEMPTS; attempt += 1) {
      await loaded.service.giveInboxEventBack(id, "provider is down")
      expect(await loaded.service.retrieveInboxEvent(id)).toMatchObject({
        state: "received",
        error: "provider is down",
      })
      expect(await loaded.service.beginInboxWork(id)).toMatchObject({ attempts: attempt })
    }
    await loaded.service.giveInboxEventBack(id, "provider is down")
    expect(await loaded.service.retrieveInboxEvent(id)).toMatchObject({ state: "failed" })
    expect(await loaded.service.beginInboxWork(id)).toBeNull()
  })

  it("that was forgotten is found again, oldest first, and nothing else is", async () => {
    const old = await loaded.service.receive(call)
    const older = await loaded.service.receive({ ...call, event_id: "evt_2" })
    const busy = await loaded.service.receive({ ...call, event_id: "evt_3" })
    const done = await loaded.service.receive({ ...call, event_id: "evt_4", state: "processed" })
    await loaded.service.receive({ ...call, event_id: "evt_5" })
    await loaded.service.beginInboxWork(busy.id)
    await loaded.sql.query(
      `update personalization_webhook_inbox set received_at = now() - case id when $1 then interval '2 min' else interval '3 min' end
       where id = any($2)`,
      [old.id, [old.id, older.id, busy.id, done.id]]
    )
    expect(await loaded.service.listWaitingInboxIds(60, 10)).toEqual([older.id, old.id])
    expect(await loaded.service.listWaitingInboxIds(60, 1)).toEqual([older.id])
  })
})
