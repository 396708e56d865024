// What a thrown value says, for a log line. Workflows hand errors on as plain objects.

/** The message of an error, however it was thrown. */
export function errorText(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) {
    return String(error.message)
  }
  return String(error)
}
