// Why a file is refused, in words that say what to do instead.
import type { Issue } from "../issue"
import { IMAGE_TYPES, type FileKind } from "./kind"

/** Names of kinds for people. */
const NAMES: Record<string, string> = {
  "image/avif": "an AVIF picture",
  "image/jxl": "a JPEG XL picture",
  "image/jp2": "a JPEG 2000 picture",
  "image/gif": "a GIF picture",
  "image/tiff": "a TIFF picture or a camera's raw file",
  "image/bmp": "a BMP picture",
  "image/vnd.microsoft.icon": "an icon",
  "image/vnd.adobe.photoshop": "a Photoshop document",
  "application/pdf": "a PDF document",
  "application/postscript": "a PostScript document",
  "application/gzip": "a compressed file",
  "application/zip": "an archive",
  "application/xml": "an XML document",
  "text/html": "an HTML document",
  "video/mp4": "a video",
}

/** A fault of the file that was sent. */
export function fileIssue(code: string, message: string, params?: Record<string, unknown>): Issue {
  return { path: ["file"], code, message, ...(params ? { params } : {}) }
}

/** `heic_not_supported`, `svg_not_supported` or `unsupported_image_type`; `params` have the types that are taken. */
export function wrongType(detected: FileKind): Issue {
  const params = { allowed: IMAGE_TYPES, ...(detected === null ? {} : { detected }) }
  switch (detected) {
    case "image/heic":
      return fileIssue(
        "heic_not_supported",
        "HEIC photos cannot be used. Send the photo as JPEG: an iPhone takes JPEG photos with Settings, Camera, Formats, Most Compatible, and exports others as JPEG.",
        params
      )
    case "image/svg+xml":
      return fileIssue(
        "svg_not_supported",
        "SVG drawings cannot be used. Export the drawing as PNG, as large as it will be printed.",
        params
      )
    default: {
      const named = detected === null ? undefined : NAMES[detected]
      return fileIssue(
        "unsupported_image_type",
        `The file must be a JPEG, PNG or WebP image${named ? `; it is ${named}` : ""}.`,
        params
      )
    }
  }
}

/** `too_many_pixels`. */
export function tooManyPixels(max_pixels: number, width: number, height: number): Issue {
  return fileIssue(
    "too_many_pixels",
    `The image may have at most ${max_pixels} pixels; it has ${width} x ${height}.`,
    { max_pixels, width, height }
  )
}

/** `animated_image`; `frames` where the file counts them. */
export function animatedImage(frames: number | "several"): Issue {
  return fileIssue("animated_image", "The image must be a still one, with a single frame.", {
    max_frames: 1,
    ...(frames === "several" ? {} : { frames }),
  })
}

/** `undecodable_image`: broken, cut off, or not what its header says. */
export function undecodableImage(): Issue {
  return fileIssue("undecodable_image", "The file cannot be decoded as an image.")
}

/** `polyglot_file`: a picture that is a web page too. */
export function polyglotFile(): Issue {
  return fileIssue(
    "polyglot_file",
    "The file holds an HTML document besides the image. Save the image again in an image editor and send that."
  )
}
