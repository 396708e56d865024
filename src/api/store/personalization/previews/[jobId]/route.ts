// Where a preview stands, for storefronts of Medusa.
import { readPreview } from "../../../../previews/handlers"
import { waitQuery } from "../../../../sessions/validators"
import { storeDoor } from "../../door"

/** A preview's state; `wait` has the answer wait for its end. */
export const GET = storeDoor({ query: waitQuery }, readPreview)
