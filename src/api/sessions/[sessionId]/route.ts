// Reading and changing a design in progress.
import { handle } from "../../standalone/handle"
import { changeSession, readSession } from "../handlers"
import { changeBody } from "../validators"

/** A session with completeness and a live price. */
export const GET = handle({}, readSession)

/** Merges values into a session. */
export const PATCH = handle({ body: changeBody }, changeSession)
