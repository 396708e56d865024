// Images for a design.
import { toWireIssue } from "../../../../lib/errors"
import { fileUrl } from "../../../../lib/file-url"
import { retrieveOwnSession } from "../../../../workflows/sessions/context"
import { receiveUpload } from "../../../../workflows/sessions/receive-upload"
import { handle } from "../../../standalone/handle"
import { requireVisitor } from "../../../standalone/visitor"
import { readUpload } from "./multipart"

/** Takes an image for a zone (multipart `file`, `zone`); it does not set the zone, a PATCH does. */
export const POST = handle({}, async (call) => {
  const { req, res, scope, options } = call
  const visitor = await requireVisitor(call)
  const session = await retrieveOwnSession(scope, call.params.sessionId ?? "", visitor.id)
  const { file, zone } = await readUpload(req, res, options.uploads.max_bytes)
  const { upload, effective_dpi, warnings } = await receiveUpload(scope, session, zone, file)
  return {
    status: 201,
    body: {
      upload: {
        id: upload.id,
        url: fileUrl(options, upload.proxy_file_id),
        mime_type: upload.mime_type,
        width: upload.width,
        height: upload.height,
        bytes: upload.bytes,
        effective_dpi,
        warnings: warnings.map(toWireIssue),
      },
    },
  }
})
