// The template language as a JSON Schema, for editors and for programs that make templates.
import { z } from "@medusajs/framework/zod"
import { definitionSchema, DEFINITION_LIMITS } from "./definition"

/**
 * The published JSON Schema (2020-12) of a definition as a designer writes it, made once from the zod schema that the server
 * parses with. What it refuses, the server refuses.
 *
 * Only the server checks: the size of the whole (bytes, values, depth), that keys are unique and lead somewhere (fonts, assets,
 * placements, zones), that conditions do not go round in a circle, that numbers fit together (sizes, lengths, dpi, safe margin,
 * decimals of a currency, pixels of the print file), that patterns and path data can be read, and that a default keeps
 * to the rules of its zone.
 */
export const definitionJsonSchema: Readonly<Record<string, unknown>> = Object.freeze({
  ...z.toJSONSchema(definitionSchema, {
    io: "input",
    target: "draft-2020-12",
    // The name of a definition under $defs; as a keyword it is none of this draft.
    override: ({ jsonSchema }) => {
      delete jsonSchema.id
    },
  }),
  $id: "urn:medusa-plugin-personalization:definition:1",
  title: "Personalization template definition",
  description: `What a visitor may change about a product, what that costs, how it looks and how it is printed. At most ${DEFINITION_LIMITS.bytes} bytes.`,
})
