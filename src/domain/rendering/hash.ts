// The content hash of a render: equal for designs that come out as the same pixels, computed without shaping any text.
import { type DesignView, selectContent, type ZoneContent } from "./content"
import { RenderError } from "./errors"
import { findAsset, findPicture } from "./lookup"
import { type ImageInfo, RENDERER_VERSION } from "./render-plan"

export type PlanHashInput = DesignView & {
  assets: Record<string, ImageInfo>
  uploads: Record<string, ImageInfo>
  /** SHA-256 of each font file by font key. */
  fonts: Record<string, string>
  /** SHA-256 of a text's UTF-8 bytes, in hex: Node and browsers have different ones. */
  sha256: (text: string) => string
}

/**
 * The identity of a render. Everything that decides its pixels goes in, and nothing else: not the keys of uploads and assets,
 * nor prices, labels that are not drawn, or zones of other placements.
 *
 * @throws RenderError for a placement, font, asset or upload that is not there
 */
export function planHash(input: PlanHashInput): string {
  const { target, format, placement, base, zones } = selectContent(input)
  const { width_mm, height_mm, dpi, bleed_mm, on_canvas, on_canvas_quad } = placement.print_area
  return input.sha256(
    canonicalJson({
      renderer: RENDERER_VERSION,
      target,
      format,
      print_area: base
        ? { width_mm, height_mm, on_canvas, on_canvas_quad }
        : { width_mm, height_mm, dpi, bleed_mm },
      ...(base && {
        canvas: placement.canvas,
        base: {
          ...base,
          asset: base.asset === null ? null : findAsset(input.assets, base.asset),
        },
      }),
      zones: zones.map((zone) => identified(input, zone)),
    })
  )
}

function identified(input: PlanHashInput, zone: ZoneContent): unknown {
  switch (zone.kind) {
    case "text": {
      const sha256 = input.fonts[zone.font]
      if (!sha256) {
        throw new RenderError("font_unknown", `The font "${zone.font}" is not available.`, {
          params: { font: zone.font },
        })
      }
      return { ...zone, font: sha256 }
    }
    case "image":
      return { ...zone, picture: zone.picture && findPicture(input, zone.picture) }
    case "static_image":
      return { ...zone, asset: findAsset(input.assets, zone.asset) }
    case "shape":
      return zone
  }
}

/** JSON with sorted keys: equal values give equal texts, whatever order a database returned them in. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  )
}
