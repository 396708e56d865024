// Whether a PNG has the pixels that its header speaks of, and no others. Decoders stop at the last row they expect.
import { createInflate } from "node:zlib"
import { pipeline } from "node:stream/promises"
import { Readable } from "node:stream"

/** Samples per pixel by colour type (W3C PNG, third edition, table 12). */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
/** Adam7 (8.2): where each pass starts and how far its pixels lie apart, for columns and rows. */
const PASSES = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const
const WHOLE = [[0, 1, 0, 1]] as const
const SIGNATURE_BYTES = 8

/**
 * True when the compressed data holds at least one row more than the header says. Too few rows are for the decoder to
 * find; a few odd bytes at the end, which some encoders write, are let be. The work is bounded by the header's size.
 * @param png a file whose header was read already
 */
export async function hasMoreRows(png: Buffer): Promise<boolean> {
  const header = png.subarray(16, 29)
  const { row, total } = expectedBytes(header)
  let size = 0
  const counted = pipeline(Readable.from(dataChunks(png)), createInflate(), async (inflated) => {
    for await (const part of inflated as AsyncIterable<Buffer>) {
      size += part.length
      if (size >= total + row) {
        return
      }
    }
  })
  // Whatever else is wrong with the data, the decoder says.
  await counted.catch(() => undefined)
  return size >= total + row
}

/** Bytes of a full row, and of all rows, filter bytes included (7.2, 9.2). */
function expectedBytes(header: Buffer): { row: number; total: number } {
  const bits = (header[8] ?? 0) * (SAMPLES[header[9] ?? 0] ?? 0)
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const rowOf = (pixels: number) => (pixels === 0 ? 0 : 1 + Math.ceil((pixels * bits) / 8))
  let total = 0
  for (const [left, across, top, down] of header[12] === 1 ? PASSES : WHOLE) {
    const columns = Math.max(0, Math.ceil((width - left) / across))
    const rows = Math.max(0, Math.ceil((height - top) / down))
    total += columns > 0 ? rows * rowOf(columns) : 0
  }
  return { row: rowOf(width), total }
}

/** The contents of the IDAT chunks. */
function* dataChunks(png: Buffer): Generator<Buffer> {
  for (let at = SIGNATURE_BYTES; at + 8 <= png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") {
      yield png.subarray(at + 8, at + 8 + length)
    }
    at += 12 + length
  }
}
