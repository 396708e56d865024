// A white crew-neck t-shirt, laid flat, front and back; transparent outside, so that it can be tinted.
import { blur, creases, drawing, linear, radial, type Crease, type Drawing } from "./svg"

const SIZE = 1200
/** Where designs are printed on either side, in pixels: 300 x 400 mm at 1.2 pixels a millimetre. */
export const T_SHIRT_PRINT = { x: 420, y: 330, width: 360, height: 480 } as const

/** The outline up to the neck line; the neck line is drawn per side. */
const SHOULDER_RIGHT =
  "C 752 186, 812 200, 862 222 C 918 250, 962 300, 996 352 C 1030 404, 1062 448, 1084 482 " +
  "C 1050 516, 1008 542, 962 560 C 944 520, 924 478, 900 440"
const BODY =
  "C 898 560, 890 690, 896 820 C 900 920, 906 1010, 908 1082 C 800 1106, 400 1106, 292 1082 " +
  "C 294 1010, 300 920, 304 820 C 310 690, 302 560, 300 440"
const SHOULDER_LEFT =
  "C 276 478, 256 520, 238 560 C 192 542, 150 516, 116 482 C 138 448, 170 404, 204 352 " +
  "C 238 300, 282 250, 338 222 C 388 200, 448 186, 498 164"

const FRONT_NECK = "C 520 262, 680 262, 702 164"
const BACK_NECK = "C 540 196, 660 196, 702 164"

function silhouette(neck: string): string {
  return `M 498 164 ${neck} ${SHOULDER_RIGHT} ${BODY} ${SHOULDER_LEFT} Z`
}

/** Shaded sides of the folds: from the armpits, along the sleeves, down the sides and up from the hem. */
const DEEP: Crease[] = [
  [304, 446, 392, 500, 520, 556, 22, 0.34],
  [303, 470, 352, 566, 448, 668, 20, 0.24],
  [306, 520, 330, 640, 380, 760, 16, 0.16],
  [896, 446, 806, 496, 690, 536, 22, 0.34],
  [897, 470, 852, 566, 764, 650, 20, 0.24],
  [894, 520, 872, 630, 832, 738, 16, 0.15],
  [346, 236, 372, 330, 318, 436, 18, 0.24],
  [854, 236, 830, 330, 882, 436, 18, 0.24],
  [318, 690, 356, 880, 330, 1084, 22, 0.26],
  [880, 660, 842, 870, 868, 1084, 24, 0.26],
  [424, 1098, 436, 980, 540, 820, 22, 0.18],
  [748, 1098, 744, 990, 668, 842, 22, 0.18],
  [600, 1102, 588, 1030, 616, 930, 16, 0.13],
  [222, 338, 240, 450, 222, 548, 18, 0.24],
  [268, 300, 276, 400, 270, 500, 14, 0.24],
  [978, 338, 960, 450, 978, 548, 18, 0.24],
  [932, 300, 924, 400, 930, 500, 14, 0.24],
  [170, 400, 186, 450, 178, 516, 12, 0.18],
  [1030, 400, 1014, 450, 1022, 516, 12, 0.18],
  [446, 216, 490, 330, 596, 404, 16, 0.13],
  [754, 216, 716, 322, 636, 384, 16, 0.12],
]

/** Lit ridges beside them. */
const RIDGES: Crease[] = [
  [312, 426, 410, 478, 528, 528, 16, 1],
  [888, 426, 790, 474, 684, 508, 16, 1],
  [330, 560, 376, 660, 452, 712, 12, 0.8],
  [870, 560, 828, 652, 756, 694, 12, 0.8],
  [360, 700, 396, 880, 372, 1084, 20, 0.9],
  [836, 700, 802, 880, 826, 1084, 20, 0.9],
  [470, 1096, 484, 990, 572, 850, 16, 0.8],
  [702, 1096, 704, 1000, 640, 876, 16, 0.8],
  [248, 330, 270, 440, 246, 540, 12, 0.9],
  [952, 330, 930, 440, 954, 540, 12, 0.9],
]

/** The neckband as a filled ring, its ribs, and for the front the inside of the back with its label. */
function frontCollar(): string {
  const band = "M 498 164 C 520 262, 680 262, 702 164 L 722 171 C 700 306, 500 306, 478 171 Z"
  return (
    `<path d="M 498 164 C 540 190, 660 190, 702 164 C 680 262, 520 262, 498 164 Z" fill="url(#inside)"/>` +
    `<path d="M 498 164 C 540 190, 660 190, 702 164 L 697 178 C 655 207, 545 207, 503 178 Z" fill="#dcdce0"/>` +
    `<path d="M 503 178 C 545 207, 655 207, 697 178" fill="none" stroke="#b9b9c0" stroke-width="1.6"/>` +
    `<rect x="574" y="203" width="52" height="22" rx="3" fill="#f6f6f7" stroke="#c9c9cf" stroke-width="1"/>` +
    `<path d="M 586 211 H 614 M 592 217 H 608" stroke="#b4b4bb" stroke-width="1.6"/>` +
    `<path d="${band}" fill="url(#band)"/>` +
    ribs(498, 164, 702, 262, 18) +
    `<path d="M 498 164 C 520 262, 680 262, 702 164" fill="none" stroke="#bcbcc3" stroke-width="2"/>` +
    `<path d="M 478 171 C 500 306, 700 306, 722 171" fill="none" stroke="#c3c3ca" stroke-width="2.4"/>` +
    `<path d="M 472 175 C 496 316, 704 316, 728 175" fill="none" stroke="#cfcfd5" stroke-width="1.4" stroke-dasharray="5 3"/>`
  )
}

