// Puts files into the File Module and keeps a row about each. Bytes stay out of workflow state.
import type { IFileModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createHash, randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
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
  const { kind, mime_type, content } = file
  const filename = randomName(file)
  const { id: storage_id } = await container.resolve(Modules.FILE).createFiles({
    filename,
    mimeType: mime_type,
    content: content.toString("base64"),
    access: "private",
  })
  const sha256 = createHash("sha256").update(content).digest("hex")
  return record(container, { kind, storage_id, filename, mime_type, bytes: content.length, sha256 })
}

/** A file on disk, and what is known of it. */
export type FileOnDisk = Pick<FileRow, "kind" | "mime_type" | "bytes" | "sha256"> & { path: string }

/** As `storeFile`, from disk: the file passes through in pieces. */
export async function storeFileFrom(
  container: MedusaContainer,
  { kind, path, mime_type, bytes, sha256 }: FileOnDisk
): Promise<FileRow> {
  const filename = randomName({ kind, mime_type })
  const files = container.resolve(Modules.FILE)
  const storage_id = await sendFile(files, path, { filename, mimeType: mime_type })
  return record(container, { kind, storage_id, filename, mime_type, bytes, sha256 })
}

async function sendFile(
  files: IFileModuleService,
  path: string,
  as: { filename: string; mimeType: string }
): Promise<string> {
  const upload = await files.getUploadStream({ ...as, access: "private" })
  const source = createReadStream(path)
  try {
    // The stream ends when the provider has taken all bytes, the promise when they are stored.
    const [stored] = await Promise.all([upload.promise, pipeline(source, upload.writeStream)])
    return stored.key
  } catch (error) {
    source.destroy()
    // Some providers keep what came before the failure; that one, not a second, is to be told.
    await files.deleteFiles(upload.fileKey).catch(() => undefined)
    throw error
  }
}

/** A file that nothing knows of would stay for ever. */
async function record(
  container: MedusaContainer,
  file: Pick<FileRow, "kind" | "storage_id" | "filename" | "mime_type" | "bytes" | "sha256">
): Promise<FileRow> {
  return personalization(container)
    .createFiles(file)
    .catch(async (error: unknown) => {
      await container
        .resolve(Modules.FILE)
        .deleteFiles(file.storage_id)
        .catch(() => undefined)
      throw error
    })
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
