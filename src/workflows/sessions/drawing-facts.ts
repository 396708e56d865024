// What the fonts of a template say about a visitor's texts.
import type { MedusaContainer } from "@medusajs/framework/types"
import { RenderError } from "../../domain/rendering/errors"
import { fontChecks } from "../../domain/rendering/font-checks"
import type { Shaper } from "../../domain/rendering/shape"
import type { FontChecks } from "../../domain/selection/text"
import type { Definition } from "../../domain/template/definition"
import { rendering } from "../services"

/** A shaper of the texts that visitors write; null where one of their fonts is not to be had. */
export async function fontsOf(
  container: MedusaContainer,
  definition: Definition
): Promise<Shaper | null> {
  return shaperOf(container, definition).catch((error: unknown) => {
    // A design must be readable all the same, and its render tells what is missing.
    if (error instanceof RenderError) {
      return null
    }
    throw error
  })
}

/** The checks of new texts that need the template's fonts. */
export async function drawingFacts(
  container: MedusaContainer,
  definition: Definition
): Promise<{ fonts: FontChecks }> {
  return { fonts: fontChecks(await shaperOf(container, definition)) }
}

function shaperOf(container: MedusaContainer, definition: Definition): Promise<Shaper> {
  const keys = definition.zones.flatMap((zone) => (zone.kind === "text" ? zone.fonts : []))
  return rendering(container).shaper([...new Set(keys)])
}
