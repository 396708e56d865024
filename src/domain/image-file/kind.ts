// What a file is, by its first bytes: the three types of picture that we take, and others so that they can be named.
import { latin1, type Parser, u32 } from "./byte-reader"

/** The types that can be uploaded. */
export const IMAGE_TYPES = ["image/jpeg", "image/png", "image/webp"] as const
export type ImageType = (typeof IMAGE_TYPES)[number]

/** A file's MIME type by its bytes, null for what we do not know. */
export type FileKind = string | null

/** Enough for all signatures but the brands of ISO media files and the words of markup. */
const SIGNATURE_BYTES = 12
/** The most of an ISO file's first box, and of a text, that is looked at. */
const BRAND_BYTES = 256
const TEXT_BYTES = 4096

/** Signatures at the file's beginning, as characters of the bytes' numbers. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  // JPEG, ITU-T T.81, B.1.1.2: SOI, then another marker.
  ["\xff\xd8\xff", "image/jpeg"],
  // PNG, third edition, 5.2.
  ["\x89PNG\r\n\x1a\n", "image/png"],
  ["GIF87a", "image/gif"],
  ["GIF89a", "image/gif"],
  // TIFF 6.0, section 2; most cameras' raw files are TIFF files too.
  ["II*\0", "image/tiff"],
  ["MM\0*", "image/tiff"],
  ["BM", "image/bmp"],
  ["\0\0\x01\0", "image/vnd.microsoft.icon"],
  ["8BPS", "image/vnd.adobe.photoshop"],
  ["%PDF-", "application/pdf"],
  ["%!PS", "application/postscript"],
  ["\xff\x0a", "image/jxl"],
  ["\0\0\0\x0cJXL ", "image/jxl"],
  ["\0\0\0\x0cjP  ", "image/jp2"],
  ["\x1f\x8b", "application/gzip"],
  ["PK\x03\x04", "application/zip"],
]

/** Brands of the HEIF family (ISO/IEC 23008-12, 10; AV1 Image File Format, 2.1 for the first two). */
const AVIF_BRANDS = ["avif", "avis"]
const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1"]

/** Tells the kind of a file; what was looked at is still to be read. */
export function* readKind(): Parser<FileKind> {
  const first = yield { peek: SIGNATURE_BYTES }
  const text = latin1(first)
  const known = SIGNATURES.find(([signature]) => text.startsWith(signature))
  if (known) {
    return known[1]
  }
  // RFC 9649, 2.4.
  if (text.startsWith("RIFF") && text.slice(8) === "WEBP") {
    return "image/webp"
  }
  if (text.slice(4, 8) === "ftyp") {
    const size = Math.min(Math.max(u32(first, 0), SIGNATURE_BYTES), BRAND_BYTES)
    return isoKind(latin1(yield { peek: size }))
  }
  if (/^(?:\xef\xbb\xbf)?\s*</.test(text) || /^(?:\xff\xfe|\xfe\xff)/.test(text)) {
    return markupKind(latin1(yield { peek: TEXT_BYTES }))
  }
  return null
}

/** An ISO base media file (ISO/IEC 14496-12, 4.3): the major brand counts most, then the compatible ones. */
function isoKind(box: string): FileKind {
  const major = box.slice(8, 12)
  const compatible = box.slice(16).match(/[\s\S]{4}/g) ?? []
  const isAvif = (brand: string) => AVIF_BRANDS.includes(brand)
  const isHeic = (brand: string) => HEIC_BRANDS.includes(brand)
  if (isAvif(major) || (isHeic(major) && compatible.some(isAvif))) {
    return "image/avif"
  }
  return isHeic(major) || compatible.some(isHeic) ? "image/heic" : "video/mp4"
}

function markupKind(bytes: string): FileKind {
  // UTF-16 of what is asked for here is Latin letters with zero bytes between them.
  const text = bytes.replaceAll("\0", "")
  if (/<svg[\s>:]|<!doctype\s+svg/i.test(text)) {
    return "image/svg+xml"
  }
  if (/<!doctype\s+html|<(?:html|head|body|script)[\s>]/i.test(text)) {
    return "text/html"
  }
  return /^\W*<\?xml/i.test(text) ? "application/xml" : null
}
