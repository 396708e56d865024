// Endpoints on a real database: what is refused, how their secrets are kept, and whose signatures count.
import { Webhook } from "standardwebhooks"
import { loadWebhookModule, type Loaded } from "./webhook-module"

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadWebhookModule()
}, 120_000)
afterAll(() => loaded.close())

beforeEach(async () => {
  await loaded.sql.query(`truncate personalization_webhook_endpoint cascade`)
})

describe("endpoints", () => {
  it("shows the secret once and stores it sealed, bound to its row", async () => {
    const { endpoint, secret } = await loaded.service.createEndpoint({
      name: "partner",
      kind: "http",
      url: "https://partner.example.com/hook",
    })
    expect(secret).toMatch(/^whsec_/)
    expect(endpoint).not.toHaveProperty("secrets")
    const { rows } = await loaded.sql.query<{ text: string }>(
      `select row_to_json(e)::text as text from personalization_webhook_endpoint e where id = $1`,
      [endpoint.id]
    )
    expect(rows[0]?.text).not.toContain(secret.slice("whsec_".length))
  })

  it.each([
    [
      { name: " ", kind: "http" as const, url: "https://10.0.0.1/" },
      ["required", "address_refused"],
    ],
    [{ name: "a", kind: "http" as const }, ["invalid_url"]],
    [{ name: "a", kind: "internal" as const, url: "https://a.example.com" }, ["url_not_allowed"]],
    [{ name: "a", kind: "internal" as const, events: ["order.lost"] }, ["unknown_event_type"]],
  ])("refuses %j with every fault", async (input, codes) => {
    await expect(loaded.service.createEndpoint(input)).rejects.toMatchObject({
      name: "AppError",
      details: { issues: codes.map((code) => expect.objectContaining({ code })) },
    })
    expect(await loaded.service.listPersonalizationWebhookEndpoints()).toEqual([])
  })
})

describe("verifyInternalCall", () => {
  const body = '{"type":"order.paid"}'
  const now = Math.floor(Date.now() / 1000)
  const signedWith = (secret: string) => ({
    "webhook-id": "msg_1",
    "webhook-timestamp": String(now),
    "webhook-signature": new Webhook(secret).sign("msg_1", new Date(now * 1000), body),
  })

  it("believes internal endpoints that are enabled, and nobody else", async () => {
    const internal = await loaded.service.createEndpoint({ name: "workshop", kind: "internal" })
    const partner = await loaded.service.createEndpoint({
      name: "partner",
      kind: "http",
      url: "https://a.example.com/",
    })
    expect(await loaded.service.verifyInternalCall(signedWith(internal.secret), body, now)).toEqual(
      {
        success: true,
        id: "msg_1",
      }
    )
    expect(
      await loaded.service.verifyInternalCall(signedWith(partner.secret), body, now)
    ).toMatchObject({
      fault: "signature_mismatch",
    })
    await loaded.service.updatePersonalizationWebhookEndpoints({
      id: internal.endpoint.id,
      enabled: false,
    })
    expect(
      (await loaded.service.verifyInternalCall(signedWith(internal.secret), body, now)).success
    ).toBe(false)
  })
})
