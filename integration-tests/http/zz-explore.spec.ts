import { personalizationTestRunner } from "../helpers/runner"
import { seededShop } from "./visitor"
import { Modules } from "@medusajs/framework/utils"
import { writeFileSync } from "node:fs"

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    it("explores", async () => {
      const bus: any = store.getContainer().resolve(Modules.EVENT_BUS)
      let names: Record<string, number> = {}
      bus.addInterceptor((m: any) => { names[m.name] = (names[m.name] ?? 0) + 1 })
      let out = ""
      const call = async (label: string, method: string, path: string, body?: unknown) => {
        names = {}
        const r = await store.request(path, { method, headers: { Authorization: "Basic " + Buffer.from(seeded().api_key + ":").toString("base64"), "Content-Type": "application/json" }, ...(body ? { body: JSON.stringify(body) } : {}) })
        const text = await r.text()
        await new Promise((f) => setTimeout(f, 400))
        out += `${label}: ${r.status} ${r.status >= 300 ? text.slice(0, 300) : ""}\n   ${JSON.stringify(names)}\n`
        try { return JSON.parse(text) } catch { return {} }
      }
      const pid = product("mug")
      const p = await call("get", "GET", `/admin/products/${pid}?fields=*variants,*variants.inventory_items,*options,*variants.prices`)
      const v = p.product.variants[0]
      await call("product title", "POST", `/admin/products/${pid}`, { title: "Mug 2" })
      await call("product images", "POST", `/admin/products/${pid}`, { images: [{ url: "http://x.example/a.png" }] })
      await call("product status", "POST", `/admin/products/${pid}`, { status: "draft" })
      await call("product status", "POST", `/admin/products/${pid}`, { status: "published" })
      await call("variant title", "POST", `/admin/products/${pid}/variants/${v.id}`, { title: "V2" })
      await call("variant price", "POST", `/admin/products/${pid}/variants/${v.id}`, { prices: [{ currency_code: "usd", amount: 3 }] })
      await call("variant batch price", "POST", `/admin/products/${pid}/variants/batch`, { update: [{ id: v.id, prices: [{ currency_code: "usd", amount: 4 }] }] })
      await call("variant image", "POST", `/admin/products/${pid}/variants/${v.id}`, { manage_inventory: false })
      const sc = await call("sc create", "POST", `/admin/sales-channels`, { name: "Second" })
      await call("sc add", "POST", `/admin/sales-channels/${sc.sales_channel.id}/products`, { add: [pid] })
      await call("sc remove", "POST", `/admin/sales-channels/${sc.sales_channel.id}/products`, { remove: [pid] })
      await call("product sc", "POST", `/admin/products/${pid}`, { sales_channels: [{ id: sc.sales_channel.id }] })
      await call("sc update", "POST", `/admin/sales-channels/${sc.sales_channel.id}`, { is_disabled: true })
      const regions = await call("regions", "GET", `/admin/regions`)
      const r0 = regions.regions[0]
      await call("region update", "POST", `/admin/regions/${r0.id}`, { name: "Elsewhere" })
      await call("region tax", "POST", `/admin/regions/${r0.id}`, { is_tax_inclusive: true })
      const prefs = await call("prefs", "GET", `/admin/price-preferences`)
      await call("pref update", "POST", `/admin/price-preferences/${prefs.price_preferences[0].id}`, { is_tax_inclusive: true })
      await call("pref create", "POST", `/admin/price-preferences`, { attribute: "currency_code", value: "dkk", is_tax_inclusive: true })
      const stores = await call("stores", "GET", `/admin/stores`)
      const st = stores.stores[0]
      await call("store update", "POST", `/admin/stores/${st.id}`, { name: "X" })
      await call("store currencies", "POST", `/admin/stores/${st.id}`, { supported_currencies: [{ currency_code: "usd", is_default: true }, { currency_code: "eur" }, { currency_code: "gbp" }] })
      const pl = await call("pl create", "POST", `/admin/price-lists`, { title: "Sale", description: "s", status: "active", type: "sale", prices: [{ currency_code: "usd", amount: 1, variant_id: v.id }] })
      await call("pl draft", "POST", `/admin/price-lists/${pl.price_list.id}`, { status: "draft" })
      await call("pl active", "POST", `/admin/price-lists/${pl.price_list.id}`, { status: "active" })
      const plp = await call("pl get", "GET", `/admin/price-lists/${pl.price_list.id}?fields=*prices`)
      await call("pl prices batch", "POST", `/admin/price-lists/${pl.price_list.id}/prices/batch`, { update: [{ id: plp.price_list.prices[0].id, variant_id: v.id, amount: 2, currency_code: "usd" }] })
      await call("pl remove product", "POST", `/admin/price-lists/${pl.price_list.id}/products`, { remove: [pid] })
      await call("pl delete", "DELETE", `/admin/price-lists/${pl.price_list.id}`)
      const inv = await call("inv", "GET", `/admin/inventory-items?fields=*location_levels`)
      const item = inv.inventory_items[0]
      const lvl = item.location_levels[0]
      await call("level update", "POST", `/admin/inventory-items/${item.id}/location-levels/${lvl.location_id}`, { stocked_quantity: 77 })
      await call("level batch", "POST", `/admin/inventory-items/location-levels/batch`, { update: [{ inventory_item_id: item.id, location_id: lvl.location_id, stocked_quantity: 3 }] })
      await call("reservation", "POST", `/admin/reservations`, { inventory_item_id: item.id, location_id: lvl.location_id, quantity: 1 })
      await call("sl sc remove", "POST", `/admin/stock-locations/${lvl.location_id}/sales-channels`, { add: [sc.sales_channel.id] })
      await call("option create", "POST", `/admin/products/${pid}/options`, { title: "Col", values: ["a"] })
      await call("pid variant delete", "DELETE", `/admin/products/${pid}/variants/${v.id}`)
      await call("product batch", "POST", `/admin/products/batch`, { update: [{ id: pid, title: "B" }] })
      await call("delete", "DELETE", `/admin/products/${pid}`)
      await call("region create", "POST", `/admin/regions`, { name: "DK", currency_code: "usd", countries: ["jp"] })
      await call("region delete", "DELETE", `/admin/regions/${r0.id}`)
      await call("sc delete", "DELETE", `/admin/sales-channels/${sc.sales_channel.id}`)
      writeFileSync("/tmp/h1-events.txt", out)
    }, 120000)
  },
})
