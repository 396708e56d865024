// The back of a white phone case with a camera bar; transparent outside, so that it can be tinted.
import { blur, drawing, linear, radial, type Drawing } from "./svg"

const SIZE = 1200
/** The case's box in pixels; 7 pixels are a millimetre. */
export const CASE = { x: 334, y: 68, width: 532, height: 1064, radius: 86 } as const
/** The printed panel below the camera bar, 68 x 102 mm. */
export const CASE_PANEL = { x: 362, y: 388, width: 476, height: 714, radius: 62 } as const

/** The case; `onPanel` is markup drawn on its back below the camera bar, in canvas pixels. */
export function phoneCase(onPanel = ""): Drawing {
  return drawing(SIZE, SIZE, phoneCaseDefs(), phoneCaseMarkup(onPanel))
}

/** The case's markup, for a drawing that brings its own scene. */
export function phoneCaseMarkup(onPanel = ""): string {
  const { x, y, width, height, radius } = CASE
  const rect = (inset: number, rest: string): string =>
    `<rect x="${x + inset}" y="${y + inset}" width="${width - inset * 2}" ` +
    `height="${height - inset * 2}" rx="${radius - inset}" ${rest}/>`
  return (
    BUTTONS +
    rect(0, `fill="url(#edge)"`) +
    rect(1, `fill="none" stroke="#a3a3ad" stroke-width="2"`) +
    rect(9, `fill="url(#back)"`) +
    rect(9, `fill="none" stroke="#ffffff" stroke-width="3"`) +
    rect(13, `fill="none" stroke="#c2c2ca" stroke-width="2"`) +
    `<clipPath id="shell">${rect(9, "")}</clipPath>` +
    `<g clip-path="url(#shell)">` +
    `<path d="M 334 68 H 640 L 360 760 L 334 780 Z" fill="url(#sheen)" filter="url(#rim)"/>` +
    rect(
      9,
      `fill="none" stroke="#50505e" stroke-opacity="0.3" stroke-width="20" filter="url(#rim)"`
    ) +
    onPanel +
    `</g>` +
    CAMERA
  )
}

const BUTTONS =
  `<g fill="url(#key)" stroke="#a3a3ad" stroke-width="1.5">` +
  `<rect x="327" y="300" width="14" height="70" rx="6"/><rect x="327" y="392" width="14" height="70" rx="6"/>` +
  `<rect x="859" y="340" width="14" height="112" rx="6"/></g>`

function lens(cx: number, r: number): string {
  return (
    `<circle cx="${cx}" cy="248" r="${r}" fill="#1c1c22"/>` +
    `<circle cx="${cx}" cy="248" r="${r}" fill="none" stroke="#6a6a76" stroke-width="3"/>` +
    `<circle cx="${cx}" cy="248" r="${r - 9}" fill="url(#glass)"/>` +
    `<circle cx="${cx}" cy="248" r="${r - 20}" fill="none" stroke="#2e2e3a" stroke-width="5"/>` +
    `<circle cx="${cx}" cy="248" r="${r - 26}" fill="url(#pupil)"/>` +
    `<ellipse cx="${cx - r * 0.3}" cy="${248 - r * 0.36}" rx="${r * 0.22}" ry="${r * 0.13}" ` +
    `transform="rotate(-35 ${cx - r * 0.3} ${248 - r * 0.36})" fill="#ffffff" fill-opacity="0.75"/>` +
    `<circle cx="${cx + r * 0.28}" cy="${248 + r * 0.3}" r="${r * 0.08}" fill="#b9c4ff" fill-opacity="0.6"/>`
  )
}

/** The cut-out with its raised lip, and the phone's camera bar that shows through it. */
const CAMERA =
  `<rect x="368" y="166" width="464" height="164" rx="82" fill="#44444f" fill-opacity="0.4" filter="url(#rim)"/>` +
  `<rect x="372" y="166" width="456" height="160" rx="80" fill="url(#lip)" stroke="#a7a7b1" stroke-width="2"/>` +
  `<rect x="384" y="178" width="432" height="136" rx="68" fill="#26262c"/>` +
  `<rect x="384" y="178" width="432" height="136" rx="68" fill="url(#bar)"/>` +
  `<rect x="386" y="180" width="428" height="132" rx="66" fill="none" stroke="#0d0d11" stroke-width="4"/>` +
  lens(462, 52) +
  lens(588, 52) +
  lens(702, 38) +
  `<circle cx="768" cy="230" r="15" fill="#f4efdc" stroke="#8a8a92" stroke-width="2"/>` +
  `<circle cx="768" cy="230" r="8" fill="#fffdf2"/>` +
  `<circle cx="768" cy="272" r="6" fill="#0b0b0e" stroke="#50505a" stroke-width="1.5"/>`

/** The gradients and filters that `phoneCaseMarkup` refers to. */
export function phoneCaseDefs(): string {
  return [
    linear(
      "edge",
      [0, 0, 1, 0],
      [
        [0, "#b9b9c1"],
        [0.02, "#f2f2f4"],
        [0.5, "#e4e4e8"],
        [0.98, "#ececef"],
        [1, "#a9a9b2"],
      ]
    ),
    linear(
      "back",
      [0, 0, 1, 1],
      [
        [0, "#ffffff"],
        [0.45, "#f8f8f9"],
        [1, "#e2e2e6"],
      ]
    ),
    linear(
      "sheen",
      [0, 0, 1, 0.4],
      [
        [0, "#ffffff", 0.9],
        [1, "#ffffff", 0],
      ]
    ),
    linear(
      "key",
      [0, 0, 1, 0],
      [
        [0, "#c4c4cb"],
        [0.5, "#f0f0f2"],
        [1, "#bcbcc4"],
      ]
    ),
    linear(
      "lip",
      [0, 0, 0, 1],
      [
        [0, "#d0d0d6"],
        [0.5, "#f2f2f4"],
        [1, "#ffffff"],
      ]
    ),
    linear(
      "bar",
      [0, 0, 1, 1],
      [
        [0, "#6f6f7b", 0.75],
        [0.4, "#34343c", 0.6],
        [1, "#17171b", 0.9],
      ]
    ),
    radial(
      "glass",
      [0.4, 0.35, 0.75],
      [
        [0, "#3b4266"],
        [0.6, "#15161f"],
        [1, "#050507"],
      ]
    ),
    radial(
      "pupil",
      [0.45, 0.4, 0.6],
      [
        [0, "#4a3d78"],
        [0.5, "#14142a"],
        [1, "#020204"],
      ]
    ),
    blur("rim", 9, 0.2),
  ].join("")
}
