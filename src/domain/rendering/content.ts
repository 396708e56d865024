// What a design shows on one placement: every value, default and placeholder decided, before any geometry.
import { resolveSelection } from "../selection/resolve"
import type { Selection, TextValue } from "../selection/selection"
import {
  type Definition,
  localize,
  type Placement,
  type Zone,
  type ZoneOf,
} from "../template/definition"
import { RenderError } from "./errors"
import { DEFAULT_VIEW, type ImageView } from "./image-fit"
import { type Paint, paintOf } from "./paint"

/**
 * `preview`: the product as it will look, on the placement's canvas. `thumbnail`: the same, small, for lists. `print`: the
 * zones alone with their bleed, for the workshop.
 */
export type RenderTarget = "preview" | "thumbnail" | "print"
/** What a file is written as. A print is always a PNG: it needs transparency, and loses nothing. */
export type RenderFormat = "webp" | "png"

/** A design and the side of it that is wanted. */
export type DesignView = {
  definition: Definition
  /** The visitor's own values; the template's defaults and conditions are applied here. */
  selection: Selection
  /** The values of the product's option sets by their keys: a default that its set does not have (any more) is none. */
  option_values?: Record<string, readonly string[]>
  /** Key of the placement. */
  placement: string
  target: RenderTarget
  /** Of a preview or a thumbnail; WebP by default. */
  format?: RenderFormat
  /** Draw hints and empty frames where there is no value yet; never in a print. */
  placeholders: boolean
  /** BCP 47; the language of placeholders. English by default. */
  locale?: string
}

type Drawn<K extends "text" | "image" | "shape" | "static_image" | "static_text"> = Pick<
  ZoneOf<K>,
  "key" | "frame" | "rotation"
>

/** A text, the visitor's or the template's own. */
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
    arc: NonNullable<ZoneOf<"text">["arc"]> | null
    outline: NonNullable<ZoneOf<"text">["outline"]> | null
  }

export type ImageContent = Drawn<"image"> &
  Pick<ZoneOf<"image">, "fit" | "mask"> & {
    kind: "image"
    /** The visitor's upload by its id, or the shop's picture by its key. Null: the empty frame is shown. */
    picture: { upload: string } | { asset: string } | null
    view: ImageView
  }

export type ShapeContent = Drawn<"shape"> &
  Pick<ZoneOf<"shape">, "figure"> & { kind: "shape"; fill: string }

export type StaticImageContent = Drawn<"static_image"> & { kind: "static_image"; asset: string }

export type ZoneContent = TextContent | ImageContent | ShapeContent | StaticImageContent

export type Content = {
  target: RenderTarget
  format: RenderFormat
  placement: Placement
  /**
   * The backdrop, the product's photo (its asset key) over it, and the colour that the photo is multiplied with: without
   * a photo the backdrop stays as it is. Null in a print.
   */
  base: { asset: string | null; tint: string | null; backdrop: string } | null
  /** The zones that are shown, in drawing order. */
  zones: ZoneContent[]
}

/** The fonts, shop assets and uploads that a render needs, each key once. */
export type RequiredSources = { fonts: string[]; assets: string[]; uploads: string[] }

/** A view with its values decided. */
type Resolved = { view: DesignView; values: Selection; paint: Paint }

/** @throws RenderError `placement_unknown` */
export function selectContent(view: DesignView): Content {
  const { definition, target, option_values: optionValues } = view
  const placement = definition.placements.find(({ key }) => key === view.placement)
  if (!placement) {
    throw new RenderError(
      "placement_unknown",
      `The template has no placement "${view.placement}".`,
      { params: { placement: view.placement } }
    )
  }
  const { values, shown } = resolveSelection(
    definition,
    view.selection,
    optionValues && ((set) => optionValueSet(optionValues, set))
  )
  const paint = paintOf(definition, values)
  return {
    target,
    format: target === "print" ? "png" : (view.format ?? "webp"),
    placement,
    base: target === "print" ? null : baseContent(placement, paint),
    zones: definition.zones
      .filter(
        (zone) => "placement" in zone && zone.placement === placement.key && shown.has(zone.key)
      )
      .flatMap((zone) => zoneContent({ view, values, paint }, zone)),
  }
}

