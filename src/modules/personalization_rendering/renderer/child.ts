// Entry of a renderer process: takes one render at a time from its parent, and ends with it.
import sharp from "sharp"
import { RenderError } from "../../../domain/rendering/errors"
import { loadHarfBuzz } from "./harfbuzz"
import { runPipeline } from "./pipeline"
import type { FromRenderer, ToRenderer, WireError } from "./protocol"

function send(message: FromRenderer): void {
  process.send?.(message)
}

function toWire(error: unknown): WireError {
  if (error instanceof RenderError) {
    const { code, message, params, step } = error
    return { code, message, params, step }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: "render_failed", message, params: {}, step: undefined }
}

async function render({ id, job, deadline_ms: deadlineMs }: ToRenderer): Promise<void> {
  try {
    const onStep = (step: (FromRenderer & { type: "step" })["step"]) =>
      send({ type: "step", id, step })
    send({ type: "result", id, result: await runPipeline(job, { deadlineMs, onStep }) })
  } catch (error) {
    send({ type: "error", id, error: toWire(error) })
  }
}

// A server that stops, or dies, closes the channel. Its own Ctrl-C reaches this process too, and must not tear a render
// out of the hands of a server that is still finishing it.
process.once("disconnect", () => process.exit(0))
process.on("SIGINT", () => undefined)
process.on("SIGTERM", () => undefined)

process.on("message", (message: ToRenderer) => void render(message))

// Designs rarely share pictures, so a cache of decoded ones would only hold memory.
sharp.cache(false)
sharp.concurrency(1)
void loadHarfBuzz().then(() => send({ type: "ready" }))
