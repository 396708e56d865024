// Files made by hand for tests: what no encoder would write.
import { deflateSync } from "node:zlib"

const PNG_SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1")

/** CRC-32 as PNG has it (annex D). */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    }
  }
  return (crc ^ 0xffffffff) >>> 0
}

function be32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index))
  return bytes
}

/** A chunk of a PNG with its checksum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data])
  return Buffer.concat([be32(data.length), named, be32(crc32(named))])
}

/** An RGB picture of 8 bits: what its header says, and the rows and columns that it has. */
export function png(
  says: { width: number; height: number },
  has: { width: number; height: number } = { width: 1, height: 1 },
  before: Buffer[] = []
): Buffer {
  const rows = Buffer.alloc(has.height * (1 + 3 * has.width))
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk("IHDR", Buffer.concat([be32(says.width, says.height), Buffer.from([8, 2, 0, 0, 0])])),
    ...before,
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ])
}

/** What makes an animation of a PNG: acTL with a number of frames. */
export function animationControl(frames: number): Buffer {
  return pngChunk("acTL", be32(frames, 0))
}

/** A segment of a JPEG. */
export function jpegSegment(marker: number, data: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(data.length + 2)
  return Buffer.concat([Buffer.from([0xff, marker]), length, data])
}

/** A JPEG up to its frame header. */
export function jpegHeader(width: number, height: number, before: Buffer[] = []): Buffer {
  const frame = Buffer.alloc(15)
  frame[0] = 8
  frame.writeUInt16BE(height, 1)
  frame.writeUInt16BE(width, 3)
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...before, jpegSegment(0xc0, frame)])
}

/** The first box of an ISO media file. */
export function isoFile(major: string, ...compatible: string[]): Buffer {
  const brands = Buffer.from(`ftyp${major}\0\0\0\0${compatible.join("")}`, "latin1")
  return Buffer.concat([be32(brands.length + 4), brands, Buffer.alloc(100)])
}

/** The extended form of a WebP: its flags and canvas, without any picture. */
export function extendedWebp(width: number, height: number, flags: number): Buffer {
  const chunk = Buffer.alloc(18)
  chunk.write("VP8X", "latin1")
  chunk.writeUInt32LE(10, 4)
  chunk[8] = flags
  chunk.writeUIntLE(width - 1, 12, 3)
  chunk.writeUIntLE(height - 1, 15, 3)
  const riff = Buffer.from("RIFF\0\0\0\0WEBP", "latin1")
  riff.writeUInt32LE(4 + chunk.length, 4)
  return Buffer.concat([riff, chunk])
}
