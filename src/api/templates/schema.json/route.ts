// The template language as JSON Schema.
import { handle } from "../../standalone/handle"
import { schemaAnswer } from "../schema-answer"

/** JSON Schema 2020-12 of a definition, for editors and for programs that write templates. */
export const GET = handle({}, async ({ req }) => schemaAnswer(req, "public"))
