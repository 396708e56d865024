// The fonts that a template draws with: those its visitors may choose from, and those of its own texts.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Definition } from "../../domain/template/definition"
import { rendering } from "../services"

/** A font as it is shown to those who draw with it. */
export type TemplateFont = {
  key: string
  family: string
  /** CSS weight. */
  weight: number
  /** ISO 15924 tags of the scripts that it covers well. */
  scripts: string[]
  licence: string
  /** Of the font file, in hex. */
  sha256: string
}

/** The fonts in the order in which the zones name them. One that was taken out of the shop since is left out. */
export async function listTemplateFonts(
  container: MedusaContainer,
  definition: Definition
): Promise<TemplateFont[]> {
  const keys = new Set(
    definition.zones.flatMap((zone) => {
      if (zone.kind === "text") {
        return zone.fonts
      }
      return zone.kind === "static_text" ? [zone.font] : []
    })
  )
  const service = rendering(container)
  const available = new Map((await service.fonts()).map((font) => [font.key, font]))
  const fonts = [...keys].flatMap((key) => available.get(key) ?? [])
  const sha256 = await service.fontShas(fonts.map(({ key }) => key))
  return fonts.map(({ key, family, weight, scripts, licence }) => ({
    key,
    family,
    weight,
    scripts,
    licence,
    sha256: sha256[key] ?? "",
  }))
}
