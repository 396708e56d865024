// What `medusa exec` runs for a spec: two changes that the catalog shows, and nothing after them.
import { createRegionsWorkflow } from "@medusajs/medusa/core-flows"
import type { ExecArgs } from "@medusajs/framework/types"

/** Makes two regions, one right after the other. */
export default async function twoChanges({ container }: ExecArgs): Promise<void> {
  for (const name of ["North", "South"]) {
    await createRegionsWorkflow(container).run({
      input: { regions: [{ name, currency_code: "usd" }] },
    })
  }
}
