// A sheet of paper on a lit wall above a sideboard, bare or in a frame; opaque, with its own background.
import { blur, drawing, linear, radial, type Drawing } from "./svg"

const WIDTH = 1200
const HEIGHT = 1500
/** The sheet in pixels, 300 x 400 mm at 2.4 pixels a millimetre. */
export const SHEET = { x: 240, y: 130, width: 720, height: 960 } as const

/** What a frame is made of: its bars' colours from the outer to the inner edge, of its lines and of its grain. */
const FRAMES = {
  oak: {
    top: ["#e6c69a", "#d0a873"],
    bottom: ["#d8b280", "#b98d57"],
    left: ["#dfbc8c", "#c79d67"],
    right: ["#d9b482", "#b98e59"],
    line: "#8c6a41",
    grain: "#a67f4f",
  },
  black: {
    top: ["#4b4c50", "#232427"],
    bottom: ["#2c2d30", "#141517"],
    left: ["#3d3e42", "#1f2023"],
    right: ["#333438", "#191a1c"],
    line: "#0b0b0c",
    grain: null,
  },
} as const

export type FrameLook = keyof typeof FRAMES

/** The poster; `onSheet` is markup printed on the paper, in canvas pixels. Without a `look` it has no frame. */
export function poster(look: FrameLook | null = null, onSheet = ""): Drawing {
  return drawing(
    WIDTH,
    HEIGHT,
    defs() + (look ? frameDefs(look) : ""),
    wall() + (look ? frame(look, onSheet) : sheet(onSheet)) + sideboard()
  )
}

function wall(): string {
  return (
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#plaster)"/>` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#window)"/>` +
    // The soft shadow of a plant that stands outside of the picture.
    `<g fill="#6b5f4e" fill-opacity="0.13" filter="url(#far)">${LEAVES}</g>`
  )
}

const LEAVES = [
  [1010, 250, -28, 190],
  [1085, 340, 12, 210],
  [1120, 480, 42, 190],
  [985, 400, -52, 150],
  [1080, 620, 66, 170],
  [60, 1010, 140, 180],
  [130, 1120, 105, 160],
]
  .map(
    ([x, y, angle, length = 160]) =>
      `<path transform="translate(${x} ${y}) rotate(${angle})" ` +
      `d="M 0 0 C 44 ${-length * 0.3}, 40 ${-length * 0.75}, 0 ${-length} C -40 ${-length * 0.75}, -44 ${-length * 0.3}, 0 0 Z"/>`
  )
  .join("")

function sheet(onSheet: string): string {
  const { x, y, width, height } = SHEET
  return (
    `<path d="M ${x + 6} ${y + 14} H ${x + width + 8} L ${x + width + 22} ${y + height + 22} H ${x + 18} Z" fill="#4a4236" fill-opacity="0.4" filter="url(#near)"/>` +
    `<rect x="${x + 24}" y="${y + 40}" width="${width}" height="${height}" fill="#4a4236" fill-opacity="0.2" filter="url(#far)"/>` +
    paper(onSheet)
  )
}

function paper(onSheet: string): string {
  const { x, y, width, height } = SHEET
  const box = `x="${x}" y="${y}" width="${width}" height="${height}"`
  return (
    `<rect ${box} fill="#fdfcf9"/>${onSheet}<rect ${box} fill="url(#curl)"/>` +
    `<rect ${box} fill="none" stroke="#d9d4ca" stroke-width="1.5"/>`
  )
}

