// Reading and changing a design in progress.
import { handle } from "../../standalone/handle"
import { anything } from "../../standalone/well-formed"
import { changeSession, readSession } from "../handlers"

/** A session with completeness and a live price. */
export const GET = handle({}, readSession)

/** Merges values into a session. */
export const PATCH = handle(anything, changeSession)
