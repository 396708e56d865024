// Judges a picture by its header while it is still arriving. Pure; a browser can ask before it sends.
import type { Issue } from "../issue"
import { ByteReader, type Parser } from "./byte-reader"
import { readJpeg } from "./jpeg"
import { IMAGE_TYPES, readKind, type ImageType } from "./kind"
import { readPng } from "./png"
import { animatedImage, tooManyPixels, undecodableImage, wrongType } from "./refusals"
import { readWebp } from "./webp"

/** Sizes in pixels as stored, before the file's orientation is applied. */
export type ImageHeader = { mime_type: ImageType; width: number; height: number }

/** What is known so far. A refusal names the fault; its `path` is `["file"]`. */
export type HeaderState =
  { state: "more" } | { state: "image"; header: ImageHeader } | { state: "refused"; issue: Issue }

/** What is known of a file in the end. */
export type Judged = Exclude<HeaderState, { state: "more" }>

const MORE: HeaderState = { state: "more" }

/**
 * Reads a file's type, size and number of frames from bytes that come in pieces of any size, and holds at most 4 kB of
 * them. The type is what the bytes say. Never throws.
 *
 * Refusals: `heic_not_supported`, `svg_not_supported`, `unsupported_image_type`, `too_many_pixels`, `animated_image`,
 * `undecodable_image`.
 */
export class ImageHeaderReader {
  readonly #reader: ByteReader<Judged>

  /** @param max_pixels the most that width x height may be */
  constructor(max_pixels: number) {
    this.#reader = new ByteReader(judge(max_pixels), refused(undecodableImage()))
  }

  /** Takes the next bytes; once something else than `more` is answered it stays so. */
  push(chunk: Uint8Array): HeaderState {
    return this.#reader.push(chunk)?.result ?? MORE
  }

  /** Says that the file ends here. */
  end(): Judged {
    return this.#reader.end().result
  }
}

/** Judges a file that is there as a whole, as `ImageHeaderReader` does. */
export function judgeImage(file: Uint8Array, max_pixels: number): Judged {
  const reader = new ImageHeaderReader(max_pixels)
  const state = reader.push(file)
  return state.state === "more" ? reader.end() : state
}

function* judge(max_pixels: number): Parser<Judged> {
  const kind = yield* readKind()
  const mime_type = IMAGE_TYPES.find((type) => type === kind)
  if (!mime_type) {
    return refused(wrongType(kind))
  }
  const isTooLarge = (width: number, height: number) => width * height > max_pixels
  const found = yield* parserOf(mime_type, isTooLarge)
  if (found === "broken" || found.width === 0 || found.height === 0) {
    return refused(undecodableImage())
  }
  const { width, height, frames } = found
  if (isTooLarge(width, height)) {
    return refused(tooManyPixels(max_pixels, width, height))
  }
  return frames === 1
    ? { state: "image", header: { mime_type, width, height } }
    : refused(animatedImage(frames))
}

function parserOf(mime_type: ImageType, isTooLarge: (width: number, height: number) => boolean) {
  switch (mime_type) {
    case "image/jpeg":
      return readJpeg()
    case "image/png":
      return readPng(isTooLarge)
    case "image/webp":
      return readWebp()
  }
}

function refused(issue: Issue): Judged {
  return { state: "refused", issue }
}
