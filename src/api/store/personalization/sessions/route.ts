// Designs in progress, for storefronts of Medusa: starting one, and one's own.
import { listSessions, startSession } from "../../../sessions/handlers"
import { listQuery } from "../../../sessions/validators"
import { anything } from "../../../standalone/well-formed"
import { storeDoor } from "../door"

/** One's own sessions. */
export const GET = storeDoor({ query: listQuery }, listSessions)

/** Starts a session, of a product or from a design of one's own. */
export const POST = storeDoor(anything, startSession)
