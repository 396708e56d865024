// The one error of rendering: a stable code, and whether trying again can help.

/**
 * Why a design could not be rendered.
 *
 * What the input decides, and no retry can change: `placement_unknown`, `font_unknown`, `asset_missing`,
 * `upload_missing`, `file_missing`, `print_too_large`, `image_undecodable`, `image_size_mismatch`.
 * What another try can change: `deadline_exceeded`, `renderer_crashed`, `renderer_start_failed`, `queue_full`,
 * `renderer_closed`. Everything else is `render_failed`.
 */
export type RenderErrorCode =
  | "placement_unknown"
  | "font_unknown"
  | "asset_missing"
  | "upload_missing"
  | "file_missing"
  | "print_too_large"
  | "image_undecodable"
  | "image_size_mismatch"
  | "deadline_exceeded"
  | "renderer_crashed"
  | "renderer_start_failed"
  | "queue_full"
  | "renderer_closed"
  | "render_failed"

const RETRYABLE: ReadonlySet<RenderErrorCode> = new Set<RenderErrorCode>([
  "deadline_exceeded",
  "renderer_crashed",
  "renderer_start_failed",
  "queue_full",
  "renderer_closed",
])

/** A failed render. `step` is the renderer's step that was at work, where one was. */
export class RenderError extends Error {
  readonly code: RenderErrorCode
  readonly params: Record<string, unknown>
  readonly step: string | undefined

  constructor(
    code: RenderErrorCode,
    message: string,
    details: { params?: Record<string, unknown>; step?: string; cause?: unknown } = {}
  ) {
    super(message, { cause: details.cause })
    this.name = "RenderError"
    this.code = code
    this.params = details.params ?? {}
    this.step = details.step
  }

  /** Whether the same render may succeed later. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code)
  }
}
