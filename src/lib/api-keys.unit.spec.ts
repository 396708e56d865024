// The memory of API keys: fast for known keys, never later than its limit with a revocation.
import { ApiKeyCheck, KEY_LOOK_MS, KEY_REFUSAL_MS, type KeyRow } from "./api-keys"

/** A source with a clock that stands still until it is moved. */
function shop() {
  const state = { now: 1_000_000, full: 0, small: 0, atOnce: 0, most: 0 }
  const rows = new Map<string, KeyRow>()
  const check = new ApiKeyCheck(
    {
      authenticate: async (token) => {
        state.full += 1
        state.atOnce += 1
        state.most = Math.max(state.most, state.atOnce)
        await new Promise((resolve) => setTimeout(resolve, 1))
        state.atOnce -= 1
        return rows.get(token) ?? null
      },
      reread: async ({ id }) => {
        state.small += 1
        await new Promise((resolve) => setTimeout(resolve, 1))
        return [...rows.values()].find((row) => row.id === id) ?? null
      },
    },
    () => state.now
  )
  const add = (token: string, revoked_at: Date | null = null) =>
    rows.set(token, { id: `apk_${token}`, hash: `hash of ${token}`, revoked_at })
  return { state, rows, check, add }
}

describe("ApiKeyCheck", () => {
  it("checks a key in full once, then reads its row once a look's life", async () => {
    const { state, check, add } = shop()
    add("a")
    for (let call = 0; call < 10; call += 1) {
      expect(await check.isValid("a")).toBe(true)
      state.now += KEY_LOOK_MS / 2
    }
    expect(state).toMatchObject({ full: 1, small: 4 })
  })

  it("runs one look for many calls at once, full or small", async () => {
    const { state, check, add } = shop()
    add("a")
    const all = () => Promise.all(Array.from({ length: 200 }, () => check.isValid("a")))
    expect(new Set(await all())).toEqual(new Set([true]))
    state.now += KEY_LOOK_MS
    expect(new Set(await all())).toEqual(new Set([true]))
    expect(state).toMatchObject({ full: 1, small: 1 })
  })

  it("refuses a revoked or deleted key within a look's life", async () => {
    const { state, rows, check, add } = shop()
    add("revoked")
    add("deleted")
    expect([await check.isValid("revoked"), await check.isValid("deleted")]).toEqual([true, true])
    add("revoked", new Date(state.now))
    rows.delete("deleted")
    state.now += KEY_LOOK_MS
    expect([await check.isValid("revoked"), await check.isValid("deleted")]).toEqual([false, false])
  })

  it("ends a key at its known end, without a look", async () => {
    const { state, check, add } = shop()
    add("a", new Date(state.now + 500))
    expect(await check.isValid("a")).toBe(true)
    state.now += 499
    expect(await check.isValid("a")).toBe(true)
    state.now += 1
    expect(await check.isValid("a")).toBe(false)
    expect(state).toMatchObject({ full: 1, small: 0 })
  })

  it("asks once for a wrong token that comes again and again, and again after a while", async () => {
    const { state, check, add } = shop()
    for (let call = 0; call < 10; call += 1) {
      expect(await check.isValid("a")).toBe(false)
    }
    expect(state.full).toBe(1)
    add("a")
    state.now += KEY_REFUSAL_MS
    expect(await check.isValid("a")).toBe(true)
  })

  it("does few full checks at a time, and refuses early when too many wait", async () => {
    const { state, check } = shop()
    const answers = await Promise.allSettled(
      Array.from({ length: 300 }, (_, index) => check.isValid(`wrong ${index}`))
    )
    expect(state.most).toBe(2)
    const refused = answers.filter((answer) => answer.status === "rejected")
    expect(refused).toHaveLength(300 - state.full)
    expect(refused[0]?.reason).toMatchObject({ status: 503, code: "api_key_check_busy" })
  })

  it("keeps nothing of a look that failed", async () => {
    let broken = true
    const row = { id: "apk_a", hash: "hash", revoked_at: null }
    const look = async () => {
      if (broken) {
        throw new Error("no database")
      }
      return row
    }
    const check = new ApiKeyCheck({ authenticate: look, reread: look })
    await expect(check.isValid("a")).rejects.toThrow("no database")
    broken = false
    expect(await check.isValid("a")).toBe(true)
  })
})
