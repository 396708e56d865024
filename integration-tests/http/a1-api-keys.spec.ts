// A1: who may change the catalog. Real keys, made, revoked and deleted through Medusa's own admin API.
import { Modules } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import { until } from "./catalog-shop"
import { seededShop } from "./visitor"

const WRITES = [
  ["POST", "/products"],
  ["PUT", "/products/any"],
  ["DELETE", "/products/any"],
  ["POST", "/templates"],
  ["PUT", "/templates/any"],
  ["DELETE", "/templates/any"],
  ["POST", "/optionsets"],
  ["PUT", "/optionsets/any"],
  ["DELETE", "/optionsets/any"],
] as const

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded } = seededShop(store)
    const dead: Record<string, string> = {}

    const admin = async <T>(path: string, body: unknown, method = "POST"): Promise<T> => {
      const response = await store.request(path, {
        method,
        headers: {
          "Content-Type": "application/json",
          Authorization: `Basic ${Buffer.from(`${seeded().api_key}:`).toString("base64")}`,
        },
        ...(method === "DELETE" ? {} : { body: JSON.stringify(body) }),
      })
      expect(response.status).toBe(200)
      return (await response.json()) as T
    }
    const newKey = async () => {
      const { api_key } = await admin<{ api_key: { id: string; token: string } }>(
        "/admin/api-keys",
        { title: "A1", type: "secret" }
      )
      return api_key
    }
    const write = async (
      headers: Record<string, string>,
      [method, path]: readonly [string, string] = ["POST", "/products"],
      body: string | undefined = "{"
    ) => {
      const response = await store.request(path, {
        method,
        headers: { "Content-Type": "application/json", ...headers },
        ...(method === "DELETE" ? {} : { body }),
      })
      return { status: response.status, text: await response.text() }
    }
    const opens = async (token: string) => (await write({ "X-API-Key": token })).status !== 403

    beforeAll(async () => {
      const [revoked, expired, deleted] = [await newKey(), await newKey(), await newKey()]
      await admin(`/admin/api-keys/${revoked.id}/revoke`, {})
      await admin(`/admin/api-keys/${expired.id}/revoke`, { revoke_in: 1 })
      await admin(`/admin/api-keys/${deleted.id}/revoke`, {})
      await admin(`/admin/api-keys/${deleted.id}`, undefined, "DELETE")
      await new Promise((resolve) => setTimeout(resolve, 1100))
      const valid = seeded().api_key ?? ""
      Object.assign(dead, {
        "a revoked key": revoked.token,
        "an expired key": expired.token,
        "a deleted key": deleted.token,
        "a publishable key": seeded().publishable_key,
        "an unknown key": `sk_${"0".repeat(64)}`,
        "a key with a wrong middle": `${valid.slice(0, 20)}x${valid.slice(21)}`,
        "two keys": `${valid}, ${valid}`,
        garbage: "'; drop table api_key; --",
        "an endless key": `sk_${"a".repeat(5000)}`,
        "an empty key": "",
      })
    })

    it.each(WRITES)("A1: %s %s is 403 without a valid key, whatever the body", async (...route) => {
      const bare = await write({}, route)
      expect(bare.status).toBe(403)
      expect(JSON.parse(bare.text)).toMatchObject({ type: "forbidden", code: "invalid_api_key" })
      for (const [what, token] of Object.entries(dead)) {
        expect({ what, ...(await write({ "X-API-Key": token }, route)) }).toEqual({ what, ...bare })
      }
    })

    it.each(WRITES)("A1: X-API-Key authorizes %s %s", async (...route) => {
      const { status } = await write({ "X-API-Key": seeded().api_key ?? "" }, route)
      expect(status).toBe(route[0] === "DELETE" ? 404 : 400)
    })

    it("A1: looks at no path parameter before the key", async () => {
      expect((await write({}, ["PUT", "/products/%zz"])).status).toBe(403)
      const key = { "X-API-Key": seeded().api_key ?? "" }
      expect((await write(key, ["PUT", "/products/%zz"])).status).toBe(400)
    })

    it("A1: a key works as soon as it is made, and soon after its revocation no more", async () => {
      const { id, token } = await newKey()
      expect(await opens(token)).toBe(true)
      await admin(`/admin/api-keys/${id}/revoke`, {})
      await until(async () => !(await opens(token)))
      expect(await opens(token)).toBe(false)
    }, 30_000)

    it("A1: a key that is revoked for later works until then", async () => {
      const { id, token } = await newKey()
      await admin(`/admin/api-keys/${id}/revoke`, { revoke_in: 2 })
      const revokedAt = Date.now()
      let last = 0
      while (Date.now() < revokedAt + 3000) {
        const askedAt = Date.now()
        if (await opens(token)) {
          last = askedAt
        }
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      expect(last).toBeGreaterThan(revokedAt)
      // What was asked after the end was refused: it is known beforehand, so no look is due.
      expect(last).toBeLessThan(revokedAt + 2000)
      expect(await opens(token)).toBe(false)
    }, 15_000)

    it("A1: 200 calls at once pay for one check of the key", async () => {
      const { token } = await newKey()
      const service = store.getContainer().resolve(Modules.API_KEY)
      const full = jest.spyOn(service, "authenticate")
      const answers = await Promise.all(Array.from({ length: 200 }, () => opens(token)))
      expect(answers.every(Boolean)).toBe(true)
      expect(full.mock.calls.filter(([given]) => given === token)).toHaveLength(1)
      full.mockRestore()
    }, 15_000)
  },
})
