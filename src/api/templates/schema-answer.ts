// The template language's JSON Schema as a ready answer, for both doors.
import type { MedusaRequest } from "@medusajs/framework/http"
import { createHash } from "node:crypto"
import { definitionJsonSchema } from "../../domain/template/json-schema"
import { names } from "../standalone/catalog/http"
import type { Answer } from "../standalone/handle"

const text = JSON.stringify(definitionJsonSchema)
const etag = `"${createHash("sha256").update(text).digest("base64url")}"`

/**
 * The schema, or 304 when the caller has it already. It changes with a release of ours only.
 * @param scope `private` where the answer stands behind credentials
 */
export function schemaAnswer(req: MedusaRequest, scope: "public" | "private"): Answer {
  const headers = { ETag: etag, "Cache-Control": `${scope}, max-age=3600` }
  const known = req.get("if-none-match")
  if (known !== undefined && names(known, etag)) {
    return { status: 304, headers, text: "" }
  }
  const type = { "Content-Type": "application/schema+json; charset=utf-8" }
  return { headers: { ...headers, ...type }, text }
}
