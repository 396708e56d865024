// Which fields of a template the dashboard's door gives, and which by default.

const summary = [
  "id",
  "product_id",
  "version",
  "name",
  "status",
  "is_default",
  "used_at",
  "created_at",
  "updated_at",
]
const allowed = [...summary, "definition"]

/** One template, with its definition. */
export const retrieveTemplateConfig = { defaults: allowed, allowed, isList: false }

/** A list; definitions are large, so they come only when asked for (`fields=+definition`). */
export const listTemplatesConfig = { defaults: summary, allowed, isList: true, defaultLimit: 20 }
