/**
 * Jest projects: `unit` (beside the code), `modules` (one module on a real database), `http` (the whole
 * store over HTTP), `plugin` (the packed tarball in a host of its own).
 * Run them through `npm test`, which starts Postgres and passes Node's flag for ESM-only packages.
 */

/** TypeScript to CommonJS as tsconfig.json has it; `import()` stays native, for ESM-only packages. */
const transform = {
  "^.+\\.tsx?$": [
    "@swc/jest",
    {
      swcrc: false,
      jsc: {
        parser: { syntax: "typescript", decorators: true },
        target: "es2022",
        keepClassNames: true,
        transform: {
          legacyDecorator: true,
          decoratorMetadata: true,
          useDefineForClassFields: false,
        },
      },
      module: { type: "commonjs", ignoreDynamic: true },
    },
  ],
}

const base = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform,
  moduleFileExtensions: ["ts", "js", "mjs", "json", "node"],
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.cache/"],
}

const withDatabase = { ...base, setupFiles: ["<rootDir>/integration-tests/helpers/setup.ts"] }

module.exports = {
  testTimeout: 60_000,
  // A spec file that ran a whole store leaves some 150 MB in its worker that cannot be freed: a worker begins anew
  // before what is left slows it down, and ends it.
  workerIdleMemoryLimit: "800MB",
  projects: [
    {
      ...base,
      displayName: "unit",
      testMatch: [
        "<rootDir>/src/**/*.unit.spec.ts",
        "<rootDir>/integration-tests/lint/**/*.spec.ts",
      ],
    },
    {
      ...withDatabase,
      displayName: "modules",
      testMatch: [
        "<rootDir>/src/modules/*/__tests__/**/*.spec.ts",
        "<rootDir>/integration-tests/modules/**/*.spec.ts",
      ],
      testPathIgnorePatterns: ["/node_modules/", "\\.unit\\.spec\\.ts$"],
    },
    {
      ...withDatabase,
      displayName: "http",
      testMatch: ["<rootDir>/integration-tests/http/**/*.spec.ts"],
    },
    {
      ...base,
      displayName: "plugin",
      testMatch: ["<rootDir>/integration-tests/plugin/**/*.spec.ts"],
    },
  ],
}
