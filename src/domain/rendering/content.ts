// What a design shows on one placement: every value, default and placeholder decided, before any geometry.
import type { Selection } from "../selection/selection"
import {
  type Definition,
  localize,
  type Placement,
  type Zone,
  type ZoneOf,
} from "../template/definition"
import { RenderError } from "./errors"
import { DEFAULT_VIEW, type ImageView } from "./image-fit"

/** `preview`: the product as it will look, on the placement's canvas. `print`: the zones alone, for the workshop. */
export type RenderTarget = "preview" | "print"

/** A design and the side of it that is wanted. */
export type DesignView = {
  definition: Definition
  selection: Selection
  /** Key of the placement. */
  placement: string
  target: RenderTarget
  /** Draw defaults, hints and empty frames where nothing was chosen yet; never in a print. */
  placeholders: boolean
  /** BCP 47; the language of placeholders. English by default. */
  locale?: string
}

type Drawn<K extends "text" | "image" | "shape" | "static_image"> = Pick<
  ZoneOf<K>,
  "key" | "frame" | "rotation"
>

export type TextContent = Drawn<"text"> &
  Pick<ZoneOf<"text">, "align" | "valign" | "letter_case" | "max_lines"> & {
    kind: "text"
    text: string
    placeholder: boolean
    font: string
    size: number
    min_size: number
    auto_fit: boolean
    color: string
  }

export type ImageContent = Drawn<"image"> &
  Pick<ZoneOf<"image">, "fit" | "mask" | "dpi"> & {
    kind: "image"
    /** Null: the empty frame is shown. */
    upload: string | null
    view: ImageView
  }

export type ShapeContent = Drawn<"shape"> &
  Pick<ZoneOf<"shape">, "figure"> & { kind: "shape"; fill: string }

export type StaticImageContent = Drawn<"static_image"> & { kind: "static_image"; asset: string }

export type ZoneContent = TextContent | ImageContent | ShapeContent | StaticImageContent

export type Content = {
  target: RenderTarget
  placement: Placement
  /** The product's photo and the colour it is multiplied with; null in a print. */
  base: { asset: string; tint: string | null; backdrop: string } | null
  zones: ZoneContent[]
}

/** The fonts, shop assets and uploads that a render needs, each key once. */
export type RequiredSources = { fonts: string[]; assets: string[]; uploads: string[] }

/** @throws RenderError `placement_unknown` */
export function selectContent(view: DesignView): Content {
  const { definition, target } = view
  const placement = definition.placements.find(({ key }) => key === view.placement)
  if (!placement) {
    throw new RenderError(
      "placement_unknown",
      `The template has no placement "${view.placement}".`,
      { params: { placement: view.placement } }
    )
  }
  return {
    target,
    placement,
    base:
      target === "print"
        ? null
        : {
            asset: placement.background.asset ?? "",
            tint:
              paintedColor(view, (paints) => paints.target === "base") ??
              placement.base_color ??
              null,
            backdrop: placement.background.backdrop,
          },
    zones: definition.zones.flatMap((zone) =>
      "placement" in zone && zone.placement === placement.key ? zoneContent(view, zone) : []
    ),
  }
}

/** What has to be at hand before a design can be drawn. */
export function requiredSources(view: DesignView): RequiredSources {
  const { base, zones } = selectContent(view)
  const fonts = new Set<string>()
  const assets = new Set<string>(base ? [base.asset] : [])
  const uploads = new Set<string>()
  for (const zone of zones) {
    if (zone.kind === "text") {
      fonts.add(zone.font)
    } else if (zone.kind === "static_image") {
      assets.add(zone.asset)
    } else if (zone.kind === "image" && zone.upload !== null) {
      uploads.add(zone.upload)
    }
  }
  return { fonts: [...fonts], assets: [...assets], uploads: [...uploads] }
}

function zoneContent(view: DesignView, zone: Zone): ZoneContent[] {
  switch (zone.kind) {
    case "text":
      return textContent(view, zone)
    case "image":
      return imageContent(view, zone)
    case "shape":
      return [
        {
          kind: "shape",
          ...drawn(zone),
          figure: zone.figure,
          fill:
            paintedColor(view, (paints) => paints.target === "shape" && paints.zone === zone.key) ??
            zone.fill,
        },
      ]
    case "static_image":
      return [{ kind: "static_image", ...drawn(zone), asset: zone.asset }]
    default:
      return []
  }
}

function textContent(view: DesignView, zone: ZoneOf<"text">): TextContent[] {
  const chosen = view.selection[zone.key]
  const value = chosen?.kind === "text" ? chosen.value : undefined
  const placeholder = !value?.text.trim()
  if (placeholder && !showsPlaceholders(view)) {
    return []
  }
  const hint = zone.default ?? localize(zone.placeholder ?? zone.label, view.locale)
  return [
    {
      kind: "text",
      ...drawn(zone),
      text: placeholder ? hint : (value?.text ?? ""),
      placeholder,
      font: value?.font ?? zone.fonts[0] ?? "",
      size: value?.size ?? zone.size.default,
      min_size: zone.size.min,
      auto_fit: zone.size.auto_fit,
      color: value?.color ?? zone.colors[0]?.value ?? "#000000",
      align: zone.align,
      valign: zone.valign,
      letter_case: zone.letter_case,
      max_lines: zone.max_lines,
    },
  ]
}

function imageContent(view: DesignView, zone: ZoneOf<"image">): ImageContent[] {
  const chosen = view.selection[zone.key]
  const value = chosen?.kind === "image" ? chosen.value : undefined
  if (!value && !showsPlaceholders(view)) {
    return []
  }
  return [
    {
      kind: "image",
      ...drawn(zone),
      fit: zone.fit,
      mask: zone.mask,
      ...(zone.dpi && { dpi: zone.dpi }),
      upload: value?.upload_id ?? null,
      view: value
        ? { zoom: value.zoom, x: value.x, y: value.y, rotation: value.rotation }
        : DEFAULT_VIEW,
    },
  ]
}

function showsPlaceholders(view: DesignView): boolean {
  return view.placeholders && view.target !== "print"
}

function drawn({ key, frame, rotation }: Drawn<"text">): Drawn<"text"> {
  return { key, frame, rotation }
}

/** The colour of the last color zone that paints this and has a value. */
function paintedColor(
  { definition, selection }: DesignView,
  paints: (target: ZoneOf<"color">["paints"]) => boolean
): string | undefined {
  return definition.zones
    .flatMap((zone) => {
      if (zone.kind !== "color" || !paints(zone.paints)) {
        return []
      }
      const chosen = selection[zone.key]
      const color = chosen?.kind === "color" ? chosen.value : zone.default
      return color ? [color] : []
    })
    .at(-1)
}
