// Several inputs of one request, looked up each by itself: what is wrong with them is told at once.
import type { Issue } from "../domain/issue"
import { type AppError, invalid, toAppError } from "./errors"

/**
 * What all lookups come to.
 * @throws AppError the only refusal as it is, or 400 `invalid_input` with the issues of all; what is no refusal of an
 *   input goes before these
 */
export async function allInputs<T extends readonly unknown[]>(
  ...lookups: { [K in keyof T]: Promise<T[K]> }
): Promise<T> {
  const results = await Promise.allSettled(lookups)
  const refusals = results.flatMap((result) =>
    result.status === "rejected" ? [refusalOf(result.reason)] : []
  )
  const [first, ...others] = refusals
  if (first) {
    throw others.length === 0 ? first : invalid(refusals.flatMap(issuesOf))
  }
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as T
}

/**
 * What there is to say of the rest of an input whose form is wrong: the issues it would be refused with; nothing where it
 * would get another answer, which is not due while the form is wrong. @throws a fault of the server
 */
export async function furtherFaults(work: Promise<unknown>): Promise<Issue[]> {
  try {
    await work
    return []
  } catch (error) {
    const known = toAppError(error)
    if (!known) {
      throw error
    }
    return isRefusal(known) ? issuesOf(known) : []
  }
}

/** @throws the error itself when it is no refusal of an input */
function refusalOf(error: unknown): AppError {
  const known = toAppError(error)
  if (!known || !isRefusal(known)) {
    throw error
  }
  return known
}

function isRefusal({ status, details }: AppError): boolean {
  return status === 400 && details.issues !== undefined
}

function issuesOf({ details }: AppError): Issue[] {
  return details.issues ?? []
}
