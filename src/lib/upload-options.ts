// The options of uploads: how large, how many, how long receiving and decoding may take.
import { z } from "@medusajs/framework/zod"

const MEBIBYTE = 1_048_576

/** The `uploads` block of the plugin's options. What is said "per process" holds for each server process. */
export const uploadOptionsSchema = z
  .strictObject({
    /** The largest image a visitor may send, in bytes; a zone may ask for less. */
    max_bytes: z
      .int()
      .min(1024)
      .default(20 * MEBIBYTE),
    /** The most pixels (width x height) an upload may have. */
    max_pixels: z.int().min(1).default(40_000_000),
    /** The most uploads of a session, and of a visitor over all their sessions. */
    max_per_session: z.int().min(1).default(100),
    max_per_visitor: z.int().min(1).default(300),
    /** The most bytes of a visitor's uploads together, as they were sent. */
    max_bytes_per_visitor: z
      .int()
      .min(1024)
      .default(1024 * MEBIBYTE),
    /** Bodies that are received at once, per process; one more is refused with `uploads_busy`. */
    max_receiving: z.int().min(1).max(10_000).default(32),
    /** A body that sends nothing for this long, or is not whole after `receive_deadline_ms`, is refused. */
    idle_timeout_ms: z.int().min(100).max(600_000).default(10_000),
    receive_deadline_ms: z.int().min(100).max(3_600_000).default(120_000),
    /** Processes that decode at once, per process. */
    decode_concurrency: z.int().min(1).max(64).default(2),
    /** Time that decoding an image may take, in milliseconds; its process is killed then. */
    decode_deadline_ms: z.int().min(100).max(600_000).default(10_000),
    /** Memory that a decoding process may take, in MiB; it is killed beyond. */
    decode_memory_mb: z.int().min(256).max(65_536).default(1024),
  })
  .prefault({})

/** The upload options, every default filled in. */
export type UploadOptions = z.output<typeof uploadOptionsSchema>
