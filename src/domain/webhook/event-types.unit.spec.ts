// Event filters of endpoints.
import { checkEventFilter, WEBHOOK_EVENT_TYPES, wantsEvent } from "./event-types"

describe("wantsEvent", () => {
  it("lets every type through without a filter, and only the named ones with one", () => {
    expect(wantsEvent(null, "order.paid")).toBe(true)
    expect(wantsEvent(["order.paid"], "order.paid")).toBe(true)
    expect(wantsEvent(["order.paid"], "order.shipped")).toBe(false)
  })
})

describe("checkEventFilter", () => {
  it("takes null and every known type", () => {
    expect(checkEventFilter(null)).toEqual([])
    expect(checkEventFilter([...WEBHOOK_EVENT_TYPES])).toEqual([])
  })

  it("names every fault at its place", () => {
    const issues = checkEventFilter(["order.paid", "order.lost", "order.paid"])
    expect(issues.map(({ path, code }) => ({ path, code }))).toEqual([
      { path: ["events", 1], code: "unknown_event_type" },
      { path: ["events", 2], code: "duplicate_event_type" },
    ])
    expect(checkEventFilter([])[0]?.code).toBe("events_empty")
  })
})
