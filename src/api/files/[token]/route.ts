// Private files by their signed links.
import { Modules } from "@medusajs/framework/utils"
import { notFound } from "../../../lib/errors"
import { verifyFileToken } from "../../../lib/file-token"
import { personalization } from "../../../workflows/services"
import { handle } from "../../standalone/handle"

/** The longest a browser may keep a file without asking again, in seconds. */
const CACHE_SECONDS = 3600

/** A private file by its signed link. A malformed, forged or ended link looks like a missing file. */
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
    if (req.get("if-none-match") === etag) {
      return { status: 304, headers, raw: Buffer.alloc(0) }
    }
    const content = await scope.resolve(Modules.FILE).getAsBuffer(file.storage_id)
    const range = parseRange(req.get("range"), content.length)
    if (range === "unsatisfiable") {
      return {
        status: 416,
        headers: { ...headers, "Content-Range": `bytes */${content.length}` },
        raw: Buffer.alloc(0),
      }
    }
    const part = range ? content.subarray(range.start, range.end + 1) : content
    return {
      status: range ? 206 : 200,
      headers: {
        ...headers,
        "Content-Length": String(part.length),
        ...(range
          ? { "Content-Range": `bytes ${range.start}-${range.end}/${content.length}` }
          : {}),
      },
      raw: part,
    }
  },
  "always"
)

/** One byte range (RFC 9110, 14.1.2); null for none or a form we need not support, which means the whole file. */
function parseRange(
  header: string | undefined,
  size: number
): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "")
  if (!match || (match[1] === "" && match[2] === "")) {
    return null
  }
  const [, from = "", to = ""] = match
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1)
  return start > end || start >= size ? "unsatisfiable" : { start, end }
}
