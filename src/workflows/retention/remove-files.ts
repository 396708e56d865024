// Removes files that nothing refers to any more: always the last thing, when no row leads to them.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { removeFiles } from "../files/store-file"
import { errorText } from "../orders/error-text"
import { chunks } from "./pages"

/** Files that the File Module is asked to remove at once. */
const AT_ONCE = 20

/**
 * Removes files from the File Module, and their rows after them. What the File Module cannot remove now keeps its row, by
 * which the hourly job finds it again.
 * @returns how many were removed
 */
export async function removeFilesForGood(
  container: MedusaContainer,
  fileIds: string[]
): Promise<number> {
  let removed = 0
  for (const some of chunks(fileIds, AT_ONCE)) {
    try {
      await removeFiles(container, some)
      removed += some.length
    } catch (error) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(
          `personalization: ${some.length} files could not be removed yet: ${errorText(error)}`
        )
    }
  }
  return removed
}
