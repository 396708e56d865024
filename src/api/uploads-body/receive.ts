// Receives the body of an upload: a multipart form whose file goes to disk, not to memory.
import type { IncomingMessage } from "node:http"
import type { ImageHeader } from "../../domain/image-file/header"
import { makeFolder, removeFolder } from "../../lib/upload-folders"
import type { UploadOptions } from "../../lib/upload-options"
import { busy, fileTooLarge, unsupportedMediaType } from "./faults"
import { ENVELOPE_BYTES, readForm } from "./form"

export type UploadBody = {
  /** The received file, in a private folder of its own, where results of working on it may lie too. */
  path: string
  bytes: number
  /** SHA-256 of the file as it was sent, in hex. */
  sha256: string
  header: ImageHeader
  /** The field `zone`. */
  zone: string
  /** Removes the folder. Always to be called. */
  dispose(): Promise<void>
}

/** Bodies that are being received by this process, by sender. */
const receiving = new Map<string, number>()

/**
 * Receives the fields `file` and `zone` of a request whose body nobody has read. The picture is judged by its first bytes,
 * and refused without the rest: the caller answers through `answeringEarly`.
 * @param sender whose upload it is: one may have a quarter of `max_receiving` at once, so that the others find a place
 * @throws AppError 400 `file_missing`, `zone_missing`, `unknown_field`, `repeated_field`, `malformed_multipart`,
 *   `file_too_large`, `upload_too_slow`, `upload_aborted`, and what `ImageHeaderReader` refuses; 415
 *   `unsupported_media_type`; 503 `uploads_busy`
 */
export async function receiveUploadBody(
  req: IncomingMessage,
  options: UploadOptions,
  sender: string
): Promise<UploadBody> {
  if (!/^multipart\/form-data\s*(?:;|$)/i.test(req.headers["content-type"] ?? "")) {
    throw unsupportedMediaType()
  }
  if (Number(req.headers["content-length"] ?? 0) > options.max_bytes + ENVELOPE_BYTES) {
    throw fileTooLarge(options)
  }
  const leave = takePlace(sender, options.max_receiving)
  try {
    const folder = await makeFolder()
    const dispose = () => removeFolder(folder)
    try {
      const { file, zone } = await readForm(req, folder, options)
      return { ...file, zone, dispose }
    } catch (error) {
      await dispose()
      throw error
    }
  } finally {
    leave()
  }
}

/** @returns what gives the place back. @throws AppError 503 when there is none */
function takePlace(sender: string, places: number): () => void {
  const own = receiving.get(sender) ?? 0
  const all = [...receiving.values()].reduce((sum, count) => sum + count, 0)
  if (all >= places || own >= Math.ceil(places / 4)) {
    throw busy()
  }
  receiving.set(sender, own + 1)
  return () => {
    const left = (receiving.get(sender) ?? 1) - 1
    if (left > 0) {
      receiving.set(sender, left)
    } else {
      receiving.delete(sender)
    }
  }
}
