// Puts files into the File Module and keeps a row about each. Bytes stay out of workflow state.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createHash, randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { FileRow } from "../../modules/personalization/service"
import { personalization } from "../services"

const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
}

/**
 * Stores a private file under a random name.
 * @returns its row; links to it come from `fileUrl`.
 */
export async function storeFile(
  container: MedusaContainer,
  file: { kind: FileRow["kind"]; mime_type: string; content: Buffer }
): Promise<FileRow> {
  const { content, ...kind } = file
  const sha256 = createHash("sha256").update(content).digest("hex")
  return store(container, { ...kind, bytes: content.length, sha256 }, () =>
    Readable.from([content])
  )
}

/** A file on disk, and what is known of it. */
export type FileOnDisk = Pick<FileRow, "kind" | "mime_type" | "bytes" | "sha256"> & { path: string }

/** As `storeFile`, from disk: the file passes through in pieces. */
export async function storeFileFrom(
  container: MedusaContainer,
  { path, ...facts }: FileOnDisk
): Promise<FileRow> {
  return store(container, facts, () => createReadStream(path))
}

/** The row comes before the first byte: bytes that no row leads to, after a crash, would stay for ever. */
async function store(
  container: MedusaContainer,
  facts: Omit<FileOnDisk, "path">,
  open: () => Readable
): Promise<FileRow> {
  const filename = randomName(facts)
  const { fileKey, promise, writeStream } = await container.resolve(Modules.FILE).getUploadStream({
    filename,
    mimeType: facts.mime_type,
    access: "private",
  })
  // Whatever fails first is told below.
  promise.catch(() => undefined)
  writeStream.on("error", () => undefined)
  const row = await personalization(container)
    .createFiles({ ...facts, filename, storage_id: fileKey })
    .catch(async (error: unknown) => {
      writeStream.destroy()
      await container
        .resolve(Modules.FILE)
        .deleteFiles(fileKey)
        .catch(() => undefined)
      throw error
    })
  // Not before: what fails while nobody reads it would end the process.
  const source = open()
  try {
    // The stream ends when the provider has taken all bytes, the promise when they are stored.
    await Promise.all([promise, pipeline(source, writeStream)])
    return row
  } catch (error) {
    source.destroy()
    // Some providers keep what came before the failure. What of a visitor's cannot be removed now, the hourly job finds
    // by its row; the failure before is the one to be told.
    await removeFiles(container, [row.id]).catch(() => undefined)
    throw error
  }
}

function randomName({ kind, mime_type }: Pick<FileRow, "kind" | "mime_type">): string {
  return `${kind}-${randomUUID()}.${EXTENSIONS[mime_type] ?? "bin"}`
}

/** The bytes of a stored file. */
export async function readFile(container: MedusaContainer, fileId: string): Promise<Buffer> {
  const row = await personalization(container).retrieveFile(fileId)
  return container.resolve(Modules.FILE).getAsBuffer(row.storage_id)
}

/** Removes files and their rows: the compensation of a step that stored them. */
export async function removeFiles(container: MedusaContainer, fileIds: string[]): Promise<void> {
  if (fileIds.length === 0) {
    return
  }
  const rows = await personalization(container).listFiles({ id: fileIds })
  await container.resolve(Modules.FILE).deleteFiles(rows.map((row) => row.storage_id))
  await personalization(container).deleteFiles(fileIds)
}
