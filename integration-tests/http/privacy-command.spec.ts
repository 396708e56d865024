// The privacy script as an operator runs it: a process of its own on the store's database.
import { spawn } from "node:child_process"
import path from "node:path"
import type { Erasure, PersonalExport } from "../../src/workflows/privacy/types"
import { personalizationTestRunner } from "../helpers/runner"
import { privacyShop } from "./privacy-shop"

const ROOT = path.resolve(__dirname, "../..")
const CLI = path.join(ROOT, "node_modules/@medusajs/cli/cli.js")
const TIMEOUT_MS = 120_000

type Run = { code: number | null; stdout: string; stderr: string }

/** `medusa exec ./src/scripts/privacy.ts -- ...` with a text on its standard input. */
function privacy(args: string[], input = ""): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [CLI, "exec", "./src/scripts/privacy.ts", "--", ...args],
      {
        cwd: ROOT,
        env: { ...process.env, LOG_LEVEL: "error" },
      }
    )
    const run: Run = { code: null, stdout: "", stderr: "" }
    child.stdout.on("data", (chunk: Buffer) => (run.stdout += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (run.stderr += chunk.toString()))
    child.once("error", reject)
    child.once("close", (code) => resolve({ ...run, code }))
    child.stdin.end(input)
  })
}

personalizationTestRunner({
  testSuite: (store) => {
    const shop = privacyShop(store)

    it(
      "exports and erases by a key from the standard input, as JSON and nothing else",
      async () => {
        const own = await shop.design({ name: "On the command line" })
        const exported = await privacy(["export", "--visitor-key", "-"], `${own.visitor.key}\n`)
        expect(exported).toMatchObject({ code: 0, stderr: "" })
        const document = JSON.parse(exported.stdout) as PersonalExport
        expect(document).toMatchObject({
          sessions: [{ id: own.id, options: { name: { text: "On the command line" } } }],
        })
        const erased = await privacy(["erase", "--visitor-key", "-"], own.visitor.key)
        expect(erased).toMatchObject({ code: 0 })
        const answer = JSON.parse(erased.stdout) as Erasure
        expect(answer).toMatchObject({ erased: { sessions: 1, visitors: 1 }, kept: [] })
        expect(await shop.tablesWith("On the command line")).toEqual([])
        expect(exported.stderr + erased.stderr + erased.stdout).not.toContain(own.visitor.key)
      },
      TIMEOUT_MS
    )

    it(
      "takes a customer's id, and says in a sentence what is wrong",
      async () => {
        const known = await privacy(["export", "--customer", "cus_nobody"])
        expect(JSON.parse(known.stdout)).toMatchObject({
          subject: { kind: "customer", customer_id: "cus_nobody" },
          sessions: [],
        })
        const wrong = await privacy(["export", "--visitor-key", "-"], "\n")
        expect(wrong).toMatchObject({ code: 1, stdout: "" })
        expect(wrong.stderr).toContain("No key came on the standard input.")
      },
      TIMEOUT_MS
    )
  },
})
