// How an image lies in its frame: fit, zoom, pan and rotation; which part of it shows; at what resolution it prints.
import {
  apply,
  compose,
  type Matrix,
  MM_PER_INCH,
  type Rectangle,
  rotation,
  type Size,
  translation,
} from "./geometry"

export type ImageView = { zoom: number; x: number; y: number; rotation: number }

export type FittedImage = Size & {
  /** From millimetres about the image's centre to millimetres in the frame (origin: its top left corner). */
  matrix: Matrix
}

/** The plain fit: centred, not turned. */
export const DEFAULT_VIEW: ImageView = { zoom: 1, x: 0, y: 0, rotation: 0 }

/** Millimetres per pixel of an image that covers its frame, or that the frame contains. */
export function fitScale(frame: Size, image: Size, fit: "cover" | "contain"): number {
  const across = frame.width / image.width
  const down = frame.height / image.height
  return fit === "cover" ? Math.max(across, down) : Math.min(across, down)
}

/**
 * Lays an image into a frame. It is turned about the frame's centre and then moved along the frame's own edges, so that
 * a pan follows the visitor's finger at any angle.
 */
export function fitImage(
  frame: Size,
  image: Size,
  fit: "cover" | "contain",
  view: ImageView = DEFAULT_VIEW
): FittedImage {
  const scale = fitScale(frame, image, fit) * view.zoom
  return {
    width: image.width * scale,
    height: image.height * scale,
    matrix: compose(
      translation(frame.width * (0.5 + view.x), frame.height * (0.5 + view.y)),
      rotation(view.rotation)
    ),
  }
}

/** Points along an ellipse's edge that stand for all of it. */
const EDGE_POINTS = 64
/** Of the frame's size: what is seen on no print. */
const EDGE_TOLERANCE = 0.001

/**
 * Whether an image leaves a part of its frame empty.
 * @param round looks at the ellipse in the frame only
 */
export function leavesGap(frame: Size, fitted: FittedImage, round: boolean): boolean {
  const [a, b, c, d, e, f] = fitted.matrix
  const edge = round
    ? Array.from({ length: EDGE_POINTS }, (_, index) => (2 * Math.PI * index) / EDGE_POINTS).map(
        (angle) => ({ x: Math.cos(angle), y: Math.sin(angle) })
      )
    : [-1, 1].flatMap((x) => [-1, 1].map((y) => ({ x, y })))
  const tolerance = EDGE_TOLERANCE * Math.max(frame.width, frame.height)
  return edge.some(({ x, y }) => {
    // The matrix only turns and moves, so its transpose turns back.
    const point = apply([a, c, b, d, 0, 0], {
      x: (frame.width * (1 + x)) / 2 - e,
      y: (frame.height * (1 + y)) / 2 - f,
    })
    return (
      Math.abs(point.x) > fitted.width / 2 + tolerance ||
      Math.abs(point.y) > fitted.height / 2 + tolerance
    )
  })
}

/** The image's own pixels per inch on the print, at this zoom. */
export function effectiveDpi(frame: Size, image: Size, fit: "cover" | "contain", zoom = 1): number {
  return MM_PER_INCH / (fitScale(frame, image, fit) * zoom)
}

/**
 * The part of the image that can show inside the frame, in whole pixels of the image and one pixel larger on each side for
 * smooth edges; null when the image was moved out of the frame altogether.
 */
export function visiblePart(frame: Size, image: Size, fitted: FittedImage): Rectangle | null {
  const scale = fitted.width / image.width
  const [a, b, c, d, e, f] = fitted.matrix
  // The matrix only turns and moves, so its transpose turns back.
  const corners = [
    { x: 0, y: 0 },
    { x: frame.width, y: 0 },
    { x: 0, y: frame.height },
    { x: frame.width, y: frame.height },
  ].map((corner) => apply([a, c, b, d, 0, 0], { x: corner.x - e, y: corner.y - f }))
  const xs = corners.map(({ x }) => x / scale + image.width / 2)
  const ys = corners.map(({ y }) => y / scale + image.height / 2)
  const left = Math.max(0, Math.floor(Math.min(...xs)) - 1)
  const top = Math.max(0, Math.floor(Math.min(...ys)) - 1)
  const right = Math.min(image.width, Math.ceil(Math.max(...xs)) + 1)
  const bottom = Math.min(image.height, Math.ceil(Math.max(...ys)) + 1)
  return right > left && bottom > top
    ? { x: left, y: top, width: right - left, height: bottom - top }
    : null
}
