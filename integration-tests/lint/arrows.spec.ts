// The lint rules that hold the house together, tried on snippets: each arrow that is forbidden, and one that is not.
import { ESLint } from "eslint"
import path from "node:path"
import tseslint from "typescript-eslint"

const ROOT = path.resolve(__dirname, "../..")
const BOOT_TIMEOUT_MS = 120_000

describe("lint rules", () => {
  // A snippet is no file of a TypeScript project, so the rules that need types stay out.
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: tseslint.configs.disableTypeChecked as ESLint.Options["overrideConfig"],
  })

  async function rulesBrokenBy(filePath: string, code: string): Promise<(string | null)[]> {
    const results = await eslint.lintText(code, { filePath: path.join(ROOT, filePath) })
    return results.flatMap((result) => result.messages.map((message) => message.ruleId))
  }

  const ARROW = "import-x/no-restricted-paths"
  const PACKAGE = "no-restricted-imports"

  it.each([
    ["domain to lib", "src/domain/probe.ts", "../lib/errors", ARROW],
    [
      "domain to a module",
      "src/domain/template/probe.ts",
      "../../modules/personalization/service",
      ARROW,
    ],
    ["domain to Medusa", "src/domain/probe.ts", "@medusajs/framework/utils", PACKAGE],
    ["domain to Node", "src/domain/probe.ts", "node:fs", PACKAGE],
    ["lib to a module", "src/lib/probe.ts", "../modules/personalization/service", ARROW],
    ["lib to a script", "src/lib/probe.ts", "../scripts/serve", ARROW],
    [
      "module to module",
      "src/modules/personalization_rendering/probe.ts",
      "../personalization/service",
      ARROW,
    ],
    [
      "module to a workflow of Medusa",
      "src/modules/personalization/probe.ts",
      "@medusajs/medusa/core-flows",
      PACKAGE,
    ],
    ["workflow to api", "src/workflows/probe.ts", "../api/middlewares", ARROW],
    [
      "api to a module's inside",
      "src/api/probe.ts",
      "../modules/personalization/models/session",
      ARROW,
    ],
    ["admin to lib", "src/admin/probe.ts", "../lib/errors", ARROW],
    ["types to lib", "src/types/probe.ts", "../lib/errors", ARROW],
    [
      "product code to test helpers",
      "src/lib/probe.ts",
      "../../integration-tests/helpers/database",
      ARROW,
    ],
  ])(
    "refuses %s",
    async (_name, file, target, rule) => {
      const broken = await rulesBrokenBy(file, `export * from "${target}"\n`)
      expect(broken).toEqual([rule])
    },
    BOOT_TIMEOUT_MS
  )

  it("refuses a dynamic import of an impure package in the domain", async () => {
    const code = `export const load = () => import("sharp")\n`
    expect(await rulesBrokenBy("src/domain/probe.ts", code)).toEqual(["no-restricted-syntax"])
  })

  it.each([
    [
      "domain to zod and computing packages",
      "src/domain/probe.ts",
      ["@medusajs/framework/zod", "linebreak"],
    ],
    ["lib to domain", "src/lib/probe.ts", ["../domain/issue"]],
    [
      "module to lib, domain and itself",
      "src/modules/personalization/probe.ts",
      ["../../lib/errors", "./service"],
    ],
    ["workflow to a module", "src/workflows/probe.ts", ["../modules/personalization/service"]],
    ["api to a module's face", "src/api/probe.ts", ["../modules/personalization"]],
  ])("allows %s", async (_name, file, targets) => {
    const code = targets.map((target) => `export * from "${target}"\n`).join("")
    expect(await rulesBrokenBy(file, code)).toEqual([])
  })

  it.each([
    [
      "any",
      "export const loose = (value: any): string => String(value)\n",
      "@typescript-eslint/no-explicit-any",
    ],
    [
      "a suppressed type error",
      "// @ts-ignore\nexport const one = 1\n",
      "@typescript-eslint/ban-ts-comment",
    ],
    ["console", 'console.log("hello")\n', "no-console"],
    ["a note to self", "// TODO: later\nexport const one = 1\n", "no-warning-comments"],
    [
      "a value import of a type",
      'import { Issue } from "./issue"\nexport type Both = Issue[]\n',
      "@typescript-eslint/consistent-type-imports",
    ],
  ])("refuses %s", async (_name, code, rule) => {
    expect(await rulesBrokenBy("src/domain/probe.ts", code)).toEqual([rule])
  })

  it("does not let a comment switch a rule off", async () => {
    const code = '// eslint-disable-next-line no-console\nconsole.log("hello")\n'
    expect(await rulesBrokenBy("src/lib/probe.ts", code)).toContain("no-console")
  })

  it("refuses circles", async () => {
    // options.ts imports render-options.ts already.
    const code = 'import { optionsSchema } from "./options"\nexport const again = optionsSchema\n'
    expect(await rulesBrokenBy("src/lib/render-options.ts", code)).toEqual(["import-x/no-cycle"])
  })
})
