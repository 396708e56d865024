// Asking for a preview, for storefronts of Medusa.
import { requestPreview } from "../../../../../previews/handlers"
import { previewBody } from "../../../../../sessions/validators"
import { storeDoor } from "../../../door"

/** Asks for a preview of the design as it is now. */
export const POST = storeDoor({ body: previewBody }, requestPreview)
