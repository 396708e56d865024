// What the fonts of a template say about a visitor's texts.
import type { MedusaContainer } from "@medusajs/framework/types"
import { fontChecks } from "../../domain/rendering/font-checks"
import type { FontChecks } from "../../domain/selection/text"
import type { Definition } from "../../domain/template/definition"
import { rendering } from "../services"

/** The checks of new texts that need the template's fonts. */
export async function drawingFacts(
  container: MedusaContainer,
  definition: Definition
): Promise<{ fonts: FontChecks }> {
  const keys = definition.zones.flatMap((zone) => (zone.kind === "text" ? zone.fonts : []))
  return { fonts: fontChecks(await rendering(container).shaper([...new Set(keys)])) }
}