function frame(look: FrameLook, onSheet: string): string {
  const { line, grain } = FRAMES[look]
  const { x, y, width, height } = SHEET
  const side = 34
  const left = x - side
  const top = y - side
  const right = x + width + side
  const bottom = y + height + side
  const bar = (points: string, fill: string): string =>
    `<polygon points="${points}" fill="url(#${fill})" stroke="${line}" stroke-opacity="0.5" stroke-width="1"/>`
  return (
    `<rect x="${left + 18}" y="${top + 26}" width="${right - left}" height="${bottom - top}" fill="#3f3627" fill-opacity="0.5" filter="url(#near)"/>` +
    `<rect x="${left + 40}" y="${top + 60}" width="${right - left}" height="${bottom - top}" fill="#3f3627" fill-opacity="0.26" filter="url(#far)"/>` +
    paper(onSheet) +
    `<g fill="none" stroke="#2c2418" stroke-opacity="0.5" stroke-width="14" filter="url(#gloss)"><path d="M ${x} ${y + height} V ${y} H ${x + width}"/></g>` +
    bar(`${left},${top} ${right},${top} ${x + width},${y} ${x},${y}`, "frameTop") +
    bar(
      `${left},${bottom} ${right},${bottom} ${x + width},${y + height} ${x},${y + height}`,
      "frameBottom"
    ) +
    bar(`${left},${top} ${left},${bottom} ${x},${y + height} ${x},${y}`, "frameLeft") +
    bar(
      `${right},${top} ${right},${bottom} ${x + width},${y + height} ${x + width},${y}`,
      "frameRight"
    ) +
    (grain ? frameGrain(grain, { left, top, right, bottom }) : "")
  )
}

type Edges = { left: number; top: number; right: number; bottom: number }

function frameGrain(color: string, { left, top, right, bottom }: Edges): string {
  return (
    `<g stroke="${color}" stroke-opacity="0.35" stroke-width="1.2" fill="none">` +
    `<path d="M ${left + 30} ${top + 9} C 420 ${top + 15}, 700 ${top + 5}, ${right - 20} ${top + 11}"/>` +
    `<path d="M ${left + 40} ${top + 22} C 520 ${top + 16}, 800 ${top + 27}, ${right - 40} ${top + 21}"/>` +
    `<path d="M ${left + 12} ${top + 40} C ${left + 6} 500, ${left + 17} 800, ${left + 10} ${bottom - 30}"/>` +
    `<path d="M ${right - 12} ${top + 40} C ${right - 18} 460, ${right - 8} 820, ${right - 13} ${bottom - 30}"/></g>`
  )
}

function frameDefs(look: FrameLook): string {
  const { top, bottom, left, right } = FRAMES[look]
  const shades = (id: string, [light, dark]: readonly [string, string], across: 0 | 1) =>
    linear(
      id,
      [0, 0, across, across === 1 ? 0 : 1],
      [
        [0, light],
        [1, dark],
      ]
    )
  return [
    shades("frameTop", top, 0),
    shades("frameBottom", bottom, 0),
    shades("frameLeft", left, 1),
    shades("frameRight", right, 1),
  ].join("")
}

function sideboard(): string {
  return (
    `<ellipse cx="600" cy="1322" rx="660" ry="30" fill="#4a4236" fill-opacity="0.25" filter="url(#ground)"/>` +
    `<rect y="1320" width="${WIDTH}" height="180" fill="url(#board)"/>` +
    `<rect y="1320" width="${WIDTH}" height="9" fill="#f0d9b4" fill-opacity="0.8"/>` +
    `<g stroke="#8f6b40" stroke-opacity="0.3" stroke-width="2" fill="none">` +
    `<path d="M 0 1362 C 300 1352, 700 1372, 1200 1358"/><path d="M 0 1404 C 400 1416, 800 1396, 1200 1408"/>` +
    `<path d="M 0 1456 C 260 1446, 900 1468, 1200 1452"/></g>` +
    books() +
    vase()
  )
}

