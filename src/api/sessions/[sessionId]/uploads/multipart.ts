// Reads a multipart upload with hard limits on its bytes, files and fields.
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import multer, { MulterError } from "multer"
import { AppError, invalidField } from "../../../../lib/errors"

/** Reads the fields `file` and `zone`, in any order. @throws AppError 400 naming the field and the limit. */
export async function readUpload(
  req: MedusaRequest,
  res: MedusaResponse,
  maxBytes: number
): Promise<{ file: Buffer; zone: string }> {
  if (!req.is("multipart/form-data")) {
    throw new AppError(
      "unsupported_media_type",
      "unsupported_media_type",
      "The image must be sent as multipart/form-data."
    )
  }
  const receive = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxBytes, files: 1, fields: 4, fieldSize: 1024, parts: 6 },
  }).single("file")
  await new Promise<void>((resolve, reject) => {
    receive(req, res, (error: unknown) => (error ? reject(refusal(error, maxBytes)) : resolve()))
  })
  const body = req.body as Record<string, unknown> | undefined
  if (!req.file) {
    throw invalidField(["file"], "file_missing", "Send the image as the multipart field file.")
  }
  if (typeof body?.zone !== "string" || body.zone === "") {
    throw invalidField(["zone"], "zone_missing", "Name the image's zone in the field zone.")
  }
  return { file: req.file.buffer, zone: body.zone }
}

function refusal(error: unknown, maxBytes: number): Error {
  if (error instanceof MulterError && error.code === "LIMIT_FILE_SIZE") {
    return invalidField(
      ["file"],
      "file_too_large",
      `The file may have ${maxBytes} bytes at most.`,
      {
        max_bytes: maxBytes,
      }
    )
  }
  return invalidField(
    ["body"],
    "malformed_multipart",
    "The body is not the multipart form asked for."
  )
}
