// The outlines of shapes and masks.
import type { Figure } from "../template/definition"
import { IDENTITY, type Matrix, type Rectangle, scaling } from "./geometry"
import { ellipsePath, rectanglePath, roundedPath } from "./paths"

/** SVG path data, and the map from its unit to millimetres in the frame. */
export type FigureOutline = { d: string; stretch: Matrix }

/** A figure that fills its frame; a path is stretched from its view box. */
export function figureOutline(figure: Figure, box: Rectangle): FigureOutline {
  switch (figure.shape) {
    case "rectangle":
      return { d: rectanglePath(box), stretch: IDENTITY }
    case "rounded":
      return { d: roundedPath(box, figure.radius_mm), stretch: IDENTITY }
    case "ellipse":
      return { d: ellipsePath(box), stretch: IDENTITY }
    case "path": {
      const { width, height } = figure.view_box
      return { d: figure.d, stretch: scaling(box.width / width, box.height / height) }
    }
  }
}
