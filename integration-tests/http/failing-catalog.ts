// Changes of the catalog that fail at their very end in tests, after a visitor has read what they saved.
import { catalogVersion } from "../../src/workflows/catalog/version"
import type { TestStore } from "../helpers/runner"
import { TestVisitor, type Reply } from "./visitor"

/**
 * Runs `work` in place of the next touch of the catalog's version that a workflow's step makes. Touches for the events of
 * earlier changes come whenever they come, and go on.
 * @returns takes it back
 */
export function insteadOfTouch(
  store: TestStore,
  work: (touch: () => Promise<void>) => Promise<void>
): () => void {
  const version = catalogVersion(store.getContainer())
  const touch = version.touch.bind(version)
  let done = false
  const replaced = jest.spyOn(version, "touch").mockImplementation(async () => {
    const isStep = new Error().stack?.includes("steps/touch-catalog") === true
    if (done || !isStep) {
      return touch()
    }
    done = true
    return work(touch)
  })
  return () => replaced.mockRestore()
}

/** What a visitor reads of a path before, during and after a change whose last step fails, and the change's answer. */
export async function failAtTheEnd<T>(
  store: TestStore,
  path: string,
  change: () => Promise<Reply<T>>
): Promise<{ failed: Reply<T>; before: string; during: string; after: string }> {
  const read = async () => {
    const { status, text } = await new TestVisitor(store).call("GET", path)
    expect({ status, text }).toMatchObject({ status: 200 })
    return text
  }
  const before = await read()
  let during = ""
  const restore = insteadOfTouch(store, async (touch) => {
    // Another process' change in between: the visitor's answer is made anew, and cached.
    await touch()
    during = await read()
    throw new Error("The last step fails.")
  })
  const failed = await change()
  restore()
  return { failed, before, during, after: await read() }
}
