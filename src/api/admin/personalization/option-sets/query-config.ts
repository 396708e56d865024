// Which fields of an option set the dashboard's door gives.

const allowed = [
  "id",
  "product_id",
  "key",
  "title",
  "required",
  "product_option_id",
  "options",
  "created_at",
  "updated_at",
]

export const retrieveOptionSetConfig = { defaults: allowed, allowed, isList: false }
export const listOptionSetsConfig = { defaults: allowed, allowed, isList: true, defaultLimit: 20 }
