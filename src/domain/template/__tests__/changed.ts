// A definition with something of everything, changed in one place, and what is said of it.
import { checkDefinition } from "../check"
import { FULL_CONTEXT, FULL_DEFINITION } from "./documents"

export type Json = Record<string, unknown>

/** What is said of a document: its faults, or else what its designer should look at. */
export function answer(document: unknown) {
  const result = checkDefinition(document, FULL_CONTEXT)
  const told = result.success ? result.warnings : result.issues
  return {
    success: result.success,
    told: told.map(({ path, code }) => `${path.join(".")} ${code}`),
  }
}

/** The definition with its zones of a kind changed. */
export function changed(kind: string, change: Json): unknown {
  const zones = FULL_DEFINITION.zones.map((zone) =>
    zone.kind === kind ? { ...zone, ...change } : zone
  )
  return { ...FULL_DEFINITION, zones }
}
