// The one kind of error the plugin throws on purpose, and its mapping to HTTP.
import type { Issue } from "../domain/issue"

/** The error types of Medusa's API, and ours for what it has none. They decide the status. */
export type ErrorType =
  | "invalid_data"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "payload_too_large"
  | "unsupported_media_type"
  | "duplicate_error"
  | "too_many_requests"
  | "bad_gateway"
  | "unavailable"
  | "unexpected_state"

const STATUS_BY_TYPE: Record<ErrorType, number> = {
  invalid_data: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  duplicate_error: 422,
  too_many_requests: 429,
  bad_gateway: 502,
  unavailable: 503,
  unexpected_state: 500,
}

/** What a client reads when something failed. */
export type ErrorBody = { type: ErrorType; code: string; message: string; issues?: WireIssue[] }
/** An issue on the wire: its path joined with dots. */
export type WireIssue = Omit<Issue, "path"> & { path: string }

/**
 * An error with a stable code and a message meant for the caller. `headers` go into the answer
 * (`Retry-After` in seconds, `Allow`).
 */
export class AppError extends Error {
  constructor(
    readonly type: ErrorType,
    readonly code: string,
    message: string,
    readonly details: { issues?: Issue[]; headers?: Record<string, string> } = {}
  ) {
    super(message)
    this.name = "AppError"
  }

  get status(): number {
    return STATUS_BY_TYPE[this.type]
  }
}

/** 400 with every fault found; the message is the first one's. */
export function invalid(issues: Issue[], code = "invalid_input"): AppError {
  const first = issues[0]?.message ?? "The input is invalid."
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ""
  return new AppError("invalid_data", code, `${first}${more}`, { issues })
}

/** 400 with a single fault. */
export function invalidField(
  path: (string | number)[],
  code: string,
  message: string,
  params?: Record<string, unknown>
): AppError {
  return invalid([{ path, code, message, ...(params ? { params } : {}) }], code)
}

/** 404. The message names the kind of thing only, so that unknown, expired and foreign ones look alike. */
export function notFound(kind: string): AppError {
  const word = kind.replaceAll("_", " ")
  return new AppError("not_found", `${kind}_not_found`, `The ${word} was not found.`)
}

/** 409. */
export function conflict(code: string, message: string): AppError {
  return new AppError("conflict", code, message)
}

/** The answer for an `AppError`. */
export function toErrorBody(error: AppError): ErrorBody {
  const { issues } = error.details
  return {
    type: error.type,
    code: error.code,
    message: error.message,
    ...(issues ? { issues: issues.map(toWireIssue) } : {}),
  }
}

/** An issue as it is sent. */
export function toWireIssue(issue: Issue): WireIssue {
  return { ...issue, path: issue.path.join(".") }
}

/** How Medusa's error types look to a client of the standalone door. */
const MEDUSA_TYPES: Record<string, { type: ErrorType; code: string }> = {
  invalid_data: { type: "invalid_data", code: "invalid_data" },
  invalid_argument: { type: "invalid_data", code: "invalid_data" },
  not_allowed: { type: "invalid_data", code: "not_allowed" },
  not_found: { type: "not_found", code: "not_found" },
  duplicate_error: { type: "duplicate_error", code: "duplicate" },
  conflict: { type: "conflict", code: "conflict" },
  unauthorized: { type: "unauthorized", code: "unauthorized" },
  forbidden: { type: "forbidden", code: "forbidden" },
}

/**
 * The error to answer. Workflows hand errors on as plain objects, so ours are known by their shape.
 * @returns null for a fault of the server, whose text is not for the caller.
 */
export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) {
    return error
  }
  if (typeof error !== "object" || error === null) {
    return null
  }
  const shape = error as { name?: unknown; type?: unknown; code?: unknown; message?: unknown }
  const message = typeof shape.message === "string" ? shape.message : ""
  if (shape.name === "AppError" && isErrorType(shape.type) && typeof shape.code === "string") {
    const { details } = error as { details?: AppError["details"] }
    return new AppError(shape.type, shape.code, message, details ?? {})
  }
  const known = typeof shape.type === "string" ? MEDUSA_TYPES[shape.type] : undefined
  return known ? new AppError(known.type, known.code, message) : null
}

function isErrorType(type: unknown): type is ErrorType {
  return typeof type === "string" && type in STATUS_BY_TYPE
}
