// What a session says of itself: whether it can be bought, what is left to do, what has changed since, what it costs.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../../domain/__tests__/sample"
import { definitionSchema } from "../../domain/template/definition"
import type { OwnSession } from "../../modules/personalization/service"
import { withSession, type SessionContext } from "./context"
import { buildSessionView } from "./view"

const SIZE = "opt_size"
const bound = [
  {
    key: "size",
    product_option_id: SIZE,
    default: undefined,
    values: [
      { id: "val_s", value: "S" },
      { id: "val_l", value: "L" },
    ],
  },
]

function view(
  session: Partial<OwnSession> = {},
  more: Partial<Omit<SessionContext, "session" | "values">> = {}
) {
  const definition = definitionSchema.parse({
    schema: 1,
    placements: [SAMPLE_PLACEMENT],
    zones: [
      {
        ...SAMPLE_TEXT_ZONE,
        required: true,
        price: { per_character: { free: 2, amounts: { usd: 0.5 } } },
      },
    ],
  })
  const context: Omit<SessionContext, "session" | "values" | "upload_rows" | "uploads"> = {
    definition,
    shaper: null,
    bound: [],
    variants: [
      { id: "variant_s", values: { [SIZE]: "val_s" } },
      { id: "variant_l", values: { [SIZE]: "val_l" } },
    ],
    shown: true,
    amounts: new Map([["variant_s", "10"]]),
    option_sets_priced: [],
    option_sets: [],
    ...more,
  }
  const own: OwnSession = {
    ...{ id: "psess_1", visitor_id: "pvis_1", customer_id: null, product_id: "prod_1" },
    ...{ variant_id: "variant_s", template_id: "ptpl_1", template_version: 3, revision: 4 },
    ...{ currency_code: "usd", region_id: "reg_1", options: { name: { text: "Ada" } } },
    ...{ created_at: new Date(0), expires_at: new Date(0), key_expires_at: null },
    ...{ uploads: [], default_version: 3, ...session },
  }
  return buildSessionView(withSession(context, own))
}

describe("a session", () => {
  it("is complete when all is filled in and has a price", () => {
    expect(view()).toEqual({
      ...{ id: "psess_1", product_id: "prod_1", variant_id: "variant_s" },
      ...{ template_id: "ptpl_1", template_version: 3, revision: 4 },
      options: { name: { text: "Ada" } },
      expires_at: "1970-01-01T00:00:00.000Z",
      ...{ complete: true, missing: [], warnings: [] },
      price: {
        ...{ currency_code: "usd", base_price: 10, unit_price: 10.5 },
        surcharges: [{ path: "name", label: "Name × 1", amount: 0.5 }],
      },
    })
  })

  it("names what is missing, and a variant where nothing else chooses it", () => {
    const empty = { options: {}, variant_id: null }
    expect(view(empty)).toMatchObject({ complete: false, missing: ["name", "variant_id"] })
    const sets = [{ key: "size", required: true, values: ["S", "L"] }]
    const chosen = view(empty, { bound, option_sets: sets })
    expect(chosen).toMatchObject({ complete: false, missing: ["name", "size"], price: null })
    // Nothing is missing under a key, and yet several variants fit.
    const open = view({ variant_id: null }, { bound })
    expect(open).toMatchObject({ complete: false, missing: ["variant_id"] })
  })

  it("has the variant's own value where a set is bound, whatever was saved", () => {
    const sets = [{ key: "size", required: true, values: ["S", "L"] }]
    const { options, complete } = view(
      { options: { name: { text: "Ada" }, size: "Small once" } },
      { bound, option_sets: sets }
    )
    expect(options).toEqual({ name: { text: "Ada" }, size: "S" })
    expect(complete).toBe(true)
  })

  it("tells of a newer default template only", () => {
    expect(view({ default_version: 4 })).toMatchObject({ newer_version: 4 })
    expect(view({ default_version: 2 })).not.toHaveProperty("newer_version")
    expect(view({ default_version: null })).not.toHaveProperty("newer_version")
  })

  it.each<[string, ReturnType<typeof view>, string, string]>([
    ["its variant is gone", view({ variant_id: "variant_x" }), "variant_id", "unknown_variant"],
    ["its product is gone", view({}, { shown: false }), "variant_id", "unknown_variant"],
    [
      "it has no price there",
      view({ variant_id: "variant_l" }),
      "variant_id",
      "no_price_in_currency",
    ],
    [
      "a surcharge has none",
      view({ currency_code: "eur" }),
      "options.name",
      "no_price_in_currency",
    ],
    [
      "a value is refused by now",
      view({ options: { name: { text: "x".repeat(11) } } }),
      "options.name",
      "text_too_long",
    ],
  ])("is not complete when %s, and says so", (_, session, path, code) => {
    expect(session.complete).toBe(false)
    expect(session.warnings).toEqual([expect.objectContaining({ path, code })])
    expect(session.price === null).toBe(code !== "text_too_long")
  })
})
