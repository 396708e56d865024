// What an event says after its person was taken out of it.
import { isScrubbed, scrubEventData } from "./scrub"

const AT = "2026-01-02T03:04:05.000Z"

describe("scrubEventData", () => {
  it("empties what a person wrote and where they live, and keeps what was sold", () => {
    const item = {
      id: "ordli_1",
      title: "T-shirt",
      template_snapshot: { zones: [] },
      quantity: 2,
      unit_price: 25,
      surcharges: [{ path: "name", label: "Name", amount: 1 }],
    }
    const order = { id: "order_1", total: 50, status: "delivered", sequence: 3 }
    const scrubbed = scrubEventData(
      {
        order: {
          ...order,
          email: "ada@example.com",
          shipping_address: { first_name: "Ada" },
          items: [
            {
              ...item,
              options: { name: { text: "Ada" } },
              preview_url: "https://shop.example/files/a",
              print_files: [{ url: "https://shop.example/files/b" }],
            },
          ],
        },
      },
      AT
    )
    expect(scrubbed).toEqual({
      order: {
        ...order,
        email: null,
        shipping_address: null,
        items: [{ ...item, options: {}, preview_url: null, print_files: [] }],
        anonymized_at: AT,
      },
    })
    expect(isScrubbed(scrubbed)).toBe(true)
    expect(scrubEventData(scrubbed, AT)).toEqual(scrubbed)
  })

  it("adds no field that the event never had, but the time", () => {
    expect(scrubEventData({ order: { id: "order_1" } }, AT)).toEqual({
      order: { id: "order_1", anonymized_at: AT },
    })
  })

  it.each([[{ preview: { text: "Ada" } }], [{ order: "Ada" }], [{ order: [{ name: "Ada" }] }]])(
    "keeps nothing of what it does not know: %j",
    (data) => {
      expect(isScrubbed(data)).toBe(false)
      const scrubbed = scrubEventData(data, AT)
      expect(scrubbed).toEqual({ anonymized_at: AT })
      expect(isScrubbed(scrubbed)).toBe(true)
    }
  )

  it("drops items that are none", () => {
    const scrubbed = scrubEventData({ order: { items: ["Ada", null, { id: "ordli_1" }] } }, AT)
    expect(scrubbed).toEqual({ order: { items: [{ id: "ordli_1" }], anonymized_at: AT } })
  })
})
