// Removes sessions whose time is over, with everything that only they had.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { ExpiredSession } from "../../modules/personalization/retention-store"
import { personalization, rendering } from "../services"
import { sumCounts, type RemovalCounts } from "./counts"
import { eachPage } from "./pages"
import { freeDesigns } from "./references"
import { removeFilesForGood } from "./remove-files"
import { removeRenders } from "./remove-renders"

/**
 * Removes every session whose time is over, unless a cart's line or an order's item refers, or is about to refer, to one of
 * its designs. Rows that lead to something go first, files last, so that a crash at any point leaves nothing that can be reached and not removed.
 */
export async function removeExpiredSessions(container: MedusaContainer): Promise<RemovalCounts> {
  const { retention } = personalization(container)
  let total = sumCounts()
  await eachPage<ExpiredSession>(
    (after, limit) => retention.listExpiredSessions(after, limit),
    async (sessions) => {
      const free = await freeDesigns(
        container,
        sessions.flatMap(({ designs }) => designs)
      )
      const { session_ids, file_ids, ...removed } = await retention.removeExpiredSessions({
        session_ids: sessions.map(({ id }) => id),
        free_design_ids: free.map(({ id }) => id),
      })
      const jobs = await rendering(container).retention.listJobs({ session_ids })
      const renders = await removeRenders(container, jobs)
      const files = await removeFilesForGood(container, file_ids)
      total = sumCounts(total, removed, renders, { sessions: session_ids.length, files })
    }
  )
  return total
}
