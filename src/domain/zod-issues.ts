// zod's faults in our own form.
import type { z } from "@medusajs/framework/zod"
import type { Issue } from "./issue"

/** zod's faults as issues; an unknown key is reported at its own path. */
export function zodIssues(error: z.ZodError): Issue[] {
  return error.issues.flatMap((fault): Issue[] => {
    const path = fault.path.map((part) => (typeof part === "symbol" ? "" : part))
    if (fault.code === "unrecognized_keys") {
      return fault.keys.map((key) => ({
        path: [...path, key],
        code: "unknown_field",
        message: `${[...path, key].join(".")} is not a known field.`,
      }))
    }
    const field = path.join(".") || "The input"
    return [{ path, code: fault.code, message: `${field}: ${fault.message}` }]
  })
}
