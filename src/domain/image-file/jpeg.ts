// The header of a JPEG file (ITU-T T.81, annex B; JFIF and Exif are segments of it).
import { type Parser, u16 } from "./byte-reader"
import type { Found } from "./found"

/** Markers (T.81, table B.1) by their second byte. */
const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const TEM = 0x01
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7
/** C0 to CF but DHT, JPG and DAC. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Passes the segments up to the frame header, which has the size (B.2.2). */
export function* readJpeg(): Parser<Found> {
  yield { skip: 2 }
  for (;;) {
    // Any number of fill bytes may stand before a marker (B.1.1.2); decoders pass over stray bytes between segments too.
    yield { seek: 0xff }
    const pair = yield { read: 2 }
    let marker = pair[1]
    while (marker === 0xff) {
      marker = (yield { read: 1 })[0]
    }
    if (marker === undefined || marker === SOI || marker === EOI || marker === SOS) {
      return "broken"
    }
    if (marker === 0 || marker === TEM || isRestart(marker)) {
      continue
    }
    const length = yield { read: 2 }
    const left = u16(length, 0) - 2
    if (length.length < 2 || left < 0) {
      return "broken"
    }
    if (!isFrame(marker)) {
      yield { skip: left }
      continue
    }
    const frame = yield { read: 5 }
    // A height of 0 means that it follows after the first scan (B.2.5), which no common decoder reads.
    return frame.length < 5 ? "broken" : { width: u16(frame, 3), height: u16(frame, 1), frames: 1 }
  }
}
