// Exports or erases what is stored of a person: `medusa exec ./src/scripts/privacy.ts -- export --customer <id>`.
import type { ExecArgs } from "@medusajs/framework/types"
import { toAppError } from "../lib/errors"
import { exportPersonalData } from "../workflows/privacy/export"
import type { Person } from "../workflows/privacy/types"
import { erasePersonalData } from "../workflows/privacy/workflows/erase-data"
import { ownArguments, readCommand, readKey } from "./privacy/command"

/** Prints the document, or what was erased and what has to stay, as JSON; what is wrong goes to stderr, with exit code 1. */
export default async function privacy({ container }: ExecArgs): Promise<void> {
  const asked = readCommand(ownArguments(process.argv))
  if ("fault" in asked) {
    fail(asked.fault)
    return
  }
  const { action } = asked
  const person: Person =
    asked.person === "key_from_stdin" ? { visitor_key: await readKey(process.stdin) } : asked.person
  if ("visitor_key" in person && person.visitor_key === "") {
    fail("No key came on the standard input.")
    return
  }
  try {
    const result =
      action === "export"
        ? await exportPersonalData(container, person)
        : await erasePersonalData(container, person)
    await print(`${JSON.stringify(result, null, 2)}\n`)
  } catch (error) {
    const known = toAppError(error)
    if (!known) {
      throw error
    }
    fail(known.message)
  }
}

/** `medusa exec` ends the process as soon as the script is done, so the output has to be out by then. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
  })
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}
