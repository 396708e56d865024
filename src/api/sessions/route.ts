// Starting a design, and one's own designs.
import { handle } from "../standalone/handle"
import { anything } from "../standalone/well-formed"
import { listSessions, startSession } from "./handlers"
import { listQuery } from "./validators"

/** One's own sessions. */
export const GET = handle({ query: listQuery }, listSessions)

/** Starts a session, of a product or from a design of one's own. */
export const POST = handle(anything, startSession)
