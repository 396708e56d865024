// Upper bounds of the template language. They keep one definition cheap to check, to store, to send and to draw.

export const DEFINITION_LIMITS = {
  /** Bytes of the definition as compact JSON in UTF-8. */
  bytes: 262_144,
  /** Levels of nesting; the language itself needs nine without conditions. */
  depth: 16,
  /** Faults that one answer names; what comes after them is counted only. */
  issues: 200,
  /** Entries of any list and fields of any object: the largest that the language has, `appearance`. */
  entries: 200,
  /** Values in all: objects, lists, and what they hold. */
  values: 20_000,
  /** Values of one placement or zone. */
  partValues: 3_000,
  placements: 12,
  zones: 60,
  palette: 64,
  fonts: 24,
  /** Options of one zone whose appearance is described. */
  appearances: 200,
  /** Tests in one condition, nested ones included. */
  conditionTests: 32,
  conditionDepth: 4,
  locales: 40,
  /** Currencies of one price rule. */
  currencies: 60,
  label: 200,
  help: 1000,
  textGraphemes: 500,
  textLines: 20,
  extraCharacters: 200,
  patternLength: 200,
  pathData: 8000,
  canvasPx: 4096,
  printMm: 3000,
  dpi: 1200,
  uploadBytes: 104_857_600,
  uploadPx: 20_000,
} as const
