// Definitions as they were stored, in the language of their time.
import { definitionSchema, type Definition } from "./definition"

/**
 * A stored definition with what the language has got a default for since. One that holds what the language would not take any
 * more is left as it is: it was checked when it was saved.
 */
export function readStored(stored: unknown): Definition {
  const parsed = definitionSchema.safeParse(stored)
  return parsed.success ? parsed.data : (stored as Definition)
}
