// The body of a webhook.
import { parseWebhookBody, webhookBody } from "./payload"

const event = {
  id: "pevt_1",
  type: "order.paid",
  sequence: 2,
  data: { order: { id: "order_1", items: [] }, note: "kept" },
  created_at: new Date("2026-03-01T12:00:00Z"),
}

describe("webhookBody", () => {
  it("has the type, the time of the event, and the order with its sequence", () => {
    expect(JSON.parse(webhookBody(event))).toEqual({
      type: "order.paid",
      timestamp: "2026-03-01T12:00:00.000Z",
      data: { order: { id: "order_1", items: [], sequence: 2 }, note: "kept" },
    })
  })

  it("gives the same characters again, and leaves the event as it was", () => {
    const before = structuredClone(event)
    expect(webhookBody(event)).toBe(webhookBody(event))
    expect(event).toEqual(before)
  })

  it("leaves data without an order alone", () => {
    const body = webhookBody({ ...event, type: "preview.failed", data: { preview: { id: "1" } } })
    expect(JSON.parse(body)).toMatchObject({ data: { preview: { id: "1" } } })
    expect(body).not.toContain("sequence")
  })
})

describe("parseWebhookBody", () => {
  it("reads what webhookBody writes", () => {
    expect(parseWebhookBody(webhookBody(event))).toEqual(JSON.parse(webhookBody(event)))
  })

  it.each([
    "",
    "nope",
    "[]",
    "null",
    '{"type":1,"timestamp":"x","data":{}}',
    '{"type":"a","timestamp":"x"}',
  ])("refuses %p", (body) => {
    expect(parseWebhookBody(body)).toBeNull()
  })
})
