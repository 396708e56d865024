// What the renderer is measured against: the same picture by sharp alone, composed in the straightforward way.
import sharp, { type OverlayOptions, type Sharp } from "sharp"
import type { RenderFormat } from "../../../src/domain/rendering/content"

type Box = { left: number; top: number; width: number; height: number }

/** All in pixels of the file, and degrees. */
export type Drawing = {
  width: number
  height: number
  format: RenderFormat
  /** Pixels per inch of a print, which has no background; null for a preview. */
  density: number | null
  photo: { box: Box; zoom: number; rotation: number }
  texts: DrawnText[]
}

export type DrawnText = {
  box: Box
  text: string
  /** Family and weight, as fontconfig knows them. */
  font: string
  weight: number
  size: number
  color: string
  /** Of the circle that the text stands on; null when it is straight. */
  radius: number | null
}

/** Where letters stand, as a share of their frame's height: in a line, and at the apex of a circle. */
const BASELINE = { straight: 0.68, curved: 0.42 }
/** The usual width of a letter, as a share of its size. */
const LETTER_WIDTH = 0.44

/** Composes the layers in one pass and encodes with sharp's own settings. */
export async function compose(
  drawing: Drawing,
  background: Buffer,
  upload: Buffer
): Promise<Buffer> {
  const { width, height, density, format } = drawing
  const layers = [await photoLayer(drawing, upload), ...drawing.texts.map(textLayer)]
  const base =
    density === null
      ? sharp(background).resize(width, height)
      : sharp({
          create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
        }).withDensity(density)
  return encoded(base.composite(layers), format).toBuffer()
}

function encoded(image: Sharp, format: RenderFormat): Sharp {
  return format === "png" ? image.png() : image.webp()
}

/** Scaled to cover its box, turned, cut to the box and masked by its ellipse. */
async function photoLayer({ photo }: Drawing, upload: Buffer): Promise<OverlayOptions> {
  const { box, zoom, rotation } = photo
  const side = Math.round(box.width * zoom)
  const radians = (rotation * Math.PI) / 180
  const turned = side * (Math.abs(Math.cos(radians)) + Math.abs(Math.sin(radians)))
  const mask =
    `<svg width="${box.width}" height="${box.height}">` +
    `<ellipse cx="50%" cy="50%" rx="50%" ry="50%"/></svg>`
  const { data, info } = await sharp(upload)
    .resize(side, side)
    .rotate(rotation, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .extract({
      left: Math.round((turned - box.width) / 2),
      top: Math.round((turned - box.height) / 2),
      width: box.width,
      height: box.height,
    })
    .composite([{ input: Buffer.from(mask), blend: "dest-in" }])
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { input: data, raw: rawOf(info), left: box.left, top: box.top }
}

// What else sharp says of its pixels must not be handed back: it would take straight colours for multiplied ones.
function rawOf({ width, height, channels }: sharp.OutputInfo) {
  return { width, height, channels }
}

function textLayer(text: DrawnText): OverlayOptions {
  const { box, font, weight, size, color, radius } = text
  const letters = radius === null ? straight(text) : curved(text, radius)
  const svg =
    `<svg width="${box.width}" height="${box.height}">` +
    `<g font-family="${font}" font-weight="${weight}" font-size="${size}" fill="${color}" text-anchor="middle">` +
    `${letters}</g></svg>`
  return { input: Buffer.from(svg), left: box.left, top: box.top }
}

function straight({ box, text }: DrawnText): string {
  return `<text x="${box.width / 2}" y="${box.height * BASELINE.straight}">${text}</text>`
}

/** librsvg has no text on a path: each letter is turned by itself. */
function curved({ box, text, size }: DrawnText, radius: number): string {
  const [x, y] = [box.width / 2, box.height * BASELINE.curved + radius]
  const step = ((size * LETTER_WIDTH) / radius) * (180 / Math.PI)
  return [...text]
    .map((letter, index) => {
      const angle = (index - (text.length - 1) / 2) * step
      return `<text transform="translate(${x} ${y}) rotate(${angle})" y="${-radius}">${letter}</text>`
    })
    .join("")
}
