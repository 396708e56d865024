// Reads stored files piece by piece.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { Readable } from "node:stream"
import type { FileRow } from "../../modules/personalization/service"

/** Bytes of a file, both ends included. */
export type ByteRange = { start: number; end: number }

/** How providers say that there is no such file: the file system, S3, Medusa's own errors. */
const MISSING = new Set(["ENOENT", "NoSuchKey", "NotFound", "not_found"])

/**
 * Opens a part of a stored file. Providers read from the beginning only, so what lies before the part is read and dropped,
 * and the source is destroyed after its last byte; no more than a piece is ever in memory.
 * @returns null when the provider has no such file
 */
export async function openFile(
  container: MedusaContainer,
  file: Pick<FileRow, "storage_id">,
  range: ByteRange
): Promise<Readable | null> {
  try {
    const source = await container.resolve(Modules.FILE).getDownloadStream(file.storage_id)
    // What fails is told by the iterator; what fails after the last piece concerns nobody.
    source.on("error", () => undefined)
    const pieces = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    // Some providers find out only now.
    const first = await pieces.next()
    const part = Readable.from(slice(pieces, first, range), { objectMode: false })
    // When all was read, and when the reader goes away, even before the first byte.
    part.once("close", () => source.destroy())
    return part
  } catch (error) {
    if (isMissing(error)) {
      return null
    }
    throw error
  }
}

async function* slice(
  pieces: AsyncIterator<Buffer>,
  first: IteratorResult<Buffer>,
  { start, end }: ByteRange
): AsyncGenerator<Buffer> {
  let at = 0
  for (let piece = first; !piece.done && at <= end; piece = await pieces.next()) {
    const part = piece.value.subarray(Math.max(0, start - at), end + 1 - at)
    at += piece.value.length
    if (part.length > 0) {
      yield part
    }
  }
  if (at <= end) {
    throw new Error(`A stored file has ${at} bytes, not the ${end + 1} or more that it had.`)
  }
}

function isMissing(error: unknown): boolean {
  const { code, name, type } = (error ?? {}) as { code?: unknown; name?: unknown; type?: unknown }
  return [code, name, type].some((word) => typeof word === "string" && MISSING.has(word))
}
