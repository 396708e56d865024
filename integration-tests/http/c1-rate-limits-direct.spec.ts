// Story C1, under load and without a proxy: the address that counts is the socket's, whatever a client says.
import { personalizationTestRunner } from "../helpers/runner"
import { sessionShop } from "./session-shop"

const SESSIONS = 120
const MORE = 10

personalizationTestRunner({
  env: { RATE_LIMITS: "true", TRUSTED_PROXIES: "" },
  testSuite: (store) => {
    const shop = sessionShop(store)

    it("no header makes another address", async () => {
      const start = (index: number) => {
        const address = `203.0.113.${index}`
        return store.request("/sessions", {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "X-Session-Key": "new",
            "X-Forwarded-For": address,
            "X-Real-IP": address,
            "X-Client-IP": address,
            "CF-Connecting-IP": address,
            Forwarded: `for=${address}`,
          },
          body: JSON.stringify({ product_id: shop.product("t-shirt") }),
        })
      }
      const requests = Array.from({ length: SESSIONS + MORE }, (_, index) => start(index))
      const statuses = (await Promise.all(requests)).map(({ status }) => status)
      expect(statuses.filter((status) => status === 201)).toHaveLength(SESSIONS)
      expect(statuses.filter((status) => status === 429)).toHaveLength(MORE)
    }, 60_000)
  },
})
