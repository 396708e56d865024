// The design that the renderer is measured with: a product's photo, a visitor's cut-out turned in an ellipse, a straight and
// a curved text; and the same, in pixels, for whoever draws it without a template.
import { definitionSchema, type DefinitionInput } from "../../../src/domain/template/definition"
import { requiredSources, type RenderFormat } from "../../../src/domain/rendering/content"
import { findFont } from "../../../src/modules/personalization_rendering/fonts/catalog"
import type { RendererJob } from "../../../src/modules/personalization_rendering/renderer/protocol"
import type { Drawing, DrawnText } from "./render-baseline"
import { asUploaded, cutOut, photo, type Picture } from "./render-pictures"

export type Wanted = { target: "preview" | "print"; format: RenderFormat }
export type DesignPictures = { background: Picture; original: Picture; proxy: Picture }

const MM_PER_INCH = 25.4
const PT_PER_INCH = 72
const BACKGROUND_PIXELS = 2400
const UPLOAD_PIXELS = 2000

const CANVAS = { width: 1200, height: 1200 }
/** With its bleed 381 x 457.2 mm: 4500 x 5400 pixels. */
const AREA = {
  width_mm: 375,
  height_mm: 451.2,
  dpi: 300,
  bleed_mm: 3,
  on_canvas: { x: 226, y: 150, width: 748, height: 900 },
}
const PHOTO = {
  frame: { x: 47.5, y: 90, width: 280, height: 280 },
  view: { zoom: 1.2, x: 0, y: 0, rotation: 15 },
}
/** The curved text stands on a circle whose apex is where letters of its size, centred in the frame, would stand. */
const MOTTO = {
  frame: { x: 20, y: 10, width: 335, height: 75 },
  text: "Straight from the heart",
  font: "pacifico",
  size: 78,
  color: "#7a1f3d",
  radius_mm: 320,
}
const NAME = {
  frame: { x: 20, y: 380, width: 335, height: 60 },
  font: "inter-bold",
  size: 110,
  color: "#17324d",
}

const DEFINITION: DefinitionInput = {
  schema: 1,
  placements: [
    {
      key: "front",
      label: "Front",
      canvas: CANVAS,
      background: { asset: "product", backdrop: "#ffffff" },
      print_area: AREA,
    },
  ],
  zones: [
    {
      kind: "image",
      key: "photo",
      label: "Photo",
      placement: "front",
      frame: PHOTO.frame,
      mask: { shape: "ellipse" },
      accept: ["image/png"],
      max_bytes: 50_000_000,
    },
    {
      kind: "text",
      key: "name",
      label: "Name",
      placement: "front",
      frame: NAME.frame,
      max_length: 40,
      fonts: [NAME.font],
      size: { min: NAME.size, max: NAME.size, default: NAME.size, auto_fit: false },
      colors: [{ name: "Blue", value: NAME.color }],
    },
    {
      kind: "static_text",
      key: "motto",
      placement: "front",
      frame: MOTTO.frame,
      text: MOTTO.text,
      font: MOTTO.font,
      size: MOTTO.size,
      color: MOTTO.color,
      arc: { radius_mm: MOTTO.radius_mm, direction: "up" },
    },
  ],
}

/** Makes the pictures; takes some seconds. */
export async function designPictures(): Promise<DesignPictures> {
  const [background, upload] = await Promise.all([photo(BACKGROUND_PIXELS), cutOut(UPLOAD_PIXELS)])
  return { background, ...(await asUploaded(upload.data)) }
}

const definition = definitionSchema.parse(DEFINITION)

/** What the renderer gets. Each name makes a design of its own. */
export function rendererJob(
  { background, original, proxy }: DesignPictures,
  { target, format }: Wanted,
  name: string
): RendererJob {
  const upload = target === "print" ? original : proxy
  const view = {
    definition,
    selection: {
      photo: { kind: "image", value: { upload_id: "upload", ...PHOTO.view } },
      name: { kind: "text", value: { text: name } },
    },
    placement: "front",
    target,
    format,
    placeholders: false,
  } satisfies Partial<RendererJob>
  const pictures = target === "print" ? [upload] : [background, upload]
  return {
    ...view,
    assets: { product: info(background) },
    uploads: { upload: info(upload) },
    files: Object.fromEntries(pictures.map(({ sha256, data }) => [sha256, data])),
    fonts: Object.fromEntries(requiredSources(view).fonts.map((key) => [key, findFont(key).path])),
  }
}

/** The same design as a list of what lies where in the file, for the baseline. */
export function drawing({ target, format }: Wanted, name: string): Drawing {
  const print = target === "print"
  const { width: across, x: left, y: top } = AREA.on_canvas
  const scale = print ? AREA.dpi / MM_PER_INCH : across / AREA.width_mm
  const origin = print
    ? { x: AREA.bleed_mm * scale, y: AREA.bleed_mm * scale }
    : { x: left, y: top }
  const box = (frame: typeof PHOTO.frame) => ({
    left: Math.round(origin.x + frame.x * scale),
    top: Math.round(origin.y + frame.y * scale),
    width: Math.round(frame.width * scale),
    height: Math.round(frame.height * scale),
  })
  const text = ({ frame, size, color }: Omit<typeof NAME, "font">) => ({
    box: box(frame),
    size: (size / PT_PER_INCH) * MM_PER_INCH * scale,
    color,
  })
  const straight: DrawnText = {
    ...text(NAME),
    text: name,
    font: "Inter",
    weight: 700,
    radius: null,
  }
  const curved: DrawnText = {
    ...{ ...text(MOTTO), text: MOTTO.text, font: "Pacifico", weight: 400 },
    radius: MOTTO.radius_mm * scale,
  }
  const { zoom, rotation } = PHOTO.view
  return {
    ...(print ? printSide() : CANVAS),
    format,
    density: print ? AREA.dpi : null,
    photo: { box: box(PHOTO.frame), zoom, rotation },
    texts: [straight, curved],
  }
}

/** Folders of the fonts that the baseline finds by their families. */
export function fontFiles(): string[] {
  return [NAME.font, MOTTO.font].map((key) => findFont(key).path)
}

function printSide(): { width: number; height: number } {
  const pixels = (side: number) => Math.round(((side + 2 * AREA.bleed_mm) / MM_PER_INCH) * AREA.dpi)
  return { width: pixels(AREA.width_mm), height: pixels(AREA.height_mm) }
}

function info({ sha256, width, height }: Picture) {
  return { sha256, width, height }
}
