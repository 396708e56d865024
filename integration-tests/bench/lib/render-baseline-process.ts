// The baseline in a process of its own, beside the renderer's: equal conditions for both.
import { writeFile } from "node:fs/promises"
import path from "node:path"
import { WorkerProcess } from "../../../src/lib/worker-process"
import type { Drawing } from "./render-baseline"
import type { BaselineJob, BaselineResult } from "./render-baseline-child"
import { fontFiles, type DesignPictures } from "./render-design"

const DEADLINE_MS = 120_000
const MEMORY_MB = 4096

export type Baseline = {
  pid: () => number | undefined
  /** Milliseconds are of the drawing alone, without the way to the process and back. */
  draw: (drawing: Drawing) => Promise<BaselineResult>
  stop: () => Promise<void>
}

/** Starts it. @param folder for its files; the caller's to remove */
export async function startBaseline(folder: string, pictures: DesignPictures): Promise<Baseline> {
  const [background, upload, fonts] = ["background", "upload", "fonts.conf"].map((name) =>
    path.join(folder, name)
  ) as [string, string, string]
  await writeFile(background, pictures.background.data)
  await writeFile(upload, pictures.original.data)
  await writeFile(fonts, fontconfig(folder))
  const worker = new WorkerProcess<BaselineJob, BaselineResult>({
    entry: path.join(__dirname, "render-baseline-child"),
    memory_mb: MEMORY_MB,
    env: { FONTCONFIG_FILE: fonts },
  })
  return {
    pid: () => worker.pid,
    draw: (drawing) => worker.run({ drawing, background, upload }, DEADLINE_MS),
    stop: () => worker.stop(),
  }
}

/** Lets librsvg find the design's fonts by their families, and no others. */
function fontconfig(folder: string): string {
  const folders = fontFiles().map((file) => `<dir>${path.dirname(file)}</dir>`)
  return `<fontconfig>${folders.join("")}<cachedir>${folder}/fontconfig</cachedir></fontconfig>`
}
