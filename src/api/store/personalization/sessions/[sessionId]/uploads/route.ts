// Images for a design, for storefronts of Medusa.
import { addUpload } from "../../../../../sessions/upload"
import { storeDoor } from "../../../door"

/** Takes an image for a zone (multipart `file`, `zone`); it does not set the zone, a change does. */
export const POST = storeDoor({}, addUpload)
