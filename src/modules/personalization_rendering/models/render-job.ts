// A request to render one side of a design: who asked, what for, and what came of it.
import { model } from "@medusajs/framework/utils"

export const RenderJob = model
  .define("personalization_render_job", {
    id: model.id({ prefix: "prj" }).primaryKey(),
    /** The plan's content hash: equal designs share it, and one render serves them all. */
    hash: model.text(),
    target: model.enum(["preview", "thumbnail", "print"]),
    session_id: model.text().nullable(),
    visitor_id: model.text().nullable(),
    order_id: model.text().nullable(),
    line_item_id: model.text().nullable(),
    /** The session's revision that was rendered. */
    revision: model.number().nullable(),
    /**
     * What to draw, as it was when it was asked for: a session may change before the job's turn comes. Empty once it was
     * drawn.
     */
    input: model.json(),
    status: model.enum(["queued", "rendering", "succeeded", "failed"]).default("queued"),
    /** How often rendering was begun. */
    attempts: model.number().default(0),
    /** `[{ view, file_id, width, height, dpi, blank }]`, as `RenderedView` says. */
    views: model.json().nullable(),
    /** What preflight had to say when the job was asked for: a list of issues, their paths beginning with `options`. */
    warnings: model.json().nullable(),
    /** `{ code, message, step }` of the last failure. */
    error: model.json().nullable(),
    /** Milliseconds by what took them. */
    timings: model.json().nullable(),
    /** Until when the worker that draws it owns it; prolonged while the worker lives. */
    leased_until: model.dateTime().nullable(),
    started_at: model.dateTime().nullable(),
    finished_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["hash", "status"] },
    { on: ["visitor_id"] },
    { on: ["session_id"] },
    { on: ["order_id"] },
    // Unfinished jobs only: what the reconciler looks through.
    {
      name: "IDX_personalization_render_job_unfinished",
      on: ["created_at"],
      where: "status in ('queued', 'rendering') and deleted_at is null",
    },
  ])
