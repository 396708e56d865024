// With the standalone door switched off, its paths are the host's again; links, payment pages and signed calls stay.
import type { IncomingMessage, ServerResponse } from "node:http"
import { seedStore } from "../../src/scripts/seed"
import { catalogAnswerers } from "../../src/scripts/serve/catalog"
import { personalizationTestRunner } from "../helpers/runner"

personalizationTestRunner({
  env: { STANDALONE_API: "false" },
  testSuite: (store) => {
    it("serves none of its own paths", async () => {
      const answers = await Promise.all(
        ["/products", "/cart", "/checkout/options", "/webhooklogs"].map((path) =>
          store.request(path)
        )
      )
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
      const texts = await Promise.all(answers.map((answer) => answer.text()))
      // Express' own answer: no route of ours took the request.
      expect(texts.every((text) => text.includes("Cannot GET"))).toBe(true)
    })

    it("leaves door 1 alone to be answered before the chain", async () => {
      const res = { writeHead: jest.fn(), end: jest.fn() }
      const req = { method: "GET", url: "/products", headers: {} }
      const answerers = catalogAnswerers(store.getContainer())
      const answers = answerers.map((answerer) =>
        answerer(req as unknown as IncomingMessage, res as unknown as ServerResponse)
      )
      expect(answers).toEqual([false])
    })

    it("still serves files by their links, the receiver and the probe", async () => {
      await seedStore(store.getContainer())
      const query = store.getContainer().resolve("query")
      const { data } = await query.graph({ entity: "product_image", fields: ["url"] })
      const picture = await store.request(String(data[0]?.url))
      expect(picture.status).toBe(200)
      expect(picture.headers.get("content-type")).toBe("image/webp")
      const unsigned = await store.request("/webhooks/fulfillment", { method: "POST", body: "{}" })
      expect(unsigned.status).toBe(401)
      expect((await store.request("/ready")).status).toBe(200)
    }, 60_000)
  },
})
