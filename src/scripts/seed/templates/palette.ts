// Named colours that the catalog's templates share.

/** Garment colours; the first is how the shirt is photographed. */
export const GARMENT_COLORS = [
  { name: { en: "White", de: "Weiß" }, value: "#ffffff" },
  { name: { en: "Heather grey", de: "Graumeliert" }, value: "#c3c6cb" },
  { name: { en: "Sand", de: "Sand" }, value: "#e3d3b7" },
  { name: { en: "Sunflower", de: "Sonnengelb" }, value: "#f2b632" },
  { name: { en: "Brick red", de: "Ziegelrot" }, value: "#b8402f" },
  { name: { en: "Forest green", de: "Waldgrün" }, value: "#2f6146" },
  { name: { en: "Ocean blue", de: "Ozeanblau" }, value: "#2f6db5" },
  { name: { en: "Charcoal", de: "Anthrazit" }, value: "#3a3d44" },
]

/** Ink colours for lettering; the first is the one a text has until another is chosen. */
export const INK_COLORS = [
  { name: { en: "Black", de: "Schwarz" }, value: "#17181c" },
  { name: { en: "White", de: "Weiß" }, value: "#ffffff" },
  { name: { en: "Red", de: "Rot" }, value: "#c8321f" },
  { name: { en: "Gold", de: "Gold" }, value: "#c79a3b" },
  { name: { en: "Green", de: "Grün" }, value: "#1f6b4a" },
  { name: { en: "Navy", de: "Marineblau" }, value: "#1f3a68" },
]
