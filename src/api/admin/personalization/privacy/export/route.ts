// Everything that is stored of a person, on the dashboard's door.
import { exportPersonalData } from "../../../../../workflows/privacy/export"
import { medusaHandle } from "../../../../medusa/handle"
import { personBody } from "../validators"

/** The document of a customer or of a visitor's key; empty lists for one that nobody knows. 400. */
export const POST = medusaHandle({ body: personBody }, async ({ scope, body }) => ({
  body: { export: await exportPersonalData(scope, body) },
}))
