// Small helpers to compose the catalog's vector art as SVG text.

/** A finished drawing: SVG text and its size in pixels. */
export type Drawing = { svg: string; width: number; height: number }

/** Wraps markup into an SVG document of the given pixel size. */
export function drawing(width: number, height: number, defs: string, body: string): Drawing {
  return {
    width,
    height,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}"><defs>${defs}</defs>${body}</svg>`,
  }
}

/**
 * A Gaussian blur. `deviation` in pixels; `margin` is the room around the blurred shape by its own width and height,
 * more for flat shapes: what lies beyond is cut off, and drawing time grows with the area.
 */
export function blur(id: string, deviation: number, margin = 0.3): string {
  const side = 1 + margin * 2
  return (
    `<filter id="${id}" x="${-margin}" y="${-margin}" width="${side}" height="${side}" ` +
    `color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${deviation}"/></filter>`
  )
}

/** A gradient from stops `[offset, colour, opacity?]`; `vector` is `x1 y1 x2 y2` in box fractions. */
export function linear(
  id: string,
  vector: [number, number, number, number],
  stops: [number, string, number?][]
): string {
  const [x1, y1, x2, y2] = vector
  return (
    `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">` +
    `${stops.map(stop).join("")}</linearGradient>`
  )
}

/** A radial gradient about a centre, in box fractions. */
export function radial(
  id: string,
  circle: [number, number, number],
  stops: [number, string, number?][]
): string {
  const [cx, cy, r] = circle
  return (
    `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">` +
    `${stops.map(stop).join("")}</radialGradient>`
  )
}

function stop([offset, color, opacity = 1]: [number, string, number?]): string {
  return `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`
}

/** A crease from one point over a control point to another: `[x1, y1, cx, cy, x2, y2, width, opacity]`. */
export type Crease = [number, number, number, number, number, number, number, number]

/** Draws creases as slivers, widest in the middle and pointed at both ends, through a blur filter. */
export function creases(list: Crease[], color: string, filter: string): string {
  const slivers = list.map(([x1, y1, cx, cy, x2, y2, width, opacity]) => {
    const length = Math.hypot(x2 - x1, y2 - y1)
    const dx = (-(y2 - y1) / length) * width
    const dy = ((x2 - x1) / length) * width
    const far = `${(cx + dx).toFixed(1)} ${(cy + dy).toFixed(1)}`
    const near = `${(cx - dx).toFixed(1)} ${(cy - dy).toFixed(1)}`
    return (
      `<path d="M ${x1} ${y1} Q ${far} ${x2} ${y2} Q ${near} ${x1} ${y1} Z" ` +
      `fill-opacity="${opacity}"/>`
    )
  })
  return `<g fill="${color}" filter="url(#${filter})">${slivers.join("")}</g>`
}
