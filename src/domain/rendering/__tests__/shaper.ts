// A shaper over the fonts that the specs of texts and plans draw with.
import { readFileSync } from "node:fs"
import { createShaper, type Shaper } from "../shape"

const FONTS = {
  inter: "inter/400Regular/Inter_400Regular.ttf",
  playfair: "playfair-display/400Regular/PlayfairDisplay_400Regular.ttf",
  pacifico: "pacifico/400Regular/Pacifico_400Regular.ttf",
  cairo: "cairo/400Regular/Cairo_400Regular.ttf",
}

export async function sampleShaper(): Promise<Shaper> {
  const fonts = Object.fromEntries(
    Object.entries(FONTS).map(([key, path]) => [
      key,
      readFileSync(require.resolve(`@expo-google-fonts/${path}`)),
    ])
  )
  return createShaper(await import("harfbuzzjs"), fonts)
}
