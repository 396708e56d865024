// @redis
// The main job from the product list to a delivered event, by the same program that `npm run walk` runs.
import { execFile } from "node:child_process"
import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { seedStore } from "../../src/scripts/seed"
import { personalizationTestRunner } from "../helpers/runner"

const WALK = path.resolve(__dirname, "../../src/scripts/walk.mjs")

personalizationTestRunner({
  testSuite: (store) => {
    let folder: string

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), "walk-"))
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    it("is complete on a freshly seeded store", async () => {
      const { api_key } = await seedStore(store.getContainer())
      const preview = path.join(folder, "preview.webp")
      const url = store.url("/").replace(/\/$/, "")
      const { stdout } = await promisify(execFile)(process.execPath, [
        WALK,
        ...["--url", url, "--api-key", api_key ?? "", "--preview", preview],
      ])
      expect(stdout).toMatch(/ok 19 GET \/webhooklogs/)
      expect(stdout).toMatch(/The walk is complete/)
      expect((await stat(preview)).size).toBeGreaterThan(10_000)
    }, 120_000)

    it("says what is wrong, and fails, where a step does not hold", async () => {
      const failed = promisify(execFile)(process.execPath, [
        WALK,
        ...["--url", store.url("/nowhere"), "--api-key", "sk_none", "--preview", "/dev/null"],
      ])
      await expect(failed).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining("there are at least four products"),
      })
    })
  },
})
