// The template language as JSON Schema, on the dashboard's door.
import { medusaHandle } from "../../../../medusa/handle"
import { schemaAnswer } from "../../../../templates/schema-answer"

/** JSON Schema 2020-12 of a definition. */
export const GET = medusaHandle({}, async ({ req }) => schemaAnswer(req, "private"))
