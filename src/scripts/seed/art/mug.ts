// A white glazed mug on a table, seen from either side; opaque, with its own background.
import { blur, drawing, linear, radial, type Drawing } from "./svg"

const SIZE = 1200
/** Half the body's width, and the heights of rim and foot, in pixels; 6.8 pixels are a millimetre. */
const HALF = 279
const RIM_Y = 282
const FOOT_Y = 904

/** The body's centre line by handle side, in pixels. */
const CENTRE = { right: 520, left: 680 } as const

/** Where designs are printed, in pixels: 65 x 75 mm of the wall, as much as one sees without turning the mug. */
export function mugPrint(handle: HandleSide): {
  x: number
  y: number
  width: number
  height: number
} {
  return { x: CENTRE[handle] - 221, y: 380, width: 442, height: 510 }
}

/** On which side the handle is: on the right for the mug's front, on the left for its back. */
export type HandleSide = "left" | "right"

/** The mug; `onBody` is markup drawn on the glaze, below its highlights, about the body's centre line x = 0. */
export function mug(handle: HandleSide, onBody = ""): Drawing {
  const centre = CENTRE[handle]
  const mirror = handle === "right" ? 1 : -1
  return drawing(
    SIZE,
    SIZE,
    defs(),
    scene(centre, mirror) +
      `<g transform="translate(${centre} 0)">` +
      `<g transform="scale(${mirror} 1)">${HANDLE}</g>` +
      body(onBody) +
      `</g>`
  )
}

function scene(centre: number, mirror: number): string {
  return (
    `<rect width="${SIZE}" height="${SIZE}" fill="url(#wall)"/>` +
    `<rect width="${SIZE}" height="${SIZE}" fill="url(#light)"/>` +
    `<rect y="820" width="${SIZE}" height="380" fill="url(#table)"/>` +
    // The long shadow falls to the right of the light; the dark core is where the foot stands.
    `<ellipse cx="${centre + 90}" cy="956" rx="400" ry="62" fill="#3f4a52" fill-opacity="0.32" filter="url(#far)"/>` +
    `<ellipse cx="${centre + mirror * 330}" cy="950" rx="120" ry="24" fill="#3f4a52" fill-opacity="0.22" filter="url(#far)"/>` +
    `<ellipse cx="${centre + 14}" cy="946" rx="276" ry="34" fill="#2a3238" fill-opacity="0.5" filter="url(#near)"/>`
  )
}

const HANDLE_PATH = "M 236 402 C 410 366, 492 470, 474 598 C 458 714, 356 790, 222 806"
const HANDLE =
  `<g fill="none" stroke-linecap="round">` +
  `<path d="${HANDLE_PATH}" stroke="#aeb4ba" stroke-width="70"/>` +
  `<path d="${HANDLE_PATH}" stroke="url(#handle)" stroke-width="66"/>` +
  `<path d="${HANDLE_PATH}" stroke="#8d959c" stroke-opacity="0.5" stroke-width="14" transform="translate(-20 8)" filter="url(#near)"/>` +
  `<path d="${HANDLE_PATH}" stroke="#ffffff" stroke-width="18" transform="translate(10 -8)" filter="url(#near)"/>` +
  `<path d="M 330 388 C 420 400, 466 470, 470 560" stroke="#ffffff" stroke-width="9" filter="url(#gloss)"/>` +
  `</g>` +
  `<path d="M 262 350 C 310 360, 300 446, 262 452 Z M 258 752 C 310 760, 300 850, 250 858 Z" fill="#79828a" fill-opacity="0.35" filter="url(#near)"/>`

function body(onBody: string): string {
  const foot = FOOT_Y - 34
  const wall =
    `M ${-HALF} ${RIM_Y} L ${-HALF} ${foot} C ${-HALF} 918, ${-HALF + 40} 938, ${-HALF + 80} 944 ` +
    `C -90 962, 90 962, ${HALF - 80} 944 C ${HALF - 40} 938, ${HALF} 918, ${HALF} ${foot} L ${HALF} ${RIM_Y} ` +
    `C ${HALF} 342, ${-HALF} 342, ${-HALF} ${RIM_Y} Z`
  return (
    `<path d="${wall}" fill="url(#glaze)"/>` +
    `<clipPath id="body"><path d="${wall}"/></clipPath>` +
    `<g clip-path="url(#body)">` +
    `<rect x="${-HALF}" y="820" width="${HALF * 2}" height="150" fill="url(#foot)"/>` +
    `<path d="M ${-HALF} ${RIM_Y} C ${-HALF} 346, ${HALF} 346, ${HALF} ${RIM_Y}" fill="none" stroke="#7b858d" stroke-opacity="0.35" stroke-width="16" filter="url(#near)"/>` +
    onBody +
    `<g fill="#ffffff" filter="url(#gloss)">` +
    `<path d="M -232 352 C -236 520, -236 700, -228 880 L -198 890 C -208 700, -208 520, -204 362 Z" fill-opacity="0.95"/>` +
    `<path d="M -184 368 C -188 520, -188 700, -180 896 L -172 898 C -178 700, -178 520, -174 370 Z" fill-opacity="0.7"/>` +
    `<path d="M 236 350 C 242 520, 242 700, 234 880 L 224 884 C 230 700, 230 520, 224 354 Z" fill-opacity="0.55"/></g>` +
    `</g>` +
    `<path d="M ${-HALF} ${RIM_Y} L ${-HALF} ${foot} C ${-HALF} 918, ${-HALF + 40} 938, ${-HALF + 80} 944 C -90 962, 90 962, ${HALF - 80} 944 C ${HALF - 40} 938, ${HALF} 918, ${HALF} ${foot} L ${HALF} ${RIM_Y}" fill="none" stroke="#9aa2a9" stroke-opacity="0.6" stroke-width="1.6"/>` +
    rim()
  )
}

