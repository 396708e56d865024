// The answer of a comparison: which versions, and what changes between them.
import { compareDefinitions } from "../../../../../../domain/template/compare"
import { readStored } from "../../../../../../domain/template/stored"
import type { TemplateRow } from "../../../../../../modules/personalization/service"

type Version = Pick<TemplateRow, "id" | "version" | "name" | "status" | "definition">

/** What changes for designs that move from one stored version to another. */
export function comparisonOf(from: Version, to: Version) {
  const changes = compareDefinitions(readStored(from.definition), readStored(to.definition))
  return {
    from: summary(from),
    to: summary(to),
    breaking: changes.some(({ severity }) => severity === "breaking"),
    changes: changes.map((change) => ({ ...change, path: change.path.join(".") })),
  }
}

function summary({ id, version, name, status }: Version) {
  return { id, version, name, status }
}
