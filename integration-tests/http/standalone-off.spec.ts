// With the standalone door switched off, its paths are the host's again; links, payment pages and signed calls stay.
import { seedStore } from "../../src/scripts/seed"
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
