// What stands before the visitor's routes of Medusa's own door.
import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
  MiddlewareRoute,
} from "@medusajs/framework/http"
import { readBody } from "../../standalone/body"
import { sendError } from "../../standalone/respond"

const UPLOADS = /\/uploads\/?$/i

/**
 * Bodies are read as at the standalone door: Medusa's parser answers 500 to one that is too large or is not JSON. It stands
 * behind Medusa's check of the publishable key. What is uploaded is left to its handler.
 */
export const storeSessionMiddlewares: MiddlewareRoute[] = [
  {
    matcher: /^\/store\/personalization(?=\/|$)/i,
    bodyParser: false,
    middlewares: [readStoreBody],
  },
]

async function readStoreBody(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  if (req.method !== "POST" || UPLOADS.test(req.path)) {
    next()
    return
  }
  try {
    req.body = (await readBody(req, { body: "json" })).parsed
  } catch (error) {
    sendError(req, res, error)
    return
  }
  next()
}
