// What is asked of a decoding process and what it answers. Pixels never pass through: both ends know the files.
import type { Issue } from "../../../domain/issue"
import type { ImageType } from "../../../domain/image-file/kind"

export type DecodeJob = {
  /** The file as it was received. */
  path: string
  /** Where the results go. */
  folder: string
  max_pixels: number
}

/** An image file that was written. Sizes in pixels. */
export type ImageFile = {
  path: string
  mime_type: ImageType
  width: number
  height: number
  bytes: number
  /** In hex. */
  sha256: string
}

/** An upload that is safe to keep: upright, in sRGB, without metadata; and a smaller copy for previews. */
export type CleanImage = { original: ImageFile; proxy: ImageFile }

/** `out_of_memory`: the decoder was denied what it asked for. */
export type DecodeOutcome =
  { image: CleanImage } | { issue: Issue } | { fault: "out_of_memory"; message: string }
