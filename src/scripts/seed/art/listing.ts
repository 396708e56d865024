// The pictures that stand in the shop's list: each product with a sample design, in a scene.
import { abstractShapes, moonlitWaves, mountainBadge, sleepingCat } from "./motifs"
import { mug } from "./mug"
import { CASE, CASE_PANEL, phoneCaseDefs, phoneCaseMarkup } from "./phone-case"
import { poster, SHEET } from "./poster"
import { blur, drawing, linear, radial, type Drawing } from "./svg"
import { tShirtDefs, tShirtFrontMarkup, T_SHIRT_OUTLINE } from "./t-shirt"

const SIZE = 1200

/** A navy t-shirt with a badge on its chest. */
export function tShirtListing(): Drawing {
  const defs = tShirtDefs() + backdropDefs("#f7ede1", "#e2cdb4") + blur("fallen", 20, 0.1)
  const body =
    backdrop() +
    `<path d="${T_SHIRT_OUTLINE}" transform="translate(14 26)" fill="#5d4526" fill-opacity="0.42" filter="url(#fallen)"/>` +
    `<g style="isolation:isolate">${tShirtFrontMarkup()}` +
    `<path d="${T_SHIRT_OUTLINE}" fill="#2d4a6b" stroke="#2d4a6b" stroke-width="2" style="mix-blend-mode:multiply"/></g>` +
    `<g transform="translate(600 540) scale(1.7)">${mountainBadge()}</g>`
  return drawing(SIZE, SIZE, defs, body)
}

/** The mug with a sleeping cat. */
export function mugListing(): Drawing {
  return mug("right", `<g transform="translate(0 640) scale(1.75)">${sleepingCat()}</g>`)
}

/** The poster in an oak frame. */
export function posterListing(): Drawing {
  return poster("oak", `<g transform="translate(${SHEET.x} ${SHEET.y})">${abstractShapes()}</g>`)
}

/** A lilac phone case with a moonlit sea and a badge. */
export function phoneCaseListing(): Drawing {
  const { x, y, width, height, radius } = CASE
  const panel = CASE_PANEL
  const box = `x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"`
  const defs =
    phoneCaseDefs() +
    backdropDefs("#f3f0f7", "#cfc6dd") +
    blur("fallen", 22, 0.15) +
    linear(
      "night",
      [0, 0, 0, 1],
      [
        [0, "#2b2f5b"],
        [0.55, "#9a6a9a"],
        [1, "#f2b49a"],
      ]
    ) +
    `<clipPath id="panel"><rect x="${panel.x}" y="${panel.y}" width="${panel.width}" height="${panel.height}" rx="${panel.radius}"/></clipPath>`
  const print =
    `<g clip-path="url(#panel)"><g transform="translate(${panel.x} ${panel.y})">${moonlitWaves()}</g></g>` +
    `<circle cx="600" cy="952" r="92" fill="#fdf6ec"/>` +
    `<path d="M 600 1000 C 520 950, 548 896, 600 930 C 652 896, 680 950, 600 1000 Z" fill="#b85c7c"/>`
  const body =
    backdrop() +
    `<g transform="rotate(-7 600 600)">` +
    `<rect ${box} transform="translate(26 34)" fill="#352a4a" fill-opacity="0.5" filter="url(#fallen)"/>` +
    phoneCaseMarkup(`<rect ${box} fill="#c9b8e4" style="mix-blend-mode:multiply"/>${print}`) +
    `</g>`
  return drawing(SIZE, SIZE, defs, body)
}

function backdrop(): string {
  return (
    `<rect width="${SIZE}" height="${SIZE}" fill="url(#ground)"/>` +
    `<rect width="${SIZE}" height="${SIZE}" fill="url(#spot)"/>`
  )
}

function backdropDefs(light: string, dark: string): string {
  return (
    linear(
      "ground",
      [0, 0, 1, 1],
      [
        [0, light],
        [1, dark],
      ]
    ) +
    radial(
      "spot",
      [0.35, 0.3, 0.7],
      [
        [0, "#ffffff", 0.7],
        [1, "#ffffff", 0],
      ]
    )
  )
}
