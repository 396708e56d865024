// Takes out of an event what it says of a person: their values and pictures, and where they live.

/** True for a JSON object. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/**
 * An event's data without its person. What was sold and its price stay; `order.anonymized_at` says that this was done. Data
 * of another form than an order's is not looked through: nothing of it stays.
 * @param at when it is done, ISO 8601
 */
export function scrubEventData(data: Record<string, unknown>, at: string): Record<string, unknown> {
  const { order } = data
  if (!isObject(order)) {
    return { anonymized_at: at }
  }
  const items = Array.isArray(order.items) ? order.items.filter(isObject) : []
  return {
    order: {
      ...order,
      ...replaced(order, {
        email: null,
        shipping_address: null,
        billing_address: null,
        print_files: [],
        items: items.map((item) => ({
          ...item,
          ...replaced(item, { options: {}, preview_url: null, print_files: [] }),
        })),
      }),
      anonymized_at: at,
    },
  }
}

/** Whether `scrubEventData` was there before. */
export function isScrubbed(data: Record<string, unknown>): boolean {
  return "anonymized_at" in (isObject(data.order) ? data.order : data)
}

/** What takes the place of the fields that are there. */
function replaced(
  from: Record<string, unknown>,
  by: Record<string, unknown>
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(by).filter(([field]) => field in from))
}
