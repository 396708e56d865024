// Decodes what visitors send, in processes that can be killed.
import path from "node:path"
import { fileIssue, undecodableImage } from "../../../domain/image-file/refusals"
import { AppError, invalid } from "../../../lib/errors"
import { Slots } from "../../../lib/slots"
import type { UploadOptions } from "../../../lib/upload-options"
import { WorkerError, WorkerProcess } from "../../../lib/worker-process"
import type { CleanImage, DecodeJob, DecodeOutcome } from "./protocol"

const BUSY = "uploads_busy"
/** Uploads that may wait for each process: a photo takes about a second. */
const WAITING_PER_PROCESS = 8
const IDLE_MS = 60_000

type Decoder = WorkerProcess<DecodeJob, DecodeOutcome>

/**
 * A bounded number of decoding processes behind a bounded queue. They start when there is work, stay warm for a minute,
 * and are replaced when they died.
 */
export class ImageIntake {
  private readonly slots: Slots
  private readonly idle = new Map<Decoder, NodeJS.Timeout>()
  private readonly busy = new Set<Decoder>()
  private readonly working = new Set<Promise<unknown>>()
  private closed = false

  /** @param idleMs milliseconds that a process without work is kept */
  constructor(
    private readonly options: UploadOptions,
    private readonly idleMs = IDLE_MS
  ) {
    const { decode_concurrency: concurrency } = options
    this.slots = new Slots(concurrency, concurrency * WAITING_PER_PROCESS, BUSY)
  }

  /**
   * Cleans a received file. The results lie beside it and are the caller's to remove.
   * @throws AppError 400 `undecodable_image`, `polyglot_file`, `decode_too_slow`, `decode_too_large`, and what a header is
   *   refused for; 503 `uploads_busy` at once when too many wait, and after `close`
   */
  async decode(file: { path: string }): Promise<CleanImage> {
    const work = this.slots.run(() => this.run(file.path))
    this.working.add(work)
    try {
      const outcome = await work
      if ("image" in outcome) {
        return outcome.image
      }
      throw "issue" in outcome
        ? invalid([outcome.issue], outcome.issue.code)
        : this.refusal(new WorkerError("memory", outcome.message))
    } catch (error) {
      throw error instanceof WorkerError ? this.refusal(error) : error
    } finally {
      this.working.delete(work)
    }
  }

  /** Ids of the processes that decode, and of the idle ones. */
  stats(): { busy_pids: number[]; idle_pids: number[] } {
    const pids = (decoders: Iterable<Decoder>) => [...decoders].flatMap(({ pid }) => pid ?? [])
    return { busy_pids: pids(this.busy), idle_pids: pids(this.idle.keys()) }
  }

  /** Refuses what waits, lets what runs come to its end (its deadline at the latest), then ends the processes. */
  async close(): Promise<void> {
    this.closed = true
    await Promise.allSettled(this.working)
    await Promise.all([...this.idle.keys()].map((decoder) => this.retire(decoder)))
  }

  private async run(file: string): Promise<DecodeOutcome> {
    if (this.closed) {
      throw new AppError("unavailable", BUSY, "The server is shutting down; try again.", {
        headers: { "Retry-After": "2" },
      })
    }
    const decoder = this.take()
    this.busy.add(decoder)
    try {
      const { max_pixels, decode_deadline_ms } = this.options
      const job = { path: file, folder: path.dirname(file), max_pixels }
      return await decoder.run(job, decode_deadline_ms)
    } finally {
      this.busy.delete(decoder)
      if (decoder.usable) {
        // An idle shop holds no memory; and the timer keeps no command alive.
        this.idle.set(decoder, setTimeout(() => void this.retire(decoder), this.idleMs).unref())
      }
    }
  }

  private take(): Decoder {
    for (const [decoder, timer] of this.idle) {
      clearTimeout(timer)
      this.idle.delete(decoder)
      // One that died while it was idle is passed over.
      if (decoder.usable) {
        return decoder
      }
    }
    return new WorkerProcess({
      entry: path.join(__dirname, "child"),
      memory_mb: this.options.decode_memory_mb,
      // A stranger's file fills no log with the decoder's warnings, and few arenas keep freed memory.
      env: { VIPS_WARNING: "0", MALLOC_ARENA_MAX: "2" },
    })
  }

  private async retire(decoder: Decoder): Promise<void> {
    clearTimeout(this.idle.get(decoder))
    this.idle.delete(decoder)
    await decoder.stop()
  }

  /** What the caller is told of a process that was ended, or ended itself, over a file. */
  private refusal(error: WorkerError): Error {
    const { decode_deadline_ms, decode_memory_mb } = this.options
    switch (error.fault) {
      case "deadline":
        return refused("decode_too_slow", "The image takes too long to decode.", {
          decode_deadline_ms,
        })
      case "memory":
        return refused("decode_too_large", "The image takes too much memory to decode.", {
          decode_memory_mb,
        })
      case "crashed":
        return invalid([undecodableImage()], "undecodable_image")
      case "failed":
      case "start_failed":
        return error
    }
  }
}

function refused(code: string, message: string, params: Record<string, unknown>): AppError {
  return invalid([fileIssue(code, message, params)], code)
}
