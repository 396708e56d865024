// A list of ids in a statement, as one parameter however long it is.

/** Stands behind `in`; its parameter is `JSON.stringify(ids)`. An empty list has nothing in it. */
export const IDS = "(select jsonb_array_elements_text(?::jsonb))"
