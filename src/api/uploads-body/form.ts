// Reads the multipart form of an upload with hard limits on its bytes, parts and time.
import busboy from "busboy"
import type { IncomingMessage } from "node:http"
import path from "node:path"
import type { AppError } from "../../lib/errors"
import type { UploadOptions } from "../../lib/upload-options"
import {
  aborted,
  fileTooLarge,
  malformed,
  missing,
  repeatedField,
  tooSlow,
  unknownField,
} from "./faults"
import { keepFile, type FilePart } from "./file-part"

export type Form = { file: FilePart; zone: string }

/** What a form may have around its file: boundaries, headers, the zone. */
export const ENVELOPE_BYTES = 65_536
const LIMITS = { files: 2, fields: 4, parts: 8, fieldSize: 1024, headerPairs: 32 }

/**
 * Reads the fields `file` and `zone`, in any order, and writes the file into the folder. Reading stops with the first
 * fault; what is left of the body is the caller's.
 * @throws AppError 400
 */
export async function readForm(
  req: IncomingMessage,
  folder: string,
  options: UploadOptions
): Promise<Form> {
  const form = openForm(req)
  const found: { file?: Promise<FilePart | null>; zone?: string } = {}
  const watch: { stop(): void }[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      watch.push(watchTime(req, options, reject), watchBytes(req, options, reject))
      form.on("file", (name, stream) => {
        const fault =
          name !== "file" ? unknownField(name ?? "") : found.file && repeatedField("file")
        if (fault) {
          stream.on("error", () => undefined)
          reject(fault)
          return
        }
        found.file = keepFile(stream, path.join(folder, "received"), options)
        found.file.catch(reject)
      })
      form.on("field", (name, value, { valueTruncated }) => {
        if (name === "file") {
          // A text field of this name, as a form without its enctype sends it.
          reject(missing({ file: true, zone: false }))
        } else if (name !== "zone") {
          reject(unknownField(name ?? ""))
        } else if (found.zone !== undefined || valueTruncated) {
          reject(valueTruncated ? malformed() : repeatedField("zone"))
        } else {
          found.zone = value
        }
      })
      for (const limit of ["filesLimit", "fieldsLimit", "partsLimit"] as const) {
        form.on(limit, () => reject(malformed()))
      }
      form.on("error", () => reject(malformed()))
      form.on("close", resolve)
      req.once("close", () => {
        if (!req.complete) {
          reject(aborted())
        }
      })
      req.pipe(form)
    })
    const file = await found.file
    const { zone } = found
    if (!file || !zone) {
      throw missing({ file: !file, zone: !zone })
    }
    return { file, zone }
  } finally {
    watch.forEach((one) => one.stop())
    req.unpipe(form)
    form.destroy()
    // The folder can go when nobody writes into it any more.
    await found.file?.catch(() => undefined)
  }
}

function openForm(req: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: req.headers, limits: LIMITS, defParamCharset: "utf8" })
  } catch {
    // No boundary.
    throw malformed()
  }
}

/** A body that pauses, or that comes drop by drop, holds a place that somebody else could have. */
function watchTime(
  req: IncomingMessage,
  { idle_timeout_ms, receive_deadline_ms }: UploadOptions,
  refuse: (error: AppError) => void
): { stop(): void } {
  const idle = setTimeout(() => refuse(tooSlow({ idle_timeout_ms })), idle_timeout_ms)
  const deadline = setTimeout(() => refuse(tooSlow({ receive_deadline_ms })), receive_deadline_ms)
  const onData = () => idle.refresh()
  req.on("data", onData)
  return {
    stop: () => {
      req.off("data", onData)
      clearTimeout(idle)
      clearTimeout(deadline)
    },
  }
}

/** The whole body is counted too: what stands between and around the parts is not the file's. */
function watchBytes(
  req: IncomingMessage,
  options: UploadOptions,
  refuse: (error: AppError) => void
): { stop(): void } {
  let received = 0
  const onData = (chunk: Buffer) => {
    received += chunk.length
    if (received > options.max_bytes + ENVELOPE_BYTES) {
      refuse(fileTooLarge(options))
    }
  }
  req.on("data", onData)
  return { stop: () => void req.off("data", onData) }
}
