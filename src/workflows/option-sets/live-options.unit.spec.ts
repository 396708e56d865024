// The options of a bound set are its product option's values, whatever a set overrides of them.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { OptionRecord } from "../../modules/personalization/option-set-store"
import { liveOptionSets } from "./live-options"
import { listProductOptionValues, type ProductOptionValue } from "./product-options"

jest.mock("./product-options")

describe("liveOptionSets", () => {
  it("gives a value of the product option the same id with and without an override", async () => {
    const value = (id: string, rank: number): ProductOptionValue => ({
      ...{ id, value: id.toUpperCase(), rank, metadata: null },
      ...{ product_id: "prod_1", product_option_id: "opt_1" },
    })
    jest.mocked(listProductOptionValues).mockResolvedValue([value("s", 0), value("m", 1)])
    const override: OptionRecord = {
      ...{ id: "popt_1", value: "M", value_key: "m", label: "Medium", rank: null },
      ...{ price_set_id: null, product_option_value_id: "m", metadata: null },
    }
    const set = (options: OptionRecord[]) => ({
      ...{ id: "poset_1", product_id: "prod_1", key: "size", title: "Size", required: true },
      ...{ product_option_id: "opt_1", revision: "1", options },
    })
    const [plain, changed] = await liveOptionSets({} as MedusaContainer, [set([]), set([override])])
    expect(plain?.options.map(({ id, label }) => [id, label])).toEqual([
      ["s", "S"],
      ["m", "M"],
    ])
    expect(changed?.options.map(({ id, label }) => [id, label])).toEqual([
      ["s", "S"],
      ["m", "Medium"],
    ])
  })
})
