// Loads HarfBuzz, an ESM-only package with WebAssembly inside, once per process.
import type { HarfBuzz } from "../../../domain/rendering/shape"

let loading: Promise<HarfBuzz> | undefined

export function loadHarfBuzz(): Promise<HarfBuzz> {
  loading ??= import("harfbuzzjs")
  return loading
}
