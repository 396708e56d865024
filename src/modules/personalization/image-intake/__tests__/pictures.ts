// Pictures for tests, with a folder for what becomes of them.
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import sharp, { type Sharp } from "sharp"

const folders: string[] = []

/** Puts bytes where a received file would lie. */
export async function received(bytes: Buffer): Promise<{ path: string; folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), "personalization-test-"))
  folders.push(folder)
  const file = path.join(folder, "received")
  await writeFile(file, bytes)
  return { path: file, folder }
}

export async function removeReceived(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
}

/** One colour. */
export function plain(width: number, height: number, background = "#c86432"): Sharp {
  return sharp({ create: { width, height, channels: 3, background } })
}

/** Red on the left, blue on the right: a picture that shows how it was turned. */
export async function redAndBlue(width: number, height: number): Promise<Sharp> {
  const blue = await plain(width / 2, height, "#0000ff")
    .png()
    .toBuffer()
  return sharp(
    await plain(width, height, "#ff0000")
      .composite([{ input: blue, left: width / 2, top: 0 }])
      .png()
      .toBuffer()
  )
}

/** A picture that takes its time and its memory: noise of almost 40 megapixels, lying on its side. */
export async function heavyJpeg(): Promise<Buffer> {
  const noise = await sharp({
    create: {
      width: 1825,
      height: 1360,
      channels: 3,
      background: "#888888",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  })
    .png()
    .toBuffer()
  return sharp(noise)
    .resize(7300, 5440, { fit: "fill", kernel: "nearest" })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 85 })
    .toBuffer()
}
