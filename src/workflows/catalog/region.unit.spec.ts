// Which region a request's wishes come to.
import { AppError } from "../../lib/errors"
import { pickRegion, type RegionWish, type Shop } from "./region"

const shop: Shop = {
  regions: [
    { id: "reg_us", currency_code: "usd", countries: ["us", "ca"] },
    { id: "reg_de", currency_code: "eur", countries: ["de"] },
    { id: "reg_fr", currency_code: "eur", countries: ["fr"] },
  ],
  default_region_id: "reg_de",
  default_sales_channel_id: null,
}

function faults(wish: RegionWish): string[] {
  try {
    pickRegion(shop, wish)
  } catch (error) {
    const issues = (error instanceof AppError && error.details.issues) || []
    return issues.map(({ path, code }) => `${path.join(".")} ${code}`)
  }
  return []
}

describe("pickRegion", () => {
  it.each<[RegionWish, string]>([
    [{}, "reg_de"],
    [{ currency_code: "USD" }, "reg_us"],
    [{ currency_code: "eur" }, "reg_de"],
    [{ country_code: "FR" }, "reg_fr"],
    [{ country_code: "fr", currency_code: "eur" }, "reg_fr"],
    [{ region_id: "reg_fr" }, "reg_fr"],
    [{ region_id: "reg_us", country_code: "ca", currency_code: "usd" }, "reg_us"],
  ])("finds the region of %j", (wish, region_id) => {
    expect(pickRegion(shop, wish).region_id).toBe(region_id)
  })

  it.each<RegionWish>([{ currency_code: "eur" }, { currency_code: "EUR", country_code: "fr" }])(
    "prefers the default region where it fits %j",
    (wish) => {
      const other = { id: "reg_it", currency_code: "eur", countries: ["it"] }
      const there = { ...shop, regions: [other, ...shop.regions], default_region_id: "reg_fr" }
      expect(pickRegion(there, wish).region_id).toBe("reg_fr")
    }
  )

  it.each<[RegionWish, string[]]>([
    [{ currency_code: "xts" }, ["currency_code unknown_currency"]],
    [{ country_code: "jp" }, ["country_code unknown_country"]],
    [{ region_id: "reg_no" }, ["region_id unknown_region"]],
    [{ country_code: "de", currency_code: "usd" }, ["currency_code unknown_currency"]],
    [{ country_code: "jp", currency_code: "usd" }, ["country_code unknown_country"]],
    [
      { country_code: "jp", currency_code: "xts" },
      ["country_code unknown_country", "currency_code unknown_currency"],
    ],
    [{ region_id: "reg_us", currency_code: "eur" }, ["currency_code unknown_currency"]],
    [{ region_id: "reg_fr", country_code: "de" }, ["country_code unknown_country"]],
    [{ region_id: "reg_no", currency_code: "usd" }, ["region_id unknown_region"]],
  ])("refuses %j", (wish, told) => {
    expect(faults(wish)).toEqual(told)
  })
})
