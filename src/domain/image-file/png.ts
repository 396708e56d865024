// The header of a PNG file (W3C PNG, third edition), up to the first byte of its pixels.
import { latin1, type Parser, u32 } from "./byte-reader"
import type { Found } from "./found"

/** The largest size and length (7.1). */
const MAX = 2 ** 31 - 1

/**
 * Reads IHDR (11.2.1) and looks for acTL (11.3.6.1), which an animation has before its pixels. Sizes are told as soon as
 * they are there: what is too large need not be read further.
 */
export function* readPng(isTooLarge: (width: number, height: number) => boolean): Parser<Found> {
  yield { skip: 8 }
  const first = yield { read: 8 }
  const header = yield { read: 13 }
  if (u32(first, 0) !== 13 || latin1(first, 4) !== "IHDR" || header.length < 13) {
    return "broken"
  }
  const [width, height] = [u32(header, 0), u32(header, 4)]
  if (width > MAX || height > MAX) {
    return "broken"
  }
  if (isTooLarge(width, height)) {
    return { width, height, frames: 1 }
  }
  for (;;) {
    // The checksum of the chunk before, then a length and a type.
    yield { skip: 4 }
    const chunk = yield { read: 8 }
    const type = latin1(chunk, 4)
    if (type === "IDAT") {
      return { width, height, frames: 1 }
    }
    if (chunk.length < 8 || type === "IEND" || u32(chunk, 0) > MAX) {
      return "broken"
    }
    if (type === "acTL") {
      const frames = yield { read: 4 }
      return { width, height, frames: Math.max(1, u32(frames, 0)) }
    }
    yield { skip: u32(chunk, 0) }
  }
}
