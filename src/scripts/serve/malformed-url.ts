// Refuses request targets that Express, or PostgreSQL behind it, would answer with a 500 or an HTML page.
import { AppError } from "../../lib/errors"
import type { EarlyHandler } from "./early"

/** The longest request target in bytes: RFC 9110 section 4.1 asks for 8,000 at least. */
export const MAX_URL_BYTES = 8192

/** 400 `malformed_url`; the reason completes the sentence "The URL ...". */
export function malformedUrl(reason: string): AppError {
  return new AppError("invalid_data", "malformed_url", `The URL ${reason}.`)
}

/**
 * Refuses a target that is too long, holds a NUL character, or whose path has a percent-escape that is not UTF-8. The
 * query may hold a stray percent sign: it is read tolerantly everywhere.
 */
export const refuseMalformedUrl: EarlyHandler = ({ url }) => {
  // Node's parser lets only single-byte characters through, so characters are bytes.
  if (url.length > MAX_URL_BYTES) {
    return malformedUrl(`is longer than ${MAX_URL_BYTES} bytes`)
  }
  if (/%00/.test(url)) {
    return malformedUrl("holds a NUL character (%00)")
  }
  const [path = ""] = url.split("?", 1)
  try {
    decodeURIComponent(path)
  } catch {
    return malformedUrl("has a malformed percent-escape in its path")
  }
  return undefined
}
