// Images for a design, at both doors.
import { toWireIssue } from "../../lib/errors"
import { fileUrl } from "../../lib/file-url"
import type { PersonalizationOptions } from "../../lib/options"
import { receiveUpload, type ReceivedUpload } from "../../workflows/sessions/receive-upload"
import type { Answer } from "../standalone/handle"
import { answeringEarly } from "../uploads-body/answering-early"
import { receiveUploadBody } from "../uploads-body/receive"
import { limitAddress, limitVisitor } from "../standalone/rate-limit"
import { requireSessionToChange, type DoorCall } from "./handlers"

/**
 * Takes an image for a zone (multipart `file`, `zone`); it does not set the zone, a PATCH does. What is refused is
 * answered at once, whatever the client still sends.
 */
export async function addUpload(call: DoorCall): Promise<Answer> {
  const { req, res, scope, options } = call
  return answeringEarly(req, res, async () => {
    await limitAddress(call, "uploads")
    const session = await requireSessionToChange(call)
    await limitVisitor(call, "uploads", session.visitor_id)
    const file = await receiveUploadBody(req, options.uploads, session.visitor_id)
    try {
      const received = await receiveUpload(scope, session, file)
      return { status: 201, body: { upload: uploadView(options, received) } }
    } finally {
      await file.dispose()
    }
  })
}

/** An upload as it is answered. Its picture is the smaller copy, for previews. */
function uploadView(
  options: PersonalizationOptions,
  { upload, effective_dpi, warnings }: ReceivedUpload
) {
  const { id, mime_type, width, height, bytes } = upload
  return {
    ...{ id, url: fileUrl(options, upload.proxy_file_id), mime_type, width, height, bytes },
    effective_dpi,
    warnings: warnings.map(toWireIssue),
  }
}
