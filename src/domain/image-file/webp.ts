// The header of a WebP file (RFC 9649; the frame header of VP8 is RFC 6386, 9.1).
import { latin1, little, type Parser } from "./byte-reader"
import type { Found } from "./found"

const ANIMATION = 0x02
/** Widths and heights of a frame have 14 bits. */
const SIZE_MASK = 0x3fff

/** Reads the first chunk, which says it all: a lossy or lossless picture, or the extended form's flags and canvas. */
export function* readWebp(): Parser<Found> {
  yield { skip: 12 }
  const chunk = yield { read: 8 }
  switch (latin1(chunk, 0, 4)) {
    case "VP8 ": {
      const frame = yield { read: 10 }
      const isKeyFrame = ((frame[0] ?? 1) & 1) === 0
      if (frame.length < 10 || !isKeyFrame || latin1(frame, 3, 6) !== "\x9d\x01\x2a") {
        return "broken"
      }
      return {
        width: little(frame, 6, 2) & SIZE_MASK,
        height: little(frame, 8, 2) & SIZE_MASK,
        frames: 1,
      }
    }
    case "VP8L": {
      const bits = yield { read: 5 }
      if (bits.length < 5 || bits[0] !== 0x2f) {
        return "broken"
      }
      const packed = little(bits, 1, 4)
      return {
        width: (packed & SIZE_MASK) + 1,
        height: ((packed >>> 14) & SIZE_MASK) + 1,
        frames: 1,
      }
    }
    case "VP8X": {
      const extended = yield { read: 10 }
      if (extended.length < 10) {
        return "broken"
      }
      return {
        width: little(extended, 4, 3) + 1,
        height: little(extended, 7, 3) + 1,
        // How many frames there are is only known at the end; no more are needed to refuse it.
        frames: ((extended[0] ?? 0) & ANIMATION) === 0 ? 1 : "several",
      }
    }
    default:
      return "broken"
  }
}
