// The picture of an upload on its way to disk: counted, hashed and judged by its header while it comes.
import { createHash } from "node:crypto"
import { open } from "node:fs/promises"
import type { Readable } from "node:stream"
import {
  ImageHeaderReader,
  type HeaderState,
  type ImageHeader,
} from "../../domain/image-file/header"
import { invalid } from "../../lib/errors"
import type { UploadOptions } from "../../lib/upload-options"
import { fileTooLarge } from "./faults"

export type FilePart = {
  path: string
  bytes: number
  /** Of the bytes as they came, in hex. */
  sha256: string
  header: ImageHeader
}

/**
 * Writes a stream to a new file that only this user may read.
 * @returns null when there was nothing in it
 * @throws AppError 400 as soon as the header or the limit tells; the stream is destroyed then
 */
export async function keepFile(
  stream: Readable,
  path: string,
  options: Pick<UploadOptions, "max_bytes" | "max_pixels">
): Promise<FilePart | null> {
  // It may fail before anybody reads it.
  stream.on("error", () => undefined)
  const header = new ImageHeaderReader(options.max_pixels)
  const hash = createHash("sha256")
  let bytes = 0
  const file = await open(path, "wx", 0o600)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > options.max_bytes) {
        throw fileTooLarge(options)
      }
      imageOrMore(header.push(chunk))
      hash.update(chunk)
      await file.writeFile(chunk)
    }
  } finally {
    await file.close()
  }
  if (bytes === 0) {
    return null
  }
  const found = imageOrMore(header.end())
  return found && { path, bytes, sha256: hash.digest("hex"), header: found }
}

/** @throws AppError 400 for a picture that is refused by its header */
function imageOrMore(state: HeaderState): ImageHeader | null {
  if (state.state === "refused") {
    throw invalid([state.issue], state.issue.code)
  }
  return state.state === "image" ? state.header : null
}
