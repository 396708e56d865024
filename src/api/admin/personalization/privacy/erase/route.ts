// Removes what is stored of a person, on the dashboard's door.
import { erasePersonalData } from "../../../../../workflows/privacy/workflows/erase-data"
import { medusaHandle } from "../../../../medusa/handle"
import { personBody } from "../validators"

/** What was removed and what has to stay for now; zeros for one that nobody knows. It may be repeated. 400, 503. */
export const POST = medusaHandle({ body: personBody }, async ({ scope, body }) => ({
  body: await erasePersonalData(scope, body),
}))
