// The catalog's pictures by key, and their rasterisation.
import sharp from "sharp"
import { mugListing, phoneCaseListing, posterListing, tShirtListing } from "./listing"
import { mug } from "./mug"
import { phoneCase } from "./phone-case"
import { poster } from "./poster"
import type { Drawing } from "./svg"
import { tShirtBack, tShirtFront } from "./t-shirt"

/** Pictures by asset key, drawn when asked for. Those for templates that get tinted are transparent outside of the product. */
export const PICTURES = {
  "t-shirt-front": tShirtFront,
  "t-shirt-back": tShirtBack,
  "t-shirt-listing": tShirtListing,
  "mug-front": () => mug("right"),
  "mug-back": () => mug("left"),
  "mug-listing": mugListing,
  "poster-sheet": () => poster(),
  "poster-sheet-black": () => poster("black"),
  "poster-sheet-oak": () => poster("oak"),
  "poster-listing": posterListing,
  "phone-case-back": () => phoneCase(),
  "phone-case-listing": phoneCaseListing,
} as const satisfies Record<string, () => Drawing>

export type PictureKey = keyof typeof PICTURES

/**
 * A picture as a WebP file of the drawing's size, one pixel per unit, with its transparency.
 * A tenth of the same PNG's bytes, and quicker to decode for every preview.
 */
export async function rasterise(key: PictureKey): Promise<Buffer> {
  const { svg } = PICTURES[key]()
  return sharp(Buffer.from(svg)).webp({ quality: 92, alphaQuality: 100, effort: 2 }).toBuffer()
}
