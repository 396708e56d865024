// The bundled font families: whole TrueType files under the SIL Open Font License, from npm packages.
import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { RenderError } from "../../../domain/rendering/errors"

/** A font that templates refer to by `key`. */
export type FontEntry = {
  key: string
  family: string
  /** CSS weight. */
  weight: 400 | 700
  /** ISO 15924 tags of the scripts that it covers well. */
  scripts: string[]
  licence: "OFL-1.1"
  /** Absolute path of the licence's text. */
  licence_path: string
  /** Absolute path of the font file. */
  path: string
}

/** A font file's content and its SHA-256 in hex. */
export type FontFile = { data: Buffer; sha256: string }

const LATIN_GREEK_CYRILLIC = ["Latn", "Cyrl", "Grek"]

/** Every bundled font, families together. */
// Every path is a literal, so that a bundler or a package tracer finds the files.
export const BUNDLED_FONTS: readonly FontEntry[] = [
  {
    key: "inter",
    family: "Inter",
    weight: 400,
    scripts: LATIN_GREEK_CYRILLIC,
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/inter/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  },
  {
    key: "inter-bold",
    family: "Inter",
    weight: 700,
    scripts: LATIN_GREEK_CYRILLIC,
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/inter/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf"),
  },
  {
    key: "playfair-display",
    family: "Playfair Display",
    weight: 400,
    scripts: ["Latn", "Cyrl"],
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/playfair-display/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/playfair-display/400Regular/PlayfairDisplay_400Regular.ttf"),
  },
  {
    key: "playfair-display-bold",
    family: "Playfair Display",
    weight: 700,
    scripts: ["Latn", "Cyrl"],
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/playfair-display/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/playfair-display/700Bold/PlayfairDisplay_700Bold.ttf"),
  },
  {
    key: "pacifico",
    family: "Pacifico",
    weight: 400,
    scripts: ["Latn", "Cyrl"],
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/pacifico/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/pacifico/400Regular/Pacifico_400Regular.ttf"),
  },
  {
    key: "oswald",
    family: "Oswald",
    weight: 400,
    scripts: ["Latn", "Cyrl"],
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/oswald/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/oswald/400Regular/Oswald_400Regular.ttf"),
  },
  {
    key: "oswald-bold",
    family: "Oswald",
    weight: 700,
    scripts: ["Latn", "Cyrl"],
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/oswald/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/oswald/700Bold/Oswald_700Bold.ttf"),
  },
  {
    key: "cairo",
    family: "Cairo",
    weight: 400,
    scripts: ["Arab", "Latn"],
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/cairo/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/cairo/400Regular/Cairo_400Regular.ttf"),
  },
  {
    key: "cairo-bold",
    family: "Cairo",
    weight: 700,
    scripts: ["Arab", "Latn"],
    licence: "OFL-1.1",
    licence_path: require.resolve("@expo-google-fonts/cairo/LICENSE_FONT"),
    path: require.resolve("@expo-google-fonts/cairo/700Bold/Cairo_700Bold.ttf"),
  },
]

const BY_KEY = new Map(BUNDLED_FONTS.map((entry) => [entry.key, entry]))
const files = new Map<string, Promise<FontFile>>()

/** @throws RenderError `font_unknown` */
export function findFont(key: string): FontEntry {
  const entry = BY_KEY.get(key)
  if (!entry) {
    throw new RenderError("font_unknown", `The font "${key}" is not available.`, {
      params: { font: key },
    })
  }
  return entry
}

/** A font's bytes, read once per process. @throws RenderError `font_unknown` */
export async function readFont(key: string): Promise<FontFile> {
  const { path } = findFont(key)
  let file = files.get(key)
  if (!file) {
    file = readFile(path).then((data) => ({
      data,
      sha256: createHash("sha256").update(data).digest("hex"),
    }))
    files.set(key, file)
    // A failed read is not kept, so that the next request tries again.
    file.catch(() => files.delete(key))
  }
  return file
}