function books(): string {
  return (
    `<ellipse cx="322" cy="1330" rx="190" ry="14" fill="#2f2618" fill-opacity="0.45" filter="url(#gloss)"/>` +
    `<rect x="150" y="1284" width="330" height="42" rx="5" fill="#39566b"/><rect x="150" y="1284" width="330" height="8" rx="4" fill="#ffffff" fill-opacity="0.18"/>` +
    `<rect x="450" y="1289" width="26" height="32" fill="#efe8da"/>` +
    `<rect x="176" y="1246" width="282" height="38" rx="5" fill="#c5704f"/><rect x="176" y="1246" width="282" height="8" rx="4" fill="#ffffff" fill-opacity="0.2"/>` +
    `<rect x="200" y="1258" width="90" height="6" fill="#f3dcc8"/>` +
    `<rect x="166" y="1304" width="80" height="5" fill="#c9d6de"/>`
  )
}

function vase(): string {
  const stems = [
    [-30, -210, -16, -110],
    [-6, -290, -4, -150],
    [34, -262, 14, -140],
    [70, -200, 30, -110],
  ]
  return (
    `<g transform="translate(1084 1188)">` +
    `<ellipse cx="14" cy="138" rx="96" ry="15" fill="#2f2618" fill-opacity="0.5" filter="url(#gloss)"/>` +
    stems
      .map(
        ([x = 0, y = 0, cx = 0, cy = 0]) =>
          `<path d="M 0 0 Q ${cx} ${cy} ${x} ${y}" stroke="#7b7a4f" stroke-width="4" fill="none"/>` +
          [0.5, 0.66, 0.82, 1]
            .map((t, i) =>
              leaf(x * t * t + 2 * t * (1 - t) * cx, y * t * t + 2 * t * (1 - t) * cy, i)
            )
            .join("")
      )
      .join("") +
    `<path d="M -26 -14 H 26 C 22 20, 74 40, 70 92 C 68 126, 40 136, 0 136 C -40 136, -68 126, -70 92 C -74 40, -22 20, -26 -14 Z" fill="url(#clay)"/>` +
    `<ellipse cx="0" cy="-14" rx="26" ry="6" fill="#6f7f78"/>` +
    `<path d="M -44 62 C -52 84, -48 104, -40 116" stroke="#ffffff" stroke-opacity="0.65" stroke-width="7" stroke-linecap="round" fill="none" filter="url(#shine)"/>` +
    `</g>`
  )
}

function leaf(x: number, y: number, index: number): string {
  const shades = ["#7f8a5a", "#95a06c", "#6d7a4d", "#a2ab7b"]
  return [-1, 1]
    .map(
      (sideways) =>
        `<path transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${sideways * (64 - index * 10)}) scale(${(1 - index * 0.1).toFixed(2)})" ` +
        `d="M 0 0 C 15 -16, 15 -44, 0 -62 C -15 -44, -15 -16, 0 0 Z" fill="${shades[(index + (sideways > 0 ? 1 : 0)) % 4]}"/>`
    )
    .join("")
}

function defs(): string {
  return [
    linear(
      "plaster",
      [0, 0, 1, 1],
      [
        [0, "#efe9df"],
        [0.5, "#e6dfd3"],
        [1, "#d6cdbf"],
      ]
    ),
    radial(
      "window",
      [0.25, 0.2, 0.8],
      [
        [0, "#fffaf0", 0.85],
        [1, "#fffaf0", 0],
      ]
    ),
    linear(
      "curl",
      [0, 0, 1, 0.35],
      [
        [0, "#8a7f6d", 0.05],
        [0.3, "#8a7f6d", 0],
        [0.8, "#8a7f6d", 0.02],
        [1, "#8a7f6d", 0.1],
      ]
    ),
    linear(
      "board",
      [0, 0, 0, 1],
      [
        [0, "#d2ab77"],
        [1, "#a97f4d"],
      ]
    ),
    linear(
      "clay",
      [0, 0, 1, 0],
      [
        [0, "#84968e"],
        [0.35, "#b4c4bc"],
        [1, "#687a72"],
      ]
    ),
    blur("far", 24, 0.15),
    blur("near", 12, 0.1),
    blur("ground", 12, 0.7),
    blur("gloss", 4, 0.5),
    blur("shine", 3, 2),
  ].join("")
}
