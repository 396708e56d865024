// @ts-check
// The error whose message is written for the person at the terminal: printed as it is, without a stack.

/** A failure that the person at the terminal can act on; its message is one complete sentence. */
export class PlainError extends Error {
  /** @param {string} message one sentence: what is wrong and what to do about it */
  constructor(message) {
    super(message)
    this.name = "PlainError"
  }
}

/**
 * The text that a failure deserves at the terminal: the sentence of a PlainError, the stack of anything else.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeFailure(error) {
  if (error instanceof PlainError) {
    return error.message
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/**
 * The system's code of a failed call ("ENOENT", "EADDRINUSE"), or undefined.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function errorCode(error) {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  return typeof code === "string" ? code : undefined
}
