// Signatures of sandbox events: genuine ones pass, everything else fails.
import { signEvent, verifyEvent } from "./signature"

const SECRET = "sandbox-secret-for-tests"
const BODY = '{"id":"evt_1"}'
const NOW = 1_790_000_000
const genuine = signEvent(SECRET, NOW, BODY)

describe("sandbox event signature", () => {
  it("accepts what it signed, up to the tolerance either way", () => {
    for (const now of [NOW, NOW + 300, NOW - 300]) {
      expect(verifyEvent(SECRET, genuine, BODY, now)).toBe(true)
      expect(verifyEvent(SECRET, genuine, Buffer.from(BODY), now)).toBe(true)
    }
  })

  it.each([
    ["a timestamp 301 s old", SECRET, genuine, BODY, NOW + 301],
    ["a timestamp 301 s ahead", SECRET, genuine, BODY, NOW - 301],
    ["an altered byte", SECRET, genuine, BODY.replace("1", "2"), NOW],
    ["another secret", "another-secret-for-tests", genuine, BODY, NOW],
    ["a moved timestamp", SECRET, genuine.replace(`t=${NOW}`, `t=${NOW + 1}`), BODY, NOW],
    ["a short signature", SECRET, genuine.slice(0, -1), BODY, NOW],
    ["an empty header", SECRET, "", BODY, NOW],
  ])("refuses %s", (_, secret, header, body, now) => {
    expect(verifyEvent(secret, header, body, now)).toBe(false)
  })
})
