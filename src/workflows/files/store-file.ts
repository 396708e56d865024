// Puts bytes into the File Module and keeps a row about them. Bytes stay out of workflow state.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createHash, randomUUID } from "node:crypto"
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
  const filename = `${file.kind}-${randomUUID()}.${EXTENSIONS[file.mime_type] ?? "bin"}`
  const stored = await container.resolve(Modules.FILE).createFiles({
    filename,
    mimeType: file.mime_type,
    content: file.content.toString("base64"),
    access: "private",
  })
  return personalization(container).createFiles({
    kind: file.kind,
    storage_id: stored.id,
    filename,
    mime_type: file.mime_type,
    bytes: file.content.length,
    sha256: createHash("sha256").update(file.content).digest("hex"),
  })
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
