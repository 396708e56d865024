// @ts-check
// The walk's photo, and how it is found again in a preview.
import sharp from "sharp"

/** The photo is two flat colours that no product and no palette has, so that they can be counted. */
const SKY = { r: 209, g: 0, b: 111 }
const SUN = { r: 255, g: 210, b: 0 }
/** How far a pixel's channels may be from a colour: lossy encoding and edges move them a little. */
const TOLERANCE = 24

/** @returns {Promise<Buffer>} a JPEG of 1600 x 1600 pixels */
export async function makePhoto() {
  const sun = `<svg width="1600" height="1600"><circle cx="800" cy="800" r="420" fill="rgb(${SUN.r},${SUN.g},${SUN.b})"/></svg>`
  return sharp({ create: { width: 1600, height: 1600, channels: 3, background: SKY } })
    .composite([{ input: Buffer.from(sun) }])
    .jpeg({ quality: 92 })
    .toBuffer()
}

/**
 * Counts what a preview shows.
 * @param {Buffer} image
 * @param {string} ink the text's colour, `#rrggbb`
 * @returns {Promise<{ width: number, height: number, sky: number, sun: number, ink: number }>} pixels of each colour
 */
export async function inspectPreview(image, ink) {
  const { data, info } = await sharp(image)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const inkColor = {
    r: parseInt(ink.slice(1, 3), 16),
    g: parseInt(ink.slice(3, 5), 16),
    b: parseInt(ink.slice(5, 7), 16),
  }
  const counts = { sky: 0, sun: 0, ink: 0 }
  for (let at = 0; at < data.length; at += 3) {
    counts.sky += near(data, at, SKY)
    counts.sun += near(data, at, SUN)
    counts.ink += near(data, at, inkColor)
  }
  return { width: info.width, height: info.height, ...counts }
}

/** @param {Buffer} data @param {number} at @param {{ r: number, g: number, b: number }} color */
function near(data, at, { r, g, b }) {
  return Math.abs((data[at] ?? 0) - r) <= TOLERANCE &&
    Math.abs((data[at + 1] ?? 0) - g) <= TOLERANCE &&
    Math.abs((data[at + 2] ?? 0) - b) <= TOLERANCE
    ? 1
    : 0
}
