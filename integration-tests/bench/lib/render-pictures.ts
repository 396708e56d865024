// Pictures that compress and decode like photographs: soft colours, some texture, the grain of a sensor. Always the same.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { createHash } from "node:crypto"
import { tmpdir } from "node:os"
import path from "node:path"
import sharp from "sharp"
import { cleanImage } from "../../../src/modules/personalization/image-intake/clean-image"
import type { ImageFile } from "../../../src/modules/personalization/image-intake/protocol"

/** A file with what a plan has to know of it. Sizes in pixels. */
export type Picture = { data: Buffer; width: number; height: number; sha256: string }

/** Cells across, and their share of the picture. */
const LAYERS = [
  { cells: 8, share: 0.75 },
  { cells: 48, share: 0.2 },
  { cells: 320, share: 0.05 },
] as const
/** Of 255: the most that a pixel's brightness is off, as in good light. */
const GRAIN = 4
/** Pixels over which a cut-out fades to nothing. */
const FEATHER = 40
const MAX_PIXELS = 100_000_000

/** A square photograph as a JPEG of a camera's quality. */
export async function photo(side: number): Promise<Picture> {
  const pixels = await photograph(side, 1)
  const image = sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
  return described(await image.jpeg({ quality: 88 }).toBuffer(), side)
}

/** A photograph that was cut out along a circle with a soft edge, as a PNG with transparency. */
export async function cutOut(side: number): Promise<Picture> {
  const pixels = await photograph(side, 2)
  const middle = (side - 1) / 2
  const straight = Buffer.alloc(side * side * 4)
  for (let at = 0; at < side * side; at++) {
    const distance = Math.hypot((at % side) - middle, Math.floor(at / side) - middle)
    const alpha = Math.min(1, Math.max(0, (side / 2 - distance) / FEATHER))
    straight.set(pixels.subarray(at * 3, at * 3 + 3), at * 4)
    straight[at * 4 + 3] = Math.round(alpha * 255)
  }
  const image = sharp(straight, { raw: { width: side, height: side, channels: 4 } })
  return described(await image.png().toBuffer(), side)
}

/** What the shop keeps of a visitor's file: the cleaned original for prints, and the proxy for previews. */
export async function asUploaded(file: Buffer): Promise<Record<"original" | "proxy", Picture>> {
  const folder = await mkdtemp(path.join(tmpdir(), "personalization-bench-upload-"))
  try {
    const received = path.join(folder, "received")
    await writeFile(received, file)
    const outcome = await cleanImage({ path: received, folder, max_pixels: MAX_PIXELS })
    if (!("image" in outcome)) {
      throw new Error(`The picture is refused: ${JSON.stringify(outcome)}`)
    }
    const { original, proxy } = outcome.image
    return { original: await kept(original), proxy: await kept(proxy) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function kept({ path: file, width, height, sha256 }: ImageFile): Promise<Picture> {
  return { data: await readFile(file), width, height, sha256 }
}

function described(data: Buffer, side: number): Picture {
  const sha256 = createHash("sha256").update(data).digest("hex")
  return { data, width: side, height: side, sha256 }
}

/** Straight RGB pixels. */
async function photograph(side: number, seed: number): Promise<Buffer> {
  const random = randomNumbers(seed)
  const layers: { pixels: Buffer; share: number }[] = []
  for (const { cells, share } of LAYERS) {
    layers.push({ pixels: await clouds(side, cells, random), share })
  }
  const mixed = Buffer.alloc(side * side * 3)
  for (let at = 0; at < mixed.length; at += 3) {
    const grain = (random() + random() - 1) * GRAIN
    for (let channel = at; channel < at + 3; channel++) {
      const value = layers.reduce((sum, each) => sum + (each.pixels[channel] ?? 0) * each.share, 0)
      mixed[channel] = Math.min(255, Math.max(0, value + grain))
    }
  }
  return mixed
}

/** Random colours on a grid, and every shade between them. */
function clouds(side: number, cells: number, random: () => number): Promise<Buffer> {
  const grid = Buffer.from(Array.from({ length: cells * cells * 3 }, () => random() * 256))
  return sharp(grid, { raw: { width: cells, height: cells, channels: 3 } })
    .resize(side, side, { kernel: "cubic" })
    .raw()
    .toBuffer()
}

/** Numbers from 0 up to 1, by Marsaglia's xorshift: a bench compares the same pictures each time. */
function randomNumbers(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
