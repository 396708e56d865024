// A design in progress, for storefronts of Medusa.
import { changeSession, readSession } from "../../../../sessions/handlers"
import { changeBody } from "../../../../sessions/validators"
import { storeDoor } from "../../door"

/** A session with completeness and a live price. */
export const GET = storeDoor({}, readSession)

/** Merges values into a session. */
export const POST = storeDoor({ body: changeBody }, changeSession)
