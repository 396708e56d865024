// A design in progress, for storefronts of Medusa.
import { changeSession, readSession } from "../../../../sessions/handlers"
import { anything } from "../../../../standalone/well-formed"
import { storeDoor } from "../../door"

/** A session with completeness and a live price. */
export const GET = storeDoor({}, readSession)

/** Merges values into a session. */
export const POST = storeDoor(anything, changeSession)
