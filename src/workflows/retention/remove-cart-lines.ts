// Takes the lines of designs that go out of open carts.
import type { MedusaContainer } from "@medusajs/framework/types"
import { withCartLock } from "../carts/lock"
import type { CartLine } from "./references"
import { removePersonalizationCartLinesWorkflow } from "./workflows/remove-cart-lines"

/**
 * Removes lines, cart by cart.
 * @returns how many
 * @throws AppError 503 `cart_busy`
 */
export async function removeCartLines(
  container: MedusaContainer,
  lines: CartLine[]
): Promise<number> {
  for (const cart_id of new Set(lines.map((line) => line.cart_id))) {
    const ids = lines.filter((line) => line.cart_id === cart_id).map(({ id }) => id)
    await withCartLock(() =>
      removePersonalizationCartLinesWorkflow(container).run({ input: { cart_id, ids } })
    )
  }
  return lines.length
}
