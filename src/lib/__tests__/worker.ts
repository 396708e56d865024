// A worker that does as it is told.
import { serveParent } from "../worker-child"

serveParent(async (job: { say?: string; fail?: string; exit?: number }) => {
  if (job.exit !== undefined) {
    process.exit(job.exit)
  }
  if (job.fail !== undefined) {
    throw new Error(job.fail)
  }
  return job.say
})
