// Private files by their signed links.
import { notFound } from "../../../lib/errors"
import { verifyFileToken } from "../../../lib/file-token"
import { openFile } from "../../../workflows/files/open-file"
import { personalization } from "../../../workflows/services"
import { handle } from "../../standalone/handle"
import { matchesTag, parseRange } from "../conditions"

/** The longest a browser may keep a file without asking again, in seconds. */
const CACHE_SECONDS = 3600
const NOTHING = Buffer.alloc(0)

/**
 * A private file by its signed link, whole or one range of it. A malformed, forged or ended link looks like a missing
 * file. `HEAD` reads nothing of the file itself.
 */
export const GET = handle(
  {},
  async ({ req, scope, params, options }) => {
    const now = Math.floor(Date.now() / 1000)
    const fileId = verifyFileToken(options.secret, params.token ?? "", now)
    const [file] = fileId ? await personalization(scope).listFiles({ id: fileId }, { take: 1 }) : []
    if (!file) {
      throw notFound("file")
    }
    const etag = `"${file.sha256.slice(0, 32)}"`
    const headers = {
      "Content-Type": file.mime_type,
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Content-Disposition": "inline",
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Cache-Control": `private, max-age=${CACHE_SECONDS}`,
      "Accept-Ranges": "bytes",
      ETag: etag,
    }
    if (matchesTag(req.get("if-none-match"), etag)) {
      return { status: 304, headers, raw: NOTHING }
    }
    // A part is of use only to who has the rest of the same file (RFC 9110, 13.1.5).
    const wanted = req.get("if-range") ?? etag
    const range = wanted === etag ? parseRange(req.get("range"), file.bytes) : null
    if (range === "unsatisfiable") {
      return {
        status: 416,
        headers: { ...headers, "Content-Range": `bytes */${file.bytes}` },
        raw: NOTHING,
      }
    }
    const { start, end } = range ?? { start: 0, end: file.bytes - 1 }
    const answer = {
      status: range ? 206 : 200,
      headers: {
        ...headers,
        "Content-Length": String(end + 1 - start),
        ...(range ? { "Content-Range": `bytes ${start}-${end}/${file.bytes}` } : {}),
      },
    }
    if (req.method === "HEAD") {
      return { ...answer, raw: NOTHING }
    }
    const stream = await openFile(scope, file, { start, end })
    if (!stream) {
      throw notFound("file")
    }
    return { ...answer, stream }
  },
  "always"
)
