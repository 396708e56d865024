// Builds the plugin and packs the tarball that a store would install.
import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)
const MAX_OUTPUT_BYTES = 16_777_216

/** The repository's root folder. */
export const ROOT = path.resolve(__dirname, "../..")

export type Tarball = {
  file: string
  /** Size of the compressed file in bytes. */
  size: number
  /** Paths inside the package. */
  paths: string[]
  remove(): Promise<void>
}

type PackReport = { filename: string; size: number; files: { path: string }[] }

/** Runs `npm run build`, unless PLUGIN_BUILT=1 says that it was run a moment ago, then `npm pack`. */
export async function buildAndPack(): Promise<Tarball> {
  if (process.env.PLUGIN_BUILT !== "1") {
    await npm(["run", "build"])
  }
  const folder = await mkdtemp(path.join(tmpdir(), "personalization-pack-"))
  const output = await npm(["pack", "--json", "--pack-destination", folder])
  const [report] = JSON.parse(output) as PackReport[]
  if (!report) {
    throw new Error("npm pack reported no package.")
  }
  return {
    file: path.join(folder, report.filename),
    size: report.size,
    paths: report.files.map((entry) => entry.path),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

type Lock = { packages: Record<string, { version?: string; resolved?: string }> }

/** What npm would install for a store with Medusa and this tarball, as its lock file; it fails where peers do not fit. */
export async function resolveWithNpm(tarball: Tarball): Promise<Lock> {
  const folder = await mkdtemp(path.join(tmpdir(), "personalization-resolve-"))
  const dependencies = {
    "@medusajs/cli": "2.21.2",
    "@medusajs/framework": "2.21.2",
    "@medusajs/medusa": "2.21.2",
  }
  const manifest = { name: "store", version: "1.0.0", private: true, dependencies }
  try {
    await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest))
    const flags = ["--package-lock-only", "--prefer-offline", "--ignore-scripts", "--no-audit"]
    await npm(["install", ...flags, tarball.file], folder)
    return JSON.parse(await readFile(path.join(folder, "package-lock.json"), "utf8")) as Lock
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function npm(args: string[], cwd = ROOT): Promise<string> {
  try {
    const options = { cwd, maxBuffer: MAX_OUTPUT_BYTES }
    const { stdout } = await run("npm", ["--silent", ...args], options)
    return stdout
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string }
    throw new Error(`npm ${args.join(" ")} failed:\n${stdout}\n${stderr}`)
  }
}
