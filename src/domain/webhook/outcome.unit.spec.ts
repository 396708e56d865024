// Retry schedule, classification of answers, and what an attempt leads to.
import fc from "fast-check"
import { judgeAttempt } from "./outcome"
import { classifyStatus, parseRetryAfter } from "./response"
import { MAX_ATTEMPTS, MAX_RETRY_AFTER_SECONDS, RETRY_DELAYS_SECONDS, retryDelay } from "./retry"

const now = new Date("2026-03-01T12:00:00Z")

describe("retryDelay", () => {
  it("makes ten attempts over at least three days, and never comes early", () => {
    expect(MAX_ATTEMPTS).toBe(10)
    const total = RETRY_DELAYS_SECONDS.reduce((sum, delay) => sum + delay, 0)
    expect(total).toBeGreaterThan(3 * 86_400)
    expect(retryDelay(1, null, 0)).toBe(5)
    expect(retryDelay(1, null, 1)).toBe(6)
    expect(retryDelay(10, null, 0)).toBeNull()
  })

  it("stays between the schedule and a fifth more, whatever the jitter", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const scheduled = RETRY_DELAYS_SECONDS[attempt - 1] ?? 0
          const delay = retryDelay(attempt, null, random) ?? -1
          return delay >= scheduled && delay <= scheduled * 1.2
        }
      )
    )
  })

  it("waits as long as the receiver asks, up to a day, and never shorter than the schedule", () => {
    expect(retryDelay(1, 600, 0)).toBe(600)
    expect(retryDelay(1, 1, 0)).toBe(5)
    expect(retryDelay(1, 10 * 86_400, 0)).toBe(MAX_RETRY_AFTER_SECONDS)
  })
})

describe("classifyStatus", () => {
  it.each([
    [200, "succeeded"],
    [204, "succeeded"],
    [299, "succeeded"],
    [199, "retry"],
    [301, "retry"],
    [302, "retry"],
    [304, "retry"],
    [400, "retry"],
    [401, "retry"],
    [409, "retry"],
    [410, "gone"],
    [429, "retry"],
    [500, "retry"],
    [503, "retry"],
  ])("%i is %s", (status, verdict) => {
    expect(classifyStatus(status)).toBe(verdict)
  })
})

describe("parseRetryAfter", () => {
  it.each([
    ["120", 120],
    [" 0 ", 0],
    ["Sun, 01 Mar 2026 12:01:30 GMT", 90],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["", null],
    [undefined, null],
    ["-5", null],
    ["1e3", null],
    ["12.5", null],
    ["tomorrow", null],
    ["2026-03-01", null],
    ["9999999999999", null],
  ])("%p gives %p", (header, seconds) => {
    expect(parseRetryAfter(header, now)).toBe(seconds)
  })
})

describe("judgeAttempt", () => {
  const answer = (status: number, retry_after?: string) => ({
    ok: true as const,
    status,
    retry_after,
  })

  it("ends with a success, even on the last attempt", () => {
    const verdict = { state: "succeeded", retry_in: null, disable_endpoint: false }
    expect(judgeAttempt(1, answer(204), now, 0)).toEqual(verdict)
    expect(judgeAttempt(10, answer(200), now, 0)).toEqual(verdict)
  })

  it("tries again after a failure, and gives up after the tenth", () => {
    expect(judgeAttempt(2, { ok: false }, now, 0)).toEqual({
      state: "failed",
      retry_in: 300,
      disable_endpoint: false,
    })
    expect(judgeAttempt(1, answer(503, "90"), now, 0).retry_in).toBe(90)
    expect(judgeAttempt(10, answer(500), now, 0)).toEqual({
      state: "dead",
      retry_in: null,
      disable_endpoint: false,
    })
  })

  it("disables an endpoint that is gone", () => {
    expect(judgeAttempt(1, answer(410, "5"), now, 0)).toEqual({
      state: "dead",
      retry_in: null,
      disable_endpoint: true,
    })
  })
})
