import { changeVariant, type BoundInput } from "./bound-choices"

const VALUES = [
  { id: "val_s", value: "s" },
  { id: "val_m", value: "m" },
]
const input = (key: string, product_option_id = "opt_size"): BoundInput => ({
  ...{ key, product_option_id, default: undefined },
  values: VALUES,
})
const VARIANTS = [
  { id: "small", values: { opt_size: "val_s" } },
  { id: "medium", values: { opt_size: "val_m" } },
]

describe("changeVariant", () => {
  // Two zones for one product option, shown for children and for adults.
  const inputs = [input("kids"), input("adult")]
  const saved = { options: { kids: "s", name: "Ada" }, variant_id: "small" }

  it("lets the last choice of a product option replace that of another zone", () => {
    expect(
      changeVariant({ inputs, variants: VARIANTS, saved, given: { adult: "m" }, cleared: [] })
    ).toEqual({ variant_id: "medium", kept: { name: "Ada" }, issues: [] })
  })

  it("still refuses two choices of one product option in one change", () => {
    const given = { kids: "s", adult: "m" }
    const { issues } = changeVariant({ inputs, variants: VARIANTS, saved, given, cleared: [] })
    expect(issues.map(({ path, code }) => [path.at(-1), code])).toEqual([
      ["kids", "no_such_variant"],
      ["adult", "no_such_variant"],
    ])
  })

  it("keeps the choices of other product options", () => {
    const both = [input("kids"), input("tone", "opt_tone")]
    const variants = VARIANTS.map(({ id, values }) => ({
      id,
      values: { ...values, opt_tone: "val_m" },
    }))
    const before = { options: { kids: "s", tone: "m" }, variant_id: "small" }
    expect(
      changeVariant({ inputs: both, variants, saved: before, given: { kids: "m" }, cleared: [] })
    ).toEqual({ variant_id: "medium", kept: { tone: "m" }, issues: [] })
  })
})