function backCollar(): string {
  return (
    `<path d="M 498 164 C 540 196, 660 196, 702 164 L 722 171 C 676 224, 524 224, 478 171 Z" fill="url(#band)"/>` +
    `<path d="M 498 164 C 540 196, 660 196, 702 164" fill="none" stroke="#bcbcc3" stroke-width="2"/>` +
    `<path d="M 478 171 C 524 224, 676 224, 722 171" fill="none" stroke="#c3c3ca" stroke-width="2.4"/>` +
    `<path d="M 472 175 C 522 233, 678 233, 728 175" fill="none" stroke="#cfcfd5" stroke-width="1.4" stroke-dasharray="5 3"/>` +
    `<path d="M 352 232 C 460 262, 740 262, 848 232" fill="none" stroke="#d3d3d8" stroke-width="1.6"/>`
  )
}

/** Short strokes across the neckband, following its curve from the left to the right neck point. */
function ribs(x1: number, y1: number, x2: number, dip: number, count: number): string {
  const strokes = Array.from({ length: count - 1 }, (_, index) => {
    const t = (index + 1) / count
    const s = 1 - t
    const x =
      s * s * s * x1 + 3 * s * s * t * (x1 + 22) + 3 * s * t * t * (x2 - 22) + t * t * t * x2
    const y = s * s * s * y1 + 3 * s * s * t * dip + 3 * s * t * t * dip + t * t * t * y1
    const lean = (t - 0.5) * 44
    const drop = 8 + 24 * Math.sin(Math.PI * t)
    return `M ${x.toFixed(1)} ${y.toFixed(1)} l ${lean.toFixed(1)} ${drop.toFixed(1)}`
  })
  return `<path d="${strokes.join(" ")}" stroke="#dcdce1" stroke-width="1.6" fill="none"/>`
}

const SEAMS =
  // Sleeve seams, sleeve hems and the bottom hem, each a seam line with its row of stitches.
  `<g fill="none" stroke="#c6c6cd" stroke-width="2">` +
  `<path d="M 338 222 C 326 300, 316 370, 300 440"/><path d="M 862 222 C 874 300, 884 370, 900 440"/></g>` +
  `<g fill="none" stroke="#c9c9d0" stroke-width="1.5" stroke-dasharray="5 3">` +
  `<path d="M 128 464 C 160 496, 202 522, 246 540"/><path d="M 1072 464 C 1040 496, 998 522, 954 540"/>` +
  `<path d="M 123 472 C 156 504, 198 530, 243 548"/><path d="M 1077 472 C 1044 504, 1002 530, 957 548"/>` +
  `<path d="M 293 1056 C 400 1080, 800 1080, 907 1056"/><path d="M 293 1064 C 400 1088, 800 1088, 907 1064"/></g>`

function defs(outline: string): string {
  return [
    `<clipPath id="cloth"><path d="${outline}"/></clipPath>`,
    linear(
      "body",
      [0, 0, 1, 0],
      [
        [0, "#dadade"],
        [0.2, "#ececef"],
        [0.36, "#fafafb"],
        [0.6, "#ffffff"],
        [0.8, "#efeff1"],
        [1, "#d6d6db"],
      ]
    ),
    linear(
      "fall",
      [0, 0, 0, 1],
      [
        [0, "#50505c", 0.05],
        [0.25, "#50505c", 0],
        [0.75, "#50505c", 0],
        [1, "#50505c", 0.12],
      ]
    ),
    linear(
      "inside",
      [0, 0, 0, 1],
      [
        [0, "#a9a9b1"],
        [1, "#c9c9cf"],
      ]
    ),
    linear(
      "band",
      [0, 0, 1, 0],
      [
        [0, "#dedee2"],
        [0.3, "#f4f4f6"],
        [0.6, "#fbfbfc"],
        [1, "#dadadf"],
      ]
    ),
    radial(
      "chest",
      [0.54, 0.36, 0.4],
      [
        [0, "#ffffff", 0.9],
        [1, "#ffffff", 0],
      ]
    ),
    blur("soft", 6, 0.1),
    blur("rim", 10, 0.1),
  ].join("")
}

function garment(neck: string, collar: string): string {
  const outline = silhouette(neck)
  return (
    `<g clip-path="url(#cloth)">` +
    `<rect width="${SIZE}" height="${SIZE}" fill="url(#body)"/>` +
    `<rect width="${SIZE}" height="${SIZE}" fill="url(#chest)"/>` +
    `<rect width="${SIZE}" height="${SIZE}" fill="url(#fall)"/>` +
    creases(DEEP, "#4c4c5a", "soft") +
    creases(RIDGES, "#ffffff", "soft") +
    `<path d="${outline}" fill="none" stroke="#62626e" stroke-opacity="0.42" stroke-width="24" filter="url(#rim)"/>` +
    SEAMS +
    `</g>` +
    collar +
    `<path d="${outline}" fill="none" stroke="#b5b5bd" stroke-width="1.6"/>`
  )
}

/** The front's outline, neck opening left out. */
export const T_SHIRT_OUTLINE = silhouette(BACK_NECK)

/** The front's markup and what it refers to, for a drawing that brings its own scene. */
export function tShirtFrontMarkup(): string {
  return garment(FRONT_NECK, frontCollar())
}

/** The gradients and filters that `tShirtFrontMarkup` refers to. */
export function tShirtDefs(): string {
  return defs(silhouette(FRONT_NECK))
}

/** The front, with the collar's inside and label showing in the neck opening. */
export function tShirtFront(): Drawing {
  return drawing(SIZE, SIZE, tShirtDefs(), tShirtFrontMarkup())
}

/** The back, with the high neckband and the yoke seam. */
export function tShirtBack(): Drawing {
  return drawing(SIZE, SIZE, defs(silhouette(BACK_NECK)), garment(BACK_NECK, backCollar()))
}
