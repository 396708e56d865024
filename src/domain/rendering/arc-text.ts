// Text on a circle. Letters are turned one by one, each standing upright on the circle with its advance's middle; letters
// that join their neighbours are bent along it instead, so that no joint breaks. Kerning stays as on a straight line.
import { prepareText } from "../template/letter-case"
import { type Arc, onArc, standOnArc } from "./arc"
import type { FontFace, Glyph, ShapedLine } from "./font-face"
import { apply, type Point, ptToMm } from "./geometry"
import { subdivide } from "./glyph-outline"
import { OutlinePath } from "./outline-path"
import { bidiLevels } from "./runs"
import {
  type TextFit,
  type TextOutline,
  type TextRequest,
  textBox,
  TOLERANCE_MM,
} from "./text-request"
import { anySize, chooseSize } from "./text-size"

/** A text's end must stay apart from its beginning. */
const MAX_ANGLE = (340 * Math.PI) / 180
/** Bent outlines are cut to pieces of this angle: their chords are off by less than a thousandth of the radius. */
const PIECE_ANGLE = 0.05

/** Glyphs that move as one: a letter and its marks. Font units on the straight line. */
type Cluster = { glyphs: Glyph[]; start: number; width: number; joined: boolean }

type Layout = {
  size: number
  overflow: boolean
  /** The angle at which the text begins. */
  start: number
  /** The circle's centre in the frame. */
  centre: Point
}

type Circle = NonNullable<TextRequest["arc"]>

/** A text in one line on a circle; line breaks count as blanks. */
export function arcText(face: FontFace, request: TextRequest, circle: Circle): TextOutline {
  const { text, line, clusters, arc, layOutAt } = arrange(face, request, circle)
  const layout = chooseSize(request, layOutAt)
  const { radius } = arc
  const path = new OutlinePath()
  const perUnit = ptToMm(layout.size) / face.unitsPerEm
  for (const cluster of clusters) {
    inkCluster(path, face, cluster, placer(arc, layout, perUnit, cluster), radius / perUnit)
  }
  return {
    d: path.toString(),
    ink: path.box,
    size: layout.size,
    lines: 1,
    overflow: layout.overflow,
    missing: face.missing(text, line),
  }
}

/** Whether it fits at a size that it may have. */
export function arcFit(face: FontFace, request: TextRequest, circle: Circle): TextFit {
  const { size, overflow } = anySize(request, arrange(face, request, circle).layOutAt)
  return { size, overflow }
}

/** A text that is shaped, whatever its size. */
function arrange(
  face: FontFace,
  request: TextRequest,
  { radius_mm: radius, direction }: Circle
): {
  text: string
  line: ShapedLine
  clusters: Cluster[]
  arc: Arc
  layOutAt: (size: number) => Layout
} {
  const text = prepareText(request.text, request.letter_case)
    .replace(/\s*\n\s*/g, " ")
    .trim()
  const line = face.shape(text, bidiLevels(text), { start: 0, end: text.length })
  const clusters = clustersOf(line)
  const arc = { radius, direction }
  const layOutAt = (size: number) => layOut(face, request, arc, line, clusters, size)
  return { text, line, clusters, arc, layOutAt }
}

function clustersOf({ glyphs }: ShapedLine): Cluster[] {
  const clusters: (Cluster & { id: number })[] = []
  let pen = 0
  for (const glyph of glyphs) {
    const last = clusters.at(-1)
    if (last?.id === glyph.cluster) {
      last.glyphs.push(glyph)
      last.width += glyph.advance
    } else {
      clusters.push({
        id: glyph.cluster,
        glyphs: [glyph],
        start: pen,
        width: glyph.advance,
        joined: glyph.joined,
      })
    }
    pen += glyph.advance
  }
  return clusters
}

/** Where the text stands at this size. It fits when the curved text's box fits the frame. */
function layOut(
  face: FontFace,
  request: TextRequest,
  arc: Arc,
  line: ShapedLine,
  clusters: Cluster[],
  size: number
): Layout {
  const perUnit = ptToMm(size) / face.unitsPerEm
  const box = textBox(request)
  const angle = (line.width * perUnit) / arc.radius
  const [outer, inner] =
    arc.direction === "up" ? [face.ascender, face.descender] : [-face.descender, -face.ascender]
  const widest = Math.max(0, ...clusters.map(({ width }) => width))
  const reach = reachOf(box.width, Math.hypot(arc.radius + outer * perUnit, (widest * perUnit) / 2))
  const start = startAngle(request.align, angle, reach)
  const corners = clusters.flatMap((cluster) => {
    const place = placer(arc, { start, centre: { x: 0, y: 0 } }, perUnit, cluster)
    const { start: left, width } = cluster
    return [left, left + width / 2, left + width].flatMap((x) => [
      place({ x, y: face.ascender }),
      place({ x, y: face.descender }),
    ])
  })
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const [top, height] =
    ys.length === 0 ? [0, 0] : [Math.min(...ys), Math.max(...ys) - Math.min(...ys)]
  const free = box.height - height
  const above = request.valign === "top" ? 0 : request.valign === "bottom" ? free : free / 2
  return {
    size,
    start,
    centre: { x: box.x + box.width / 2, y: box.y + above - top },
    overflow:
      angle > MAX_ANGLE ||
      arc.radius + inner * perUnit < 0 ||
      height > box.height + TOLERANCE_MM ||
      xs.some((x) => Math.abs(x) > box.width / 2 + TOLERANCE_MM),
  }
}

/** The angle on either side of the apex up to which letters of this outer radius stay in the frame's width. */
function reachOf(width: number, outer: number): number {
  return Math.asin(Math.min(1, width / 2 / outer))
}

/** A text that is too long for its side grows evenly on both. */
function startAngle(align: TextRequest["align"], angle: number, reach: number): number {
  switch (align) {
    case "left":
      return -Math.max(reach, angle / 2)
    case "center":
      return -angle / 2
    case "right":
      return Math.max(reach, angle / 2) - angle
  }
}

/** Maps a cluster's points, in font units of the straight line, to millimetres in the frame. */
function placer(
  arc: Arc,
  { start, centre }: Pick<Layout, "start" | "centre">,
  perUnit: number,
  cluster: Cluster
): (point: Point) => Point {
  const angleAt = (x: number) => start + (x * perUnit) / arc.radius
  const moved = ({ x, y }: Point) => ({ x: centre.x + x, y: centre.y + y })
  if (cluster.joined) {
    return ({ x, y }) => moved(onArc(arc, angleAt(x), y * perUnit))
  }
  const middle = cluster.start + cluster.width / 2
  const matrix = standOnArc(arc, angleAt(middle))
  return ({ x, y }) => moved(apply(matrix, { x: (x - middle) * perUnit, y: -y * perUnit }))
}

/** @param radius the circle's radius in font units */
function inkCluster(
  path: OutlinePath,
  face: FontFace,
  cluster: Cluster,
  place: (point: Point) => Point,
  radius: number
): void {
  for (const glyph of cluster.glyphs) {
    const whole = face.glyphOutline(glyph.id)
    const outline = cluster.joined ? subdivide(whole, radius * PIECE_ANGLE) : whole
    path.add(outline, ({ x, y }) => place({ x: glyph.x + x, y: glyph.y + y }))
  }
}
