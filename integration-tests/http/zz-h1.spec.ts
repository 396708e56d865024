import { personalizationTestRunner } from "../helpers/runner"
import { Modules, ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { seededShop } from "./visitor"
import { dashboard, rows, get } from "./catalog-shop"
import { catalogVersion } from "../../src/workflows/catalog/version"
personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const admin = dashboard(store, () => seeded().api_key)
    it("x", async () => {
      const c = store.getContainer()
      const bus: any = c.resolve(Modules.EVENT_BUS)
      process.stderr.write(`interceptors ${bus.interceptorSubscribers_.size}\n`)
      const seq = async () => process.stderr.write(JSON.stringify(await rows(store, "select last_value from personalization_catalog_version")) + " known " + (await catalogVersion(c).current()) + "\n")
      await seq()
      await get(store, "/products")
      await admin("POST", `/products/${product("mug")}`, { title: "M2" })
      await seq()
      await new Promise((f) => setTimeout(f, 1200))
      await seq()
      const b: any = (await get(store, "/products")).body
      process.stderr.write(JSON.stringify(b.products.map((p: any) => p.name)) + "\n")
    })
  },
})
