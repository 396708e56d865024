// Option sets on the dashboard's door: Medusa's auth and query conventions, the same rules as on the other. Story P4.
import { listSlots } from "../../src/workflows/catalog/slots"
import { personalizationTestRunner } from "../helpers/runner"
import { fill } from "./catalog-shop"
import { option, Studio, type OptionSet } from "./p4-studio"
import { seededShop, TestVisitor, type Fault } from "./visitor"

const PATH = "/admin/personalization/option-sets"
type AdminSet = OptionSet & { created_at: string; updated_at: string }
type Body = Fault & {
  option_set: AdminSet
  option_sets: AdminSet[]
  count: number
  limit: number
  offset: number
}

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const studio = new Studio(store, seeded)
    const call = (method: string, path: string, body?: unknown) =>
      studio.admin<Body>(method, `${PATH}${path}`, body)

    it.each([
      ["GET", ""],
      ["POST", ""],
      ["GET", "/poset_none"],
      ["POST", "/poset_none"],
      ["DELETE", "/poset_none"],
    ])("P4: %s %s needs Medusa's credentials", async (method, path) => {
      const { status } = await new TestVisitor(store).call(method, `${PATH}${path}`)
      expect(status).toBe(401)
    })

    it("P4: creates, reads, changes and deletes a set by the same rules", async () => {
      const created = await call("POST", "", {
        ...{ product_id: product("mug"), key: "lid", title: "Lid" },
        options: [option("none"), option("cork", 3)],
      })
      expect(created).toMatchObject({
        status: 200,
        body: { option_set: { key: "lid", options: [{ value: "none" }, { price_delta: 3 }] } },
      })
      const set = created.body.option_set
      expect((await call("GET", `/${set.id}`)).body).toEqual({ option_set: set })
      const same = await call("POST", `/${set.id}`, set)
      expect(same.body.option_set).toEqual({ ...set, updated_at: expect.any(String) })
      const titled = await call("POST", `/${set.id}`, { title: "Cover" })
      expect(titled.body.option_set).toMatchObject({ title: "Cover", options: set.options })
      expect((await studio.read(set.id)).title).toBe("Cover")
      const doubled = await call("POST", `/${set.id}`, { key: "finish" })
      expect(doubled).toMatchObject({
        status: 422,
        body: { code: "duplicate_key", issues: [{ path: "key", code: "duplicate_key" }] },
      })
      const faulty = await call("POST", `/${set.id}`, { options: [{ value: "x" }], colour: 1 })
      expect(faulty).toMatchObject({
        status: 400,
        body: {
          issues: [
            { path: "colour", code: "unknown_field" },
            { path: "options.0.label", code: "required" },
            { path: "options.0.price_delta", code: "required" },
          ],
        },
      })
      const deleted = await call("DELETE", `/${set.id}`)
      expect(deleted.body).toEqual({ id: set.id, object: "option_set", deleted: true })
      expect(await call("GET", `/${set.id}`)).toMatchObject({
        status: 404,
        body: { code: "option_set_not_found" },
      })
    })

    it("P4: answers while visitors' lists take all their places", async () => {
      const free = await fill(listSlots.visitors)
      try {
        const visitor = await new TestVisitor(store).call<Fault>("GET", "/optionsets")
        expect([visitor.status, visitor.body.code]).toEqual([503, "catalog_busy"])
        const created = await call("POST", "", {
          ...{ product_id: product("mug"), key: "crowded", title: "Crowded" },
          options: [option("none")],
        })
        expect(created.status).toBe(200)
        const { id } = created.body.option_set
        const others = [
          await call("GET", `/${id}`),
          await call("POST", `/${id}`, { title: "Busy" }),
          await call("GET", ""),
          await studio.call("GET", "/optionsets"),
          await call("DELETE", `/${id}`),
        ]
        expect(others.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
      } finally {
        await free()
      }
    })

    it("P4: lists by Medusa's conventions", async () => {
      const products = [product("poster"), product("phone-case")]
      const several = products.map((id) => `product_id[]=${id}`).join("&")
      const { body, status } = await call("GET", `?${several}&order=-key&limit=2&offset=1`)
      expect(status).toBe(200)
      expect(body).toMatchObject({ count: 4, limit: 2, offset: 1 })
      expect(body.option_sets.map(({ key }) => key)).toEqual(["model", "frame"])
      const short = await call("GET", `?product_id=${products[0]}&fields=id,key&order=key`)
      expect(short.body.option_sets).toEqual([
        { id: expect.any(String), key: "frame" },
        { id: expect.any(String), key: "paper" },
      ])
      for (const query of ["limit=0", "limit=101", "offset=-1", "order=options", "order=;drop"]) {
        expect({ query, status: (await call("GET", `?${query}`)).status }).toEqual({
          query,
          status: 400,
        })
      }
    })
  },
})
