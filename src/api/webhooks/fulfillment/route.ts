// POST /webhooks/fulfillment: the built-in receiver, the in-house workshop's address for signed events.
import { receivePersonalizationFulfillmentWorkflow } from "../../../workflows/webhooks/workflows/receive-fulfillment"
import { handle } from "../../standalone/handle"

/**
 * Standard Webhooks headers over the exact bytes of the body; 401 when they do not verify. Stored once by
 * `webhook-id`: a repeated id is answered the same and changes nothing.
 */
export const POST = handle(
  {},
  async ({ req, scope, rawBody }) => {
    await receivePersonalizationFulfillmentWorkflow(scope).run({
      input: {
        headers: {
          "webhook-id": req.get("webhook-id"),
          "webhook-timestamp": req.get("webhook-timestamp"),
          "webhook-signature": req.get("webhook-signature"),
        },
        // Bytes that are not UTF-8 do not survive this, and then their signature does not verify.
        body: rawBody.toString("utf8"),
      },
    })
    return { status: 200, body: { received: true } }
  },
  "always"
)
