// A template's life: draft, published, archived, and which of a product's versions carries the default mark. Pure.

export const TEMPLATE_STATUSES = ["draft", "published", "archived"] as const
export type TemplateStatus = (typeof TEMPLATE_STATUSES)[number]

/** What the rules look at in a version of a template. */
export type TemplateState = { status: TemplateStatus; is_default: boolean }
/** What the rules look at in the other, undeleted versions of the same product. */
export type SiblingState = { has_published: boolean; has_default: boolean }
/** What is asked of a version; what is left out stays. */
export type TemplateWish = { status?: TemplateStatus | undefined; is_default?: boolean | undefined }

/**
 * Why a wish is refused.
 * - `status_not_allowed`: a status never goes back.
 * - `default_must_be_published`: the default mark was asked for a version that is not published then.
 * - `default_template`: the version carries the mark, and another published one could carry it: move the mark first.
 */
export type LifecycleRefusal =
  "status_not_allowed" | "default_must_be_published" | "default_template"

/** A state to come, or why it may not come. */
export type LifecycleDecision =
  { allowed: true; state: TemplateState } | { allowed: false; refusal: LifecycleRefusal }

const NEXT: Record<TemplateStatus, readonly TemplateStatus[]> = {
  draft: ["published", "archived"],
  published: ["archived"],
  archived: [],
}

/** True when a status may follow another one. The same status again is no step and always allowed. */
export function mayFollow(before: TemplateStatus, after: TemplateStatus): boolean {
  return before === after || NEXT[before].includes(after)
}

/**
 * Where a new version starts. A published one becomes the default when that is asked for, or when its product has none.
 */
export function startOfTemplate(
  wish: { status: TemplateStatus; is_default?: boolean | undefined },
  siblings: SiblingState
): LifecycleDecision {
  const { status } = wish
  if (wish.is_default && status !== "published") {
    return refused("default_must_be_published")
  }
  return {
    allowed: true,
    state: {
      status,
      is_default: status === "published" && (wish.is_default === true || !siblings.has_default),
    },
  }
}

/**
 * What a change makes of a version. Publishing the first version of a product that has no default makes it the default.
 * The mark leaves a version in two ways only: it moves to another one, or no other published one is there to take it.
 */
export function changeTemplate(
  before: TemplateState,
  wish: TemplateWish,
  siblings: SiblingState
): LifecycleDecision {
  const status = wish.status ?? before.status
  if (!mayFollow(before.status, status)) {
    return refused("status_not_allowed")
  }
  if (wish.is_default && status !== "published") {
    return refused("default_must_be_published")
  }
  const loses = before.is_default && (status !== "published" || wish.is_default === false)
  if (loses && siblings.has_published) {
    return refused("default_template")
  }
  const publishes = before.status !== "published" && status === "published"
  const is_default =
    !loses &&
    (before.is_default || wish.is_default === true || (publishes && !siblings.has_default))
  return { allowed: true, state: { status, is_default } }
}

/** Whether a version may be deleted: not the default while another published version could take its place. */
export function deleteTemplate(
  before: TemplateState,
  siblings: SiblingState
): { allowed: true } | { allowed: false; refusal: LifecycleRefusal } {
  return before.is_default && siblings.has_published
    ? refused("default_template")
    : { allowed: true }
}

function refused(refusal: LifecycleRefusal): { allowed: false; refusal: LifecycleRefusal } {
  return { allowed: false, refusal }
}
