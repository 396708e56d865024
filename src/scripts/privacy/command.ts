// The command line of the privacy script, and the visitor's key, which comes from the standard input.
import { parseArgs } from "node:util"

export const USAGE =
  "Say `-- export` or `-- erase`, then `--customer <id>` or `--visitor-key -` with the key on the standard input."

export type Command = {
  action: "export" | "erase"
  person: { customer_id: string } | "key_from_stdin"
}

/** More than any key has. */
const MAX_KEY_CHARACTERS = 256

/** What stands behind `--` on a process's command line: `medusa exec` takes no flags for itself and hands none on. */
export function ownArguments(argv: string[]): string[] {
  const cut = argv.indexOf("--")
  return cut === -1 ? [] : argv.slice(cut + 1)
}

/** What was asked for, or a sentence for the person at the terminal. A key in the arguments is refused: others can read them. */
export function readCommand(args: string[]): Command | { fault: string } {
  let given
  try {
    given = parseArgs({
      args,
      allowPositionals: true,
      options: { customer: { type: "string" }, "visitor-key": { type: "string" } },
    })
  } catch {
    return { fault: USAGE }
  }
  const { positionals, values } = given
  const [action, ...rest] = positionals
  const { customer, "visitor-key": key } = values
  if ((action !== "export" && action !== "erase") || rest.length > 0) {
    return { fault: USAGE }
  }
  if (key !== undefined && key !== "-") {
    return {
      fault:
        "A key in the command line can be read in the list of processes: say `--visitor-key -` and send it to the standard input.",
    }
  }
  if (!customer === (key === undefined)) {
    return { fault: USAGE }
  }
  return { action, person: customer ? { customer_id: customer } : "key_from_stdin" }
}

/** The first line of a stream, without blanks around it; empty when there is none. */
export async function readKey(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = ""
  for await (const chunk of stream) {
    text += chunk.toString()
    if (text.includes("\n") || text.length > MAX_KEY_CHARACTERS) {
      break
    }
  }
  return text.split("\n", 1)[0]?.trim() ?? ""
}
