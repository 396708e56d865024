// Asking for a preview of a design.
import { requestPreview } from "../../../previews/handlers"
import { handle } from "../../../standalone/handle"
import { previewBody } from "../../validators"

/** Asks for a preview of the design as it is now. */
export const POST = handle({ body: previewBody }, requestPreview)
