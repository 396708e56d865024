// Reads request bodies of the standalone door with a hard limit.
import type { MedusaRequest } from "@medusajs/framework/http"
import { AppError, invalidField } from "../../lib/errors"
import { DEFAULT_BODY_LIMIT, type StandaloneRoute } from "./routes"

/**
 * Reads the body as the route's table line says; an empty one counts as `{}`.
 * @throws AppError 413 over the limit, 415 for another content type, 400 for what is not JSON.
 */
export async function readBody(
  req: MedusaRequest,
  route: Pick<StandaloneRoute, "body" | "limit">
): Promise<{ raw: Buffer; parsed: unknown }> {
  const limit = route.limit ?? DEFAULT_BODY_LIMIT
  const raw = await readBytes(req, limit)
  if (route.body === "raw" || raw.length === 0) {
    return { raw, parsed: {} }
  }
  const type = (req.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? ""
  if (route.body === "json_or_form" && type === "application/x-www-form-urlencoded") {
    return { raw, parsed: Object.fromEntries(new URLSearchParams(raw.toString("utf8"))) }
  }
  if (type !== "application/json") {
    throw new AppError(
      "unsupported_media_type",
      "unsupported_media_type",
      "The body must be sent as application/json."
    )
  }
  return { raw, parsed: parseJson(raw) }
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw))
  } catch {
    throw invalidField([], "malformed_json", "The body is not valid JSON in UTF-8.")
  }
}

async function readBytes(req: MedusaRequest, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new AppError("payload_too_large", "body_too_large", `The body is over ${limit} bytes.`, {
      issues: [
        {
          path: [],
          code: "body_too_large",
          message: `The body is over ${limit} bytes.`,
          params: { max_bytes: limit },
        },
      ],
      headers: { Connection: "close" },
    })
  if (Number(req.get("content-length") ?? 0) > limit) {
    throw tooLarge()
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    size += (chunk as Buffer).length
    if (size > limit) {
      throw tooLarge()
    }
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}
