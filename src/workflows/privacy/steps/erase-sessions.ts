// Step: remove a person's sessions, uploads, previews and the designs that nobody ordered.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { JobOwner } from "../../../modules/personalization_rendering/retention-store"
import { sumCounts, type RemovalCounts } from "../../retention/counts"
import { freeDesigns } from "../../retention/references"
import { removeFilesForGood } from "../../retention/remove-files"
import { removePreviews, removeRenders } from "../../retention/remove-renders"
import { personalization, rendering } from "../../services"
import { readScope } from "../scope"
import type { PersonKey } from "../types"

type ErasedSessions = {
  erased: RemovalCounts
  /** The visitors that the sessions, designs and uploads were made under. */
  visitor_ids: string[]
}

/** What is gone cannot be taken back, so there is no compensation. */
export const erasePersonalizationSessionsStep = createStep(
  "erase-personalization-sessions",
  async (person: PersonKey, { container }) =>
    new StepResponse(await eraseSessions(container, person))
)

async function eraseSessions(
  container: MedusaContainer,
  person: PersonKey
): Promise<ErasedSessions> {
  const { visitor, sessions, designs, uploads } = await readScope(container, person)
  const { retention } = personalization(container)
  const free = await freeDesigns(container, designs)
  const owners = [...sessions, ...designs, ...uploads].flatMap(({ visitor_id }) => visitor_id ?? [])
  const visitor_ids = [...new Set([...(visitor ? [visitor.id] : []), ...owners])]
  const { session_ids, file_ids, ...removed } = await retention.eraseSessions({
    session_ids: sessions.map(({ id }) => id),
    visitor_id: visitor?.id ?? null,
    free_design_ids: free.map(({ id }) => id),
    visitor_ids,
  })
  const askers: JobOwner[] = [{ session_ids }, ...(visitor ? [{ visitor_id: visitor.id }] : [])]
  const jobs = await Promise.all(
    askers.map((owner) => rendering(container).retention.listJobs(owner))
  )
  const renders = await removeRenders(container, jobs.flat())
  // Pictures of these designs may have been kept when their sessions went before.
  const previews = await removePreviews(
    container,
    free.flatMap(({ preview_hash }) => preview_hash ?? [])
  )
  const files = await removeFilesForGood(container, file_ids)
  return {
    erased: sumCounts(removed, renders, previews, { sessions: session_ids.length, files }),
    visitor_ids,
  }
}
