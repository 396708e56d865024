// The module on a real database: its table as the migration makes it, jobs, hashes, and one real render.
import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import path from "node:path"
import { PERSONALIZATION_RENDERING_MODULE } from ".."
import { RenderJob } from "../models/render-job"
import { disc, makeJob, twoBands } from "../renderer/__tests__/fixture"
import type PersonalizationRenderingModuleService from "../service"

jest.setTimeout(60_000)

const JOB = {
  hash: "h1",
  target: "preview" as const,
  session_id: "psess_1",
  visitor_id: "pvis_1",
  revision: 3,
  input: { views: ["front"] },
}

moduleIntegrationTestRunner<PersonalizationRenderingModuleService>({
  moduleName: PERSONALIZATION_RENDERING_MODULE,
  resolve: path.resolve(__dirname, ".."),
  moduleModels: [RenderJob],
  moduleOptions: { secret: "s".repeat(32), render: { concurrency: 1 } },
  pathToMigrations: path.resolve(__dirname, "../migrations"),
  testSuite: ({ service }) => {
    it("keeps render jobs, queued and not tried when they are new", async () => {
      const created = await service.createRenderJobs(JOB)
      expect(created.id).toMatch(/^prj_/)
      const read = await service.retrieveRenderJob(created.id)
      expect(read).toMatchObject({
        ...JOB,
        status: "queued",
        attempts: 0,
        order_id: null,
        views: null,
        error: null,
        finished_at: null,
      })
      const finished = new Date("2026-01-02T03:04:05Z")
      const views = [{ view: "front", file_id: "pfil_1", width: 400, height: 400 }]
      await service.updateRenderJobs({
        id: created.id,
        status: "succeeded",
        views: views as unknown as Record<string, unknown>,
        finished_at: finished,
      })
      const [found] = await service.listRenderJobs({ hash: "h1", status: "succeeded" })
      expect(found).toMatchObject({ id: created.id, views, finished_at: finished })
    })

    it("takes no status or target that does not exist", async () => {
      const broken = { ...JOB, status: "lost" } as unknown as typeof JOB
      await expect(service.createRenderJobs(broken)).rejects.toThrow(/lost|status/)
    })

    it("hashes and renders a design with the bundled fonts", async () => {
      const { fonts: _, ...request } = makeJob(await disc(), await twoBands())
      const hash = await service.renderHash(request)
      expect(hash).toMatch(/^[0-9a-f]{64}$/)
      expect(await service.renderHash({ ...request, target: "print" })).not.toBe(hash)
      const result = await service.render(request)
      expect(result).toMatchObject({ mime_type: "image/webp", width: 400, height: 400 })
      await service.__hooks.onApplicationShutdown()
      await expect(service.render(request)).rejects.toMatchObject({ code: "renderer_closed" })
    })

    it("lists its fonts, each with a licence", async () => {
      const fonts = await service.fonts()
      expect(fonts.map(({ key }) => key)).toEqual([
        "inter",
        "inter-bold",
        "playfair-display",
        "playfair-display-bold",
        "pacifico",
        "oswald",
        "oswald-bold",
        "cairo",
        "cairo-bold",
      ])
      const shas = await service.fontShas(["inter", "cairo"])
      expect(Object.keys(shas)).toEqual(["inter", "cairo"])
      expect(new Set(Object.values(shas)).size).toBe(2)
      await expect(service.fontShas(["comic"])).rejects.toMatchObject({ code: "font_unknown" })
    })
  },
})
