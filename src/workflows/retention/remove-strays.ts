// Removes what nothing leads to any more: what a crash, or two changes at one moment, left behind.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { JobRef } from "../../modules/personalization_rendering/retention-store"
import type { DesignRef } from "../../modules/personalization/retention-store"
import { select } from "../catalog/sql"
import { personalization } from "../services"
import { sumCounts, type RemovalCounts } from "./counts"
import { eachPage } from "./pages"
import { freeDesigns } from "./references"
import { removeFilesForGood } from "./remove-files"
import { removeRenders } from "./remove-renders"

type Id = { id: string }

/** Jobs whose session is gone. Those that were made for an order are the order's. */
const OF_GONE_SESSION = `
  select j.id, j.hash from personalization_render_job j
   where j.id > ? and j.order_id is null and j.session_id is not null
     and not exists (select 1 from personalization_session s where s.id = j.session_id)
   order by j.id limit ?`
/** Jobs that were kept for a design's preview only, and whose design is gone too. */
const OF_GONE_DESIGN = `
  select j.id, j.hash from personalization_render_job j
   where j.id > ? and j.order_id is null and j.session_id is null and j.visitor_id is null
     and not exists (select 1 from personalization_design d where d.preview_hash = j.hash)
   order by j.id limit ?`
/** Previews of a design that went on since, a day after they were drawn: as long as their links live. */
const OF_OLD_REVISIONS = `
  select j.id, j.hash from personalization_render_job j
    join personalization_session s on s.id = j.session_id
   where j.id > ? and j.order_id is null and j.revision < s.revision
     and j.status in ('succeeded', 'failed') and j.finished_at < now() - interval '1 day'
   order by j.id limit ?`
/** Print files that were drawn anew since, a day after they were drawn. */
const OF_OLD_PRINTS = `
  select j.id, j.hash from personalization_render_job j
   where j.id > ? and j.order_id is not null and j.target = 'print'
     and j.status in ('succeeded', 'failed') and j.finished_at < now() - interval '1 day'
     and exists (
       select 1 from personalization_render_job n
        where n.order_id = j.order_id and n.line_item_id = j.line_item_id and n.target = 'print'
          and n.status = 'succeeded' and n.finished_at > j.finished_at)
   order by j.id limit ?`
/** Pictures that no job refers to: their job was never settled, or is gone. A day is more than any job takes. */
const PICTURES_OF_NO_JOB = `
  select f.id from personalization_file f
   where f.id > ? and f.kind in ('preview', 'print') and f.created_at < now() - interval '1 day'
     and not exists (
       select 1 from personalization_render_job j,
              jsonb_array_elements(case jsonb_typeof(j.views) when 'array' then j.views else '[]' end) view
        where view->>'file_id' = f.id)
   order by f.id limit ?`

/** Removes all of it. */
export async function removeStrays(container: MedusaContainer): Promise<RemovalCounts> {
  return sumCounts(
    await removeStrayDesigns(container),
    await removeStrayUploads(container),
    await removeStrayRenders(container, OF_GONE_SESSION),
    await removeStrayRenders(container, OF_GONE_DESIGN),
    await removeStrayRenders(container, OF_OLD_REVISIONS),
    await removeStrayRenders(container, OF_OLD_PRINTS),
    await removeStrayFiles(container, async (after, limit) =>
      (await personalization(container).retention.listStrayUploadFiles({ after, limit })).map(
        (id) => ({
          id,
        })
      )
    ),
    await removeStrayFiles(container, (after, limit) =>
      select<Id>(container, PICTURES_OF_NO_JOB, [after, limit])
    )
  )
}

async function removeStrayDesigns(container: MedusaContainer): Promise<RemovalCounts> {
  const { retention } = personalization(container)
  let total = sumCounts()
  await eachPage<DesignRef>(
    (after, limit) => retention.listStrayDesigns({ after: after?.id ?? "", limit }),
    async (designs) => {
      const free = await freeDesigns(container, designs)
      const { file_ids, ...removed } = await retention.removeStrayDesigns(free.map(({ id }) => id))
      total = sumCounts(total, removed, { files: await removeFilesForGood(container, file_ids) })
    }
  )
  return total
}

async function removeStrayUploads(container: MedusaContainer): Promise<RemovalCounts> {
  const { retention } = personalization(container)
  let total = sumCounts()
  await eachPage<string>(
    (after, limit) => retention.listVisitorsOfStrayUploads({ after: after ?? "", limit }),
    async (visitors) => {
      const { file_ids, uploads } = await retention.removeUnusedUploads(visitors)
      total = sumCounts(total, { uploads, files: await removeFilesForGood(container, file_ids) })
    }
  )
  return total
}

async function removeStrayRenders(
  container: MedusaContainer,
  statement: string
): Promise<RemovalCounts> {
  let total = sumCounts()
  await eachPage<JobRef>(
    (after, limit) => select(container, statement, [after?.id ?? "", limit]),
    async (jobs) => {
      total = sumCounts(total, await removeRenders(container, jobs))
    }
  )
  return total
}

async function removeStrayFiles(
  container: MedusaContainer,
  list: (after: string, limit: number) => Promise<Id[]>
): Promise<RemovalCounts> {
  let total = sumCounts()
  await eachPage<Id>(
    (after, limit) => list(after?.id ?? "", limit),
    async (files) => {
      const ids = files.map(({ id }) => id)
      total = sumCounts(total, { files: await removeFilesForGood(container, ids) })
    }
  )
  return total
}
