// What is asked of the renderer, what it answers, and the messages between the server and its renderer processes.
import type { DesignView } from "../../../domain/rendering/content"
import type { RenderErrorCode } from "../../../domain/rendering/errors"
import type { ImageInfo } from "../../../domain/rendering/render-plan"

/** One side of one design, with everything that is drawn on it. */
export type RenderRequest = DesignView & {
  /** The shop's pictures by asset key. */
  assets: Record<string, ImageInfo>
  /** The visitor's pictures by upload id. */
  uploads: Record<string, ImageInfo>
  /** The files of both by the `sha256` of their `ImageInfo`: JPEG, PNG or WebP. */
  files: Record<string, Uint8Array>
}

/** A request as a renderer process gets it: the fonts that it needs are files it may read. */
export type RendererJob = RenderRequest & { fonts: Record<string, string> }

/** The renderer's steps, in their order. */
export const RENDER_STEPS = ["plan", "load", "draw", "encode"] as const
export type RenderStep = (typeof RENDER_STEPS)[number]

export type RenderResult = {
  data: Buffer
  mime_type: "image/webp" | "image/png"
  /** Pixels. */
  width: number
  height: number
  /** Pixels per inch of a print, as its file is tagged; null for a preview. */
  dpi: number | null
  /** Milliseconds by step, and `total`. */
  timings: Record<RenderStep | "total", number>
  /** Whether nothing is drawn: a side of which nothing is to be printed. */
  blank: boolean
}

/** An error on its way between processes. */
export type WireError = {
  code: RenderErrorCode
  message: string
  params: Record<string, unknown>
  step: string | undefined
}

export type ToRenderer = { type: "render"; id: number; job: RendererJob; deadline_ms: number }

export type FromRenderer =
  | { type: "ready" }
  | { type: "step"; id: number; step: RenderStep }
  | { type: "result"; id: number; result: Omit<RenderResult, "data"> & { data: Uint8Array } }
  | { type: "error"; id: number; error: WireError }
