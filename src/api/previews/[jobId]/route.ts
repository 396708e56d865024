// Where a preview stands, and its pictures.
import { waitQuery } from "../../sessions/validators"
import { handle } from "../../standalone/handle"
import { readPreview } from "../handlers"

/** A preview's state; `wait` has the answer wait for its end. */
export const GET = handle({ query: waitQuery }, readPreview)
