// How a storefront of Medusa meets the handlers of the standalone door.
import type { z } from "@medusajs/framework/zod"
import { medusaHandle } from "../../medusa/handle"
import type { DoorCall } from "../../sessions/handlers"
import type { Answer, RouteHandler } from "../../standalone/handle"

/** Headers of ours that a storefront of another origin may read; Medusa's CORS exposes none. */
const EXPOSED = "X-Session-Key, Retry-After"

/**
 * Makes a route of Medusa's store API of a handler. By Medusa's habit what is created is answered with 200; the visitor's
 * key comes and goes as at the standalone door.
 */
export function storeDoor<B = unknown, Q = unknown>(
  schemas: { body?: z.ZodType<B>; query?: z.ZodType<Q> },
  handler: (call: DoorCall<B, Q>) => Promise<Answer>
): RouteHandler {
  return medusaHandle(schemas, async (call) => {
    call.res.append("Access-Control-Expose-Headers", EXPOSED)
    const answer = await handler(call)
    return answer.status === 201 ? { ...answer, status: 200 } : answer
  })
}
