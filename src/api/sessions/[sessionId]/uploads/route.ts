// Images for a design.
import { handle } from "../../../standalone/handle"
import { addUpload } from "../../upload"

/** Takes an image for a zone (multipart `file`, `zone`); it does not set the zone, a PATCH does. */
export const POST = handle({}, addUpload)
