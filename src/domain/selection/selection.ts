// A visitor's choices for one template, typed. `validate.ts` makes them from input; `resolve.ts` adds the template's
// defaults; pricing and rendering read them.

/** What a text zone holds. `font`, `size` and `color` are absent until the visitor chose them. */
export type TextValue = {
  /** Empty only where the visitor took the zone's default away. */
  text: string
  font?: string
  /** Points on the print. */
  size?: number
  color?: string
}

/**
 * What an image zone holds: an upload and how it lies in the frame.
 * `zoom` 1 is the zone's fit, larger is closer; `x` and `y` move it by fractions of the frame's width and height;
 * `rotation` in degrees clockwise about the frame's centre, before the move.
 */
export type ImageValue = {
  upload_id: string
  zoom: number
  x: number
  y: number
  rotation: number
}

/** `asset`, a picture of the shop's, comes from a zone's default only: it is neither accepted from visitors nor stored. */
export type ZoneValue =
  | { kind: "text"; value: TextValue }
  | { kind: "image"; value: ImageValue }
  | { kind: "color"; value: string }
  | { kind: "option"; value: string }
  | { kind: "asset"; value: { asset: string } }

/** Typed values by zone key, or by option set key for sets that no zone takes. */
export type Selection = Record<string, ZoneValue>
