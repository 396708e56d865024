// Sends images to sessions, whole or byte by byte, and looks at what was kept of them.
import { connect } from "node:net"
import { readdir } from "node:fs/promises"
import { BOUNDARY, Client } from "../../src/api/uploads-body/__tests__/receiver"
import type { UploadOptions } from "../../src/lib/upload-options"
import { personalization } from "../../src/workflows/services"
import type { TestStore } from "../helpers/runner"
import type { Fault, Reply, TestVisitor } from "./visitor"

export type UploadReply = Fault & {
  upload: {
    id: string
    url: string
    mime_type: string
    width: number
    height: number
    bytes: number
    effective_dpi: number
    warnings: { path: string; code: string }[]
  }
}

/** Sends a file as a browser does. */
export function sendImage(
  visitor: TestVisitor,
  session: string,
  file: Buffer,
  { zone = "photo", name = "photo.png" } = {}
): Promise<Reply<UploadReply>> {
  const body = new FormData()
  body.append("zone", zone)
  body.append("file", new Blob([new Uint8Array(file)]), name)
  return visitor.call("POST", `/sessions/${session}/uploads`, body)
}

/** Opens a connection of its own and sends the head of an upload. */
export function openUpload(
  store: TestStore,
  visitor: TestVisitor,
  session: string,
  headers: Record<string, string | number>
): Client {
  const { port } = new URL(store.url("/"))
  const lines = Object.entries({
    Host: `127.0.0.1:${port}`,
    "X-Session-Key": visitor.key,
    "Content-Type": `multipart/form-data; boundary=${BOUNDARY}`,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Client(
    connect(Number(port), "127.0.0.1"),
    `POST /sessions/${session}/uploads HTTP/1.1\r\n${lines.join("")}\r\n`
  )
}

/** What is kept of uploads: rows, rows of files, and files on disk. */
export async function keptOf(
  store: TestStore
): Promise<Record<"uploads" | "rows" | "files", number>> {
  const service = personalization(store.getContainer())
  const [, uploads] = await service.listAndCountUploads({})
  const [, rows] = await service.listAndCountFiles({ kind: ["upload", "upload_proxy"] })
  const names = await readdir(process.env.FILES_DIR ?? "")
  return { uploads, rows, files: names.filter((name) => name.includes("upload")).length }
}

/** Runs with other limits of uploads, and puts them back. */
export async function withUploadOptions<T>(
  store: TestStore,
  options: Partial<UploadOptions>,
  work: () => Promise<T>
): Promise<T> {
  const { uploads } = personalization(store.getContainer()).options
  const before = { ...uploads }
  Object.assign(uploads, options)
  try {
    return await work()
  } finally {
    Object.assign(uploads, before)
  }
}
