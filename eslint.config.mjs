// ESLint: TypeScript and Medusa rules, and the arrows between the floors of src/ (see FLOORS).
import eslint from "@eslint/js"
import medusa from "@medusajs/eslint-plugin"
import { createNodeResolver, importX } from "eslint-plugin-import-x"
import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import tseslint from "typescript-eslint"

const ROOT = fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/]$/, "")
const TESTS = ["**/*.spec.ts", "**/__tests__/**", "integration-tests/**"]
/** Where devDependencies may be used: none of it is in the package that a store installs. */
const DEVELOPMENT = [...TESTS, "src/scripts/**", "src/admin/**", "*.{js,mjs,ts}"]

/** What each floor of src/ may import besides itself. A folder that is not listed here may be imported by none of them. */
const FLOORS = {
  domain: [],
  lib: ["domain"],
  types: ["domain"],
  modules: ["domain", "lib"],
  providers: ["domain", "lib"],
  links: ["domain", "lib", "modules"],
  workflows: ["domain", "lib", "types", "modules", "links"],
  api: ["domain", "lib", "types", "modules", "workflows"],
  subscribers: ["domain", "lib", "types", "modules", "workflows"],
  jobs: ["domain", "lib", "types", "modules", "workflows"],
  admin: ["types"],
}

/** Floors that see of a module only what it says of itself. */
const DOORS = ["api", "subscribers", "jobs"]
const MODULE_FACES = ["index.ts", "constants.ts", "types.ts", "service.ts"]

/** Packages that the domain may use: they compute, and run in a browser too. */
const PURE_PACKAGES = [
  "@medusajs/framework/zod",
  "bidi-js",
  "bignumber.js",
  "harfbuzzjs",
  "linebreak",
]

const folders = (path) =>
  readdirSync(`${ROOT}/${path}`, { withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)

const sources = folders("src")
const modules = sources.includes("modules") ? folders("src/modules") : []

const floorZones = Object.entries(FLOORS).flatMap(([floor, allowed]) =>
  [...new Set([...sources, ...Object.keys(FLOORS)])]
    .filter((other) => other !== floor && !allowed.includes(other))
    .map((other) => ({
      target: `./src/${floor}`,
      from: `./src/${other}`,
      message: `src/${floor} may import ${allowed.join(", ") || "nothing else of src"}.`,
    }))
)

const moduleZones = modules.map((name) => ({
  target: `./src/modules/${name}`,
  from: "./src/modules",
  except: [`./${name}`],
  message: "A module never imports another one: join them in a workflow or a link.",
}))

const doorZones = DOORS.map((floor) => ({
  target: `./src/${floor}`,
  from: "./src/modules/**/*",
  except: MODULE_FACES.map((file) => `**/src/modules/*/${file}`),
  message: `src/${floor} sees a module through its ${MODULE_FACES.join(", ")} only.`,
}))

const arrows = [...floorZones, ...moduleZones, ...doorZones]

const testZone = {
  target: "./src",
  from: "./integration-tests",
  message: "Product code never imports test helpers.",
}

// A selector's regular expression cannot hold a slash, not even an escaped one.
const SLASH = "\\u002F"
const pure = PURE_PACKAGES.join("|").replaceAll(".", "\\.").replaceAll("/", SLASH)
const impure = `^(?!\\.{1,2}(${SLASH}|$)|(${pure})$)`
const PURITY = `The domain is pure: it may use ${PURE_PACKAGES.join(", ")}.`

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      ".medusa/",
      ".cache/",
      ".demo/",
      "coverage/",
      "static/",
      ".data/",
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  medusa.configs.recommended
    // Its ignore list leaves out the tests, which we do lint.
    .filter((config) => Object.keys(config).join() !== "ignores")
    .map((config) =>
      config.rules ? { ...config, ignores: [...(config.ignores ?? []), ...TESTS] } : config
    ),
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "error" },
    plugins: { "import-x": importX },
    settings: {
      "import-x/extensions": [".ts", ".tsx", ".js", ".mjs"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
      "import-x/resolver-next": [
        createNodeResolver({ extensions: [".ts", ".tsx", ".js", ".mjs"] }),
      ],
    },
    rules: {
      // TypeScript reports unknown names, in the scripts too.
      "no-undef": "off",
      "no-console": "error",
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"] }],
      "max-lines": ["error", 350],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-extraneous-dependencies": ["error", { devDependencies: DEVELOPMENT }],
      "import-x/no-self-import": "error",
      "import-x/no-restricted-paths": ["error", { basePath: ROOT, zones: arrows }],
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: ROOT } },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-unnecessary-type-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["src/**"],
    ignores: TESTS,
    rules: {
      "import-x/no-restricted-paths": ["error", { basePath: ROOT, zones: [...arrows, testZone] }],
    },
  },
  {
    files: ["src/domain/**/*.ts"],
    ignores: TESTS,
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex: impure, message: PURITY }] }],
      "no-restricted-syntax": [
        "error",
        { selector: `ImportExpression[source.value=/${impure}/]`, message: PURITY },
      ],
      "no-restricted-globals": [
        "error",
        "process",
        "Buffer",
        "require",
        "fetch",
        "window",
        "document",
      ],
    },
  },
  {
    files: ["src/{lib,modules,providers}/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^@medusajs/(core-flows|medusa/core-flows|framework/workflows-sdk)",
              message: "Workflows stand above this floor.",
            },
          ],
        },
      ],
    },
  },
  {
    rules: {
      // Each resource has its own middlewares.ts; src/api/middlewares.ts puts them together.
      "@medusajs/middlewares-file-location-and-name": "off",
      // Ids are global to the process, so ours carry "personalization", which neither names of files nor functions do.
      "@medusajs/step-id-kebab-case": "off",
      "@medusajs/workflow-id-matches-export-or-filename": "off",
      // It knows @InjectManager only; @InjectTransactionManager serves as well.
      "@medusajs/use-inject-manager-on-public-methods": "off",
      // What a client is told is an AppError; a plain Error is a broken invariant or a bad configuration.
      "@medusajs/use-medusa-error-not-generic-error": "off",
    },
  },
  {
    // Two related models name each other, in functions that run after both files are loaded.
    files: ["src/modules/*/models/*.ts"],
    rules: { "import-x/no-cycle": "off" },
  },
  {
    files: ["src/scripts/**"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.js"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  }
)
