// What may be wrong with the body of an upload, apart from its picture.
import { fileIssue } from "../../domain/image-file/refusals"
import { AppError, invalid, invalidField } from "../../lib/errors"
import type { UploadOptions } from "../../lib/upload-options"

/** The longest name of a field that is repeated to the caller. */
const NAME_LENGTH = 64

export function unsupportedMediaType(): AppError {
  return new AppError(
    "unsupported_media_type",
    "unsupported_media_type",
    "The image must be sent as multipart/form-data."
  )
}

export function malformed(): AppError {
  return invalidField(
    ["body"],
    "malformed_multipart",
    "The body is not the multipart form asked for."
  )
}

export function fileTooLarge({ max_bytes }: Pick<UploadOptions, "max_bytes">): AppError {
  const message = `The file may have ${max_bytes} bytes at most.`
  return invalid([fileIssue("file_too_large", message, { max_bytes })], "file_too_large")
}

/** @param limit the one that was crossed, in milliseconds */
export function tooSlow(
  limit: Partial<Pick<UploadOptions, "idle_timeout_ms" | "receive_deadline_ms">>
): AppError {
  const message =
    "The upload came too slowly. Try again with a smaller file or a better connection."
  return invalid([fileIssue("upload_too_slow", message, limit)], "upload_too_slow")
}

/** Nobody reads it: the connection is gone. */
export function aborted(): AppError {
  return invalid([fileIssue("upload_aborted", "The upload was broken off.")], "upload_aborted")
}

export function busy(): AppError {
  return new AppError("unavailable", "uploads_busy", "The server is busy; try again.", {
    headers: { "Retry-After": "2" },
  })
}

export function unknownField(name: string): AppError {
  const shown = name.slice(0, NAME_LENGTH)
  return invalidField([shown], "unknown_field", `${shown} is not a known field.`)
}

/** One request brings one image for one zone. */
export function repeatedField(name: "file" | "zone"): AppError {
  return invalidField([name], "repeated_field", `The field ${name} may come only once.`)
}

/** What the form lacks, all of it at once. */
export function missing({ file, zone }: { file: boolean; zone: boolean }): AppError {
  return invalid(
    [
      file
        ? fileIssue("file_missing", "Send the image as the multipart field file, with a file name.")
        : [],
      zone
        ? {
            path: ["zone"],
            code: "zone_missing",
            message: "Name the image's zone in the field zone.",
          }
        : [],
    ].flat(),
    file ? "file_missing" : "zone_missing"
  )
}
