// Changes of the catalog that fail at their very end in tests, after a visitor has read what they saved.
import { setTimeout } from "node:timers/promises"
import { catalogVersion } from "../../src/workflows/catalog/version"
import type { TestStore } from "../helpers/runner"
import { TestVisitor, type Reply } from "./visitor"

const SETTLED_MS = 500

/** What a visitor reads of a path before, during and after a change whose last step fails, and the change's answer. */
export async function failAtTheEnd<T>(
  store: TestStore,
  path: string,
  change: () => Promise<Reply<T>>
): Promise<{ failed: Reply<T>; before: string; during: string; after: string }> {
  const version = catalogVersion(store.getContainer())
  const read = async () => {
    const { status, text } = await new TestVisitor(store).call("GET", path)
    expect({ status, text }).toMatchObject({ status: 200 })
    return text
  }
  // Earlier changes' events touch the version a little later: they must not take the failure that is meant below.
  await setTimeout(SETTLED_MS)
  const before = await read()
  let during = ""
  const touch = version.touch.bind(version)
  const broken = jest.spyOn(version, "touch").mockImplementationOnce(async () => {
    // Another process' change in between: the visitor's answer is made anew, and cached.
    await touch()
    during = await read()
    throw new Error("The last step fails.")
  })
  const failed = await change()
  broken.mockRestore()
  return { failed, before, during, after: await read() }
}
