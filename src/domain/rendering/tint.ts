// Multiplies a picture with a colour: how one photo of a white product becomes a product of any colour.

/**
 * Changes straight RGBA pixels in place; alpha stays, so edges and shadows keep their shape.
 *
 * @param color `#rrggbb`
 */
export function tintPixels(pixels: Uint8Array | Uint8ClampedArray, color: string): void {
  const value = Number.parseInt(color.slice(1), 16)
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255].map((channel) =>
    Uint8Array.from({ length: 256 }, (_, level) => Math.round((level * channel) / 255))
  )
  if (!red || !green || !blue) {
    return
  }
  for (let at = 0; at < pixels.length; at += 4) {
    pixels[at] = red[pixels[at] ?? 0] ?? 0
    pixels[at + 1] = green[pixels[at + 1] ?? 0] ?? 0
    pixels[at + 2] = blue[pixels[at + 2] ?? 0] ?? 0
  }
}
