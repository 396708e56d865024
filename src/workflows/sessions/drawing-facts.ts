// What the fonts of a template say about a visitor's texts.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { SelectionContext } from "../../domain/selection/validate"
import type { Definition } from "../../domain/template/definition"
import { rendering } from "../services"

/** The checks of new texts that need the template's fonts. */
export async function drawingFacts(
  container: MedusaContainer,
  definition: Definition
): Promise<Pick<SelectionContext, "missing_glyphs">> {
  const fonts = definition.zones.flatMap((zone) => (zone.kind === "text" ? zone.fonts : []))
  return { missing_glyphs: await rendering(container).glyphCheck([...new Set(fonts)]) }
}
