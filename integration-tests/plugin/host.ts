// A throwaway store that installs the packed plugin: package.json, tsconfig.json and medusa-config.ts, nothing else.
import { execFile, spawn, type ChildProcess } from "node:child_process"
import { readFileSync } from "node:fs"
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import { freePort } from "../helpers/ports"
import { ROOT, type Tarball } from "./pack"

const run = promisify(execFile)
const PLUGIN = "medusa-plugin-personalization"
const START_TIMEOUT_MS = 90_000
const STOP_TIMEOUT_MS = 15_000

/** What a Medusa store has in its own package.json, whatever plugins it uses. */
const STORE_PACKAGES = ["@medusajs/cli", "@swc/core", "ts-node", "typescript"]

const MEDUSA_CONFIG = `import { defineConfig } from "@medusajs/framework/utils"

export default defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: "http://localhost:8000",
      adminCors: "http://localhost:9000",
      authCors: "http://localhost:9000",
      jwtSecret: "host-jwt-secret",
      cookieSecret: "host-cookie-secret",
    },
  },
  admin: { disable: true },
  plugins: [
    {
      resolve: "${PLUGIN}",
      options: {
        secret: "a secret of the host with 32 characters or more",
        public_url: process.env.PUBLIC_URL,
      },
    },
  ],
})
`

const LIST_EXPORTS = `
console.log(JSON.stringify(process.argv.slice(1).map((name) => Object.keys(require(name)))))
process.exit(0)`

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "Node16",
    moduleResolution: "Node16",
    esModuleInterop: true,
    skipLibCheck: true,
    strict: true,
  },
  "ts-node": { swc: true },
}

export type Host = {
  /** The store's folder. */
  folder: string
  /** The folder of the installed plugin. */
  pluginFolder: string
  /** Absolute URL of a path, once the store is started. */
  url(path: string): string
  /** `medusa db:migrate` */
  migrate(): Promise<void>
  /** `medusa exec` of a script with this source. */
  exec(source: string): Promise<void>
  /** `medusa start`, until it answers /health. */
  start(): Promise<void>
  /** Loads subpaths of the plugin as the host would, in a process of their own, and says which names each exports. */
  exportsOf(subpaths: string[]): Promise<Record<string, string[]>>
  /** Stops the store and removes its folder. */
  remove(): Promise<void>
}

/**
 * Sets the store up. The plugin is unpacked from its tarball; every other package is a link to this repository's
 * copy, and only those are there that the plugin or the store declares, so that an undeclared one is missed.
 */
export async function createHost(tarball: Tarball, databaseUrl: string): Promise<Host> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "personalization-host-")))
  const pluginFolder = path.join(folder, "node_modules", PLUGIN)
  await mkdir(pluginFolder, { recursive: true })
  await run("tar", ["-xzf", tarball.file, "-C", pluginFolder, "--strip-components=1"])
  const declared = await linkPackages(folder, pluginFolder)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  await writeStore(folder, declared)
  const store = new StoreProcess(folder, {
    ...process.env,
    NODE_ENV: "development",
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: origin,
    PORT: String(port),
  })
  return {
    folder,
    pluginFolder,
    url: (pathname) => new URL(pathname, origin).href,
    migrate: () => store.run(["db:migrate", "--execute-safe-links"]),
    exec: async (source) => {
      await writeFile(path.join(folder, "script.ts"), source)
      await store.run(["exec", "./script.ts"])
      await rm(path.join(folder, "script.ts"))
    },
    start: () => store.start(origin),
    exportsOf: async (subpaths) => {
      const args = ["-e", LIST_EXPORTS, ...subpaths.map((subpath) => `${PLUGIN}/${subpath}`)]
      const { stdout } = await run(process.execPath, args, { cwd: folder })
      const names = JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]") as string[][]
      return Object.fromEntries(subpaths.map((subpath, index) => [subpath, names[index] ?? []]))
    },
    remove: async () => {
      await store.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Manifest = {
  version: string
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

async function linkPackages(folder: string, pluginFolder: string): Promise<Record<string, string>> {
  const manifest = await readManifest(pluginFolder)
  const medusa = await readManifest(path.join(ROOT, "node_modules/@medusajs/medusa"))
  const names = new Set([
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
    ...STORE_PACKAGES,
    // Medusa finds its own modules and plugins from the store's folder, where npm would have put them.
    ...Object.keys(medusa.dependencies ?? {}).filter((name) => name.startsWith("@medusajs/")),
  ])
  for (const name of names) {
    const link = path.join(folder, "node_modules", name)
    await mkdir(path.dirname(link), { recursive: true })
    await symlink(path.join(ROOT, "node_modules", name), link, "dir")
  }
  const versions = [...names].map((name) => [
    name,
    versionOf(path.join(ROOT, "node_modules", name)),
  ])
  return { ...Object.fromEntries(versions), [PLUGIN]: manifest.version } as Record<string, string>
}

async function writeStore(folder: string, dependencies: Record<string, string>): Promise<void> {
  const manifest = { name: "host", version: "1.0.0", private: true, dependencies }
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest, null, 2))
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG, null, 2))
  await writeFile(path.join(folder, "medusa-config.ts"), MEDUSA_CONFIG)
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as Manifest
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest).version
}

/** The processes of the store, run by Medusa's own command line. */
class StoreProcess {
  #child: ChildProcess | undefined
  #output = ""
  readonly #cli: string

  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv
  ) {
    this.#cli = createRequire(path.join(folder, "package.json")).resolve("@medusajs/cli/cli.js")
  }

  /** A command of Medusa's that ends by itself. */
  async run(args: string[]): Promise<void> {
    const child = this.#spawn(args)
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve))
    if (code !== 0) {
      throw new Error(`medusa ${args.join(" ")} ended with ${code}:\n${this.#output}`)
    }
  }

  async start(origin: string): Promise<void> {
    const child = this.#spawn(["start"])
    this.#child = child
    const until = Date.now() + START_TIMEOUT_MS
    for (;;) {
      const healthy = await fetch(`${origin}/health`).then(
        (response) => response.ok,
        () => false
      )
      if (healthy) {
        return
      }
      if (child.exitCode !== null || Date.now() > until) {
        throw new Error(`medusa start does not answer /health:\n${this.#output}`)
      }
      await sleep(200)
    }
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) {
      return
    }
    const ended = new Promise((resolve) => child.once("exit", resolve))
    child.kill("SIGTERM")
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS)
    await ended
    clearTimeout(late)
  }

  #spawn(args: string[]): ChildProcess {
    this.#output = ""
    const child = spawn(process.execPath, [this.#cli, ...args], {
      cwd: this.folder,
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    })
    const collect = (chunk: Buffer) => {
      this.#output += chunk.toString()
    }
    child.stdout.on("data", collect)
    child.stderr.on("data", collect)
    return child
  }
}
