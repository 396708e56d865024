// Our signatures against the public library of the specification, both ways.
import fc from "fast-check"
import { Webhook } from "standardwebhooks"
import { newWebhookSecret, signWebhook, verifyWebhook } from "./webhook-signature"

const seconds = () => Math.floor(Date.now() / 1000)
const body = JSON.stringify({
  type: "order.paid",
  timestamp: "2026-03-01T12:00:00Z",
  data: { text: "Ünï ✓ 😀" },
})

describe("newWebhookSecret", () => {
  it("is whsec_ and 32 random bytes", () => {
    const secret = newWebhookSecret()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(newWebhookSecret()).not.toBe(secret)
  })
})

describe("signWebhook", () => {
  it("gives the specification's signature for a fixed message", () => {
    // The example of the specification's reference libraries.
    const headers = signWebhook(
      { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' },
      ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
    )
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  })

  it("is believed by the public library, for any text", () => {
    const secret = newWebhookSecret()
    fc.assert(
      fc.property(fc.json(), (json) => {
        const headers = signWebhook({ id: "pevt_1", timestamp: seconds(), body: json }, [secret])
        new Webhook(secret).verify(json, headers)
      }),
      { numRuns: 50 }
    )
  })

  it("is believed under the old and the new secret while one replaces the other", () => {
    const [before, after] = [newWebhookSecret(), newWebhookSecret()]
    const headers = signWebhook({ id: "pevt_1", timestamp: seconds(), body }, [after, before])
    for (const secret of [before, after]) {
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
    }
    expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow()
  })

  it("refuses to send a message unsigned", () => {
    expect(() => signWebhook({ id: "pevt_1", timestamp: 1, body }, [])).toThrow("without a secret")
    expect(() => signWebhook({ id: "pevt_1", timestamp: 1, body }, ["whsec_"])).toThrow("empty")
  })
})

describe("verifyWebhook", () => {
  const secret = newWebhookSecret()
  const now = seconds()
  const signed = (timestamp = now) => ({
    "webhook-id": "msg_1",
    "webhook-timestamp": String(timestamp),
    "webhook-signature": new Webhook(secret).sign("msg_1", new Date(timestamp * 1000), body),
  })

  it("believes the public library, with any of the secrets in force", () => {
    expect(verifyWebhook(signed(), body, [newWebhookSecret(), secret], now)).toEqual({
      success: true,
      value: expect.objectContaining({ id: "msg_1", timestamp: now }),
    })
  })

  it("takes 300 seconds either way and not one more", () => {
    expect(verifyWebhook(signed(now - 300), body, [secret], now).success).toBe(true)
    expect(verifyWebhook(signed(now + 300), body, [secret], now).success).toBe(true)
    expect(verifyWebhook(signed(now - 301), body, [secret], now)).toMatchObject({
      fault: "timestamp_too_old",
    })
    expect(verifyWebhook(signed(now + 301), body, [secret], now)).toMatchObject({
      fault: "timestamp_too_new",
    })
  })

  it.each([
    ["a changed body", {}, body + " ", "signature_mismatch"],
    ["another id", { "webhook-id": "msg_2" }, body, "signature_mismatch"],
    ["another time", { "webhook-timestamp": String(now - 1) }, body, "signature_mismatch"],
    ["no signature", { "webhook-signature": undefined }, body, "missing_headers"],
    ["no id", { "webhook-id": "" }, body, "missing_headers"],
    ["an id with a dot", { "webhook-id": "msg.1" }, body, "malformed_headers"],
    ["a time that is no number", { "webhook-timestamp": "1e9" }, body, "malformed_headers"],
    ["another version", { "webhook-signature": "v2,AAAA" }, body, "signature_mismatch"],
    ["an empty signature", { "webhook-signature": "v1," }, body, "signature_mismatch"],
  ])("refuses %s", (_, change, text, fault) => {
    expect(verifyWebhook({ ...signed(), ...change }, text, [secret], now)).toEqual({
      success: false,
      fault,
    })
  })

  it("believes nobody when there is no secret", () => {
    expect(verifyWebhook(signed(), body, [], now).success).toBe(false)
  })

  it("finds a valid signature among others", () => {
    const headers = signed()
    const several = `v1a,xyz v1,AAAA ${headers["webhook-signature"]}`
    expect(
      verifyWebhook({ ...headers, "webhook-signature": several }, body, [secret], now).success
    ).toBe(true)
  })
})