function rim(): string {
  return (
    `<ellipse cx="0" cy="${RIM_Y}" rx="${HALF}" ry="45" fill="url(#lip)"/>` +
    `<ellipse cx="0" cy="${RIM_Y + 2}" rx="${HALF - 13}" ry="36" fill="url(#hollow)"/>` +
    `<clipPath id="mouth"><ellipse cx="0" cy="${RIM_Y + 2}" rx="${HALF - 13}" ry="36"/></clipPath>` +
    `<g clip-path="url(#mouth)"><ellipse cx="30" cy="${RIM_Y + 34}" rx="230" ry="30" fill="#ffffff" fill-opacity="0.55" filter="url(#near)"/>` +
    `<ellipse cx="-150" cy="${RIM_Y + 4}" rx="120" ry="40" fill="#6d7780" fill-opacity="0.4" filter="url(#near)"/></g>` +
    `<ellipse cx="0" cy="${RIM_Y + 2}" rx="${HALF - 13}" ry="36" fill="none" stroke="#a9b0b6" stroke-width="1.4"/>` +
    `<ellipse cx="0" cy="${RIM_Y}" rx="${HALF}" ry="45" fill="none" stroke="#b4bac0" stroke-width="1.4"/>` +
    `<path d="M -240 306 C -150 328, -40 331, 40 328" fill="none" stroke="#ffffff" stroke-width="5" stroke-linecap="round" filter="url(#shine)"/>`
  )
}

function defs(): string {
  return [
    linear(
      "wall",
      [0, 0, 0, 1],
      [
        [0, "#cfd9dd"],
        [1, "#dfe6e8"],
      ]
    ),
    radial(
      "light",
      [0.3, 0.25, 0.75],
      [
        [0, "#ffffff", 0.75],
        [1, "#ffffff", 0],
      ]
    ),
    linear(
      "table",
      [0, 0, 0, 1],
      [
        [0, "#cdd5d8", 0],
        [0.12, "#cdd5d8"],
        [0.4, "#e4e8e9"],
        [1, "#f1f2f1"],
      ]
    ),
    linear(
      "glaze",
      [0, 0, 1, 0],
      [
        [0, "#b9c0c5"],
        [0.06, "#d5dade"],
        [0.16, "#f4f6f7"],
        [0.4, "#ffffff"],
        [0.62, "#fafbfb"],
        [0.8, "#e9ecee"],
        [0.93, "#cbd1d5"],
        [1, "#b3bac0"],
      ]
    ),
    linear(
      "foot",
      [0, 0, 0, 1],
      [
        [0, "#5c666e", 0],
        [0.6, "#5c666e", 0.12],
        [1, "#5c666e", 0.42],
      ]
    ),
    linear(
      "lip",
      [0, 0, 1, 0],
      [
        [0, "#dfe3e6"],
        [0.3, "#ffffff"],
        [0.7, "#f7f8f9"],
        [1, "#d5dadd"],
      ]
    ),
    linear(
      "hollow",
      [0, 0, 1, 0],
      [
        [0, "#a6aeb5"],
        [0.35, "#c3c9ce"],
        [0.75, "#e6e9eb"],
        [1, "#eef0f1"],
      ]
    ),
    linear(
      "handle",
      [0, 0, 0, 1],
      [
        [0, "#f4f6f7"],
        [0.5, "#e3e7ea"],
        [1, "#c3cace"],
      ]
    ),
    blur("far", 26, 1.7),
    blur("near", 9, 0.7),
    blur("gloss", 3, 0.1),
    blur("shine", 3, 0.5),
  ].join("")
}
