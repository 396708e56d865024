// The options of the renderer: how many processes, how long a queue, how much time.
import { z } from "@medusajs/framework/zod"

/** The `render` block of the plugin's options. Limits hold per server process unless they say otherwise. */
export const renderOptionsSchema = z
  .strictObject({
    /** Renderer processes that work at once. Each needs about 150 MB for previews, up to 450 MB for a print file. */
    concurrency: z.int().min(1).max(64).default(2),
    /** Renders that may wait for a free process; one more is refused with `queue_full`. */
    queue_limit: z.int().min(0).max(10_000).default(100),
    /** Jobs of the whole store that may wait for their turn; one more preview is refused with `render_queue_full`. */
    max_queued_jobs: z.int().min(1).max(100_000).default(500),
    /** Time a preview may take once a process has it, in milliseconds; the process is killed then. */
    preview_deadline_ms: z.int().min(1).max(600_000).default(10_000),
    /** The same for a print file. */
    print_deadline_ms: z.int().min(1).max(600_000).default(60_000),
  })
  .prefault({})

/** The renderer's options, every default filled in. */
export type RenderOptions = z.output<typeof renderOptionsSchema>
