// @ts-check
// Builds the dashboard when its sources changed, and puts it where Medusa serves it from.
import { existsSync } from "node:fs"
import { mkdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises"
import path from "node:path"
import { errorCode, PlainError } from "../lib/plain-error.mjs"
import { medusa } from "./children.mjs"
import { fingerprint, ROOT } from "./files.mjs"

/** Where `medusa build --admin-only` writes. */
const BUILT = path.join(ROOT, ".medusa/admin")
/** Where Medusa's server looks, relative to the folder it runs in. */
const SERVED = path.join(ROOT, "public/admin")
const MARK = path.join(BUILT, ".fingerprint")

function current() {
  return fingerprint(["package-lock.json", "src/admin", "medusa-config.ts"])
}

/** Whether the dashboard is there and up to date. */
export async function isBuilt() {
  const mark = await readFile(MARK, "utf8").catch(() => "")
  return mark === current() && existsSync(path.join(SERVED, "index.html"))
}

/** @param {NodeJS.ProcessEnv} env */
export async function buildDashboard(env) {
  const mark = current()
  // NODE_ENV=production: else the bundle holds React's slow development build.
  await medusa("dashboard", ["build", "--admin-only", "--no-lint"], {
    ...env,
    NODE_ENV: "production",
  })
  try {
    await link()
    await writeFile(MARK, mark)
  } catch (error) {
    throw new PlainError(
      `The dashboard cannot be put into ${SERVED} (${errorCode(error)}): check who owns the folder.`
    )
  }
}

async function link() {
  const target = path.relative(path.dirname(SERVED), BUILT)
  if ((await readlink(SERVED).catch(() => "")) === target) {
    return
  }
  await rm(SERVED, { recursive: true, force: true })
  await mkdir(path.dirname(SERVED), { recursive: true })
  await symlink(target, SERVED)
}
