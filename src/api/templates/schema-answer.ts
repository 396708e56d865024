// The template language's JSON Schema as a ready answer, for both doors.
import { createHash } from "node:crypto"
import { definitionJsonSchema } from "../../domain/template/json-schema"
import type { Answer } from "../standalone/handle"

const text = JSON.stringify(definitionJsonSchema)
const etag = `"${createHash("sha256").update(text).digest("base64url")}"`

/**
 * The schema, 304 when the caller has it already. It changes with a release of ours only.
 * @param scope `private` where the answer stands behind credentials
 */
export function schemaAnswer(scope: "public" | "private"): Answer {
  return {
    headers: {
      "Content-Type": "application/schema+json; charset=utf-8",
      "Cache-Control": `${scope}, max-age=3600`,
      // Express answers 304 by it.
      ETag: etag,
    },
    text,
  }
}
