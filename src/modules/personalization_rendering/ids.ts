// Names that other parts know the rendering module's background work by.

export const PERSONALIZATION_RENDERING_MODULE = "personalization_rendering"
/** The queue of render jobs. */
export const RENDER_QUEUE = "personalization-render"
/** The workflow that the queue's worker runs for each job. */
export const RUN_RENDER_JOB_WORKFLOW = "run-personalization-render-job"
