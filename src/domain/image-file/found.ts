// What the header of a picture says.

/** Sizes in pixels, before any orientation; `several` frames where the header does not count them. */
export type Found = { width: number; height: number; frames: number | "several" } | "broken"