/** What has to be at hand before a design can be drawn. */
export function requiredSources(view: DesignView): RequiredSources {
  const { base, zones } = selectContent(view)
  const fonts = new Set<string>()
  const assets = new Set<string>(base?.asset ? [base.asset] : [])
  const uploads = new Set<string>()
  for (const zone of zones) {
    if (zone.kind === "text") {
      fonts.add(zone.font)
    } else if (zone.kind === "static_image") {
      assets.add(zone.asset)
    } else if (zone.kind === "image" && zone.picture) {
      if ("upload" in zone.picture) {
        uploads.add(zone.picture.upload)
      } else {
        assets.add(zone.picture.asset)
      }
    }
  }
  return { fonts: [...fonts], assets: [...assets], uploads: [...uploads] }
}

function optionValueSet(
  optionValues: NonNullable<DesignView["option_values"]>,
  set: string
): ReadonlySet<string> | undefined {
  return Object.hasOwn(optionValues, set) ? new Set(optionValues[set]) : undefined
}

function baseContent(placement: Placement, paint: Paint): NonNullable<Content["base"]> {
  const { backdrop, asset: own = null } = placement.background
  const asset = paint.backgrounds.get(placement.key) ?? own
  return {
    asset,
    tint: asset === null ? null : (paint.base ?? placement.base_color ?? null),
    backdrop,
  }
}

function zoneContent(resolved: Resolved, zone: Zone): ZoneContent[] {
  switch (zone.kind) {
    case "text":
      return textContent(resolved, zone)
    case "static_text":
      return [staticTextContent(zone)]
    case "image":
      return imageContent(resolved, zone)
    case "shape": {
      const fill = resolved.paint.fills.get(zone.key) ?? zone.fill
      return [{ kind: "shape", ...drawn(zone), figure: zone.figure, fill }]
    }
    case "static_image": {
      const asset = resolved.paint.images.get(zone.key) ?? zone.asset
      return [{ kind: "static_image", ...drawn(zone), asset }]
    }
    case "color":
    case "option":
      return []
  }
}

function textContent({ view, values }: Resolved, zone: ZoneOf<"text">): TextContent[] {
  const chosen = values[zone.key]
  const value = chosen?.kind === "text" ? chosen.value : undefined
  if (!value && !showsPlaceholders(view)) {
    return []
  }
  const hint = { text: localize(zone.placeholder ?? zone.label, view.locale) }
  return [{ ...writtenText(zone, value ?? hint), placeholder: !value }]
}

/** A text zone with what a visitor wrote into it. */
export function writtenText(zone: ZoneOf<"text">, value: TextValue): TextContent {
  return {
    kind: "text",
    ...drawn(zone),
    ...layout(zone),
    text: value.text,
    placeholder: false,
    font: value.font ?? zone.fonts[0] ?? "",
    size: value.size ?? zone.size.default,
    min_size: zone.size.min,
    auto_fit: zone.size.auto_fit,
    color: value.color ?? zone.colors[0]?.value ?? "#000000",
    max_lines: zone.max_lines,
  }
}

function staticTextContent(zone: ZoneOf<"static_text">): TextContent {
  return {
    kind: "text",
    ...drawn(zone),
    ...layout(zone),
    text: zone.text,
    placeholder: false,
    font: zone.font,
    size: zone.size,
    min_size: zone.size,
    auto_fit: false,
    color: zone.color,
    // As many as its frame holds: no text has more lines than characters.
    max_lines: zone.text.length,
  }
}

function layout(zone: ZoneOf<"text" | "static_text">) {
  const { align, valign, letter_case, arc = null, outline = null } = zone
  return { align, valign, letter_case, arc, outline }
}

function imageContent({ view, values }: Resolved, zone: ZoneOf<"image">): ImageContent[] {
  const chosen = values[zone.key]
  const content = (
    picture: ImageContent["picture"],
    look: ImageView = DEFAULT_VIEW
  ): ImageContent[] => [
    {
      kind: "image",
      ...drawn(zone),
      fit: zone.fit,
      mask: zone.mask,
      picture,
      view: look,
    },
  ]
  if (chosen?.kind === "image") {
    const { upload_id: upload, zoom, x, y, rotation } = chosen.value
    return content({ upload }, { zoom, x, y, rotation })
  }
  if (chosen?.kind === "asset") {
    return content({ asset: chosen.value.asset })
  }
  return showsPlaceholders(view) ? content(null) : []
}

function showsPlaceholders(view: DesignView): boolean {
  return view.placeholders && view.target !== "print"
}

function drawn({ key, frame, rotation }: Drawn<"text">): Drawn<"text"> {
  return { key, frame, rotation }
}
