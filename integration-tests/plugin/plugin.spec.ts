// The packed plugin: what its tarball holds, that every entry point resolves, and that a foreign store runs with it.
import path from "node:path"
import ts from "typescript"
import { createEmptyDatabase, type TestDatabase } from "../helpers/database"
import { driveHost, fillHost } from "./drive"
import { createHost, type Host } from "./host"
import { buildAndPack, resolveWithNpm, type Tarball } from "./pack"

const MAX_TARBALL_BYTES = 5 * 1024 * 1024
const SETUP_TIMEOUT_MS = 240_000

const MODULES = [
  "personalization",
  "personalization_production",
  "personalization_rendering",
  "personalization_webhook",
]

/** Subpaths that a store may import; the dashboard's entry is JavaScript for a bundler and has no types. */
const TYPED_SUBPATHS = [
  "workflows",
  ...MODULES.map((name) => `modules/${name}`),
  // Where Medusa itself looks for a plugin's modules.
  ...MODULES.map((name) => `.medusa/server/src/modules/${name}`),
  "providers/payment-sandbox",
  "lib/options",
]

describe("the plugin's tarball in a host", () => {
  let tarball: Tarball
  let database: TestDatabase
  let host: Host

  beforeAll(async () => {
    tarball = await buildAndPack()
    database = await createEmptyDatabase()
    host = await createHost(tarball, database.url)
  }, SETUP_TIMEOUT_MS)

  afterAll(async () => {
    await host?.remove()
    await database?.drop()
    await tarball?.remove()
  })

  it("holds the compiled plugin and nothing of ours besides", () => {
    const foreign = tarball.paths.filter(
      (name) =>
        !/^(package\.json|README\.md|LICENSE)$/.test(name) &&
        !/^\.medusa\/server\/src\/(admin|api|domain|jobs|lib|links|modules|providers|subscribers|types|workflows)\//.test(
          name
        )
    )
    expect(foreign).toEqual([])
  })

  it("holds no tests and no sources", () => {
    const unwanted = tarball.paths.filter(
      (name) => /\.(spec|test)\.|__tests__|medusa-config/.test(name) || /(?<!\.d)\.tsx?$/.test(name)
    )
    expect(unwanted).toEqual([])
  })

  it("is smaller than 5 MB and has types beside its JavaScript", () => {
    expect(tarball.size).toBeLessThan(MAX_TARBALL_BYTES)
    const code = tarball.paths.filter(
      (name) => name.endsWith(".js") && !name.includes("/src/admin/")
    )
    expect(code.length).toBeGreaterThan(0)
    const untyped = code.filter((name) => !tarball.paths.includes(name.replace(/\.js$/, ".d.ts")))
    expect(untyped).toEqual([])
  })

  it.each(TYPED_SUBPATHS)("finds the types of %s", (subpath) => {
    const resolved = ts.resolveModuleName(
      `medusa-plugin-personalization/${subpath}`,
      path.join(host.folder, "medusa-config.ts"),
      { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
      ts.sys
    ).resolvedModule
    expect(resolved?.extension).toBe(".d.ts")
    expect(resolved?.resolvedFileName.startsWith(host.pluginFolder)).toBe(true)
  })

  it(
    "is resolved by npm beside Medusa, its peers included",
    async () => {
      const lock = await resolveWithNpm(tarball)
      const plugin = lock.packages["node_modules/medusa-plugin-personalization"]
      expect(plugin?.resolved).toMatch(/\.tgz$/)
      expect(lock.packages["node_modules/@medusajs/medusa"]?.version).toBe("2.21.2")
      expect(lock.packages["node_modules/bullmq"]).toBeDefined()
    },
    SETUP_TIMEOUT_MS
  )

  it("loads every entry point with declared dependencies only", async () => {
    const exported = await host.exportsOf([...TYPED_SUBPATHS, "admin"])
    const empty = Object.keys(exported).filter((subpath) => exported[subpath]?.length === 0)
    expect(empty).toEqual([])
  })

  it(
    "migrates, starts and serves a session, its preview and a cart in the host",
    async () => {
      await host.migrate()
      await fillHost(host)
      await host.start()
      await driveHost(host, database.url)
    },
    SETUP_TIMEOUT_MS
  )
})
