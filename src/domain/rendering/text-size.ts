// The size of a text that may shrink to fit.

/** Sizes are tried on this grid, so that a fit does not depend on rounding. */
const SIZE_STEP_PT = 0.1

/** The largest size on the grid that fits, or the smallest allowed one with its overflow. Sizes in points. */
export function chooseSize<T extends { overflow: boolean }>(
  {
    size,
    min_size: minSize,
    auto_fit: autoFit,
  }: { size: number; min_size: number; auto_fit: boolean },
  attempt: (size: number) => T
): T {
  const wanted = attempt(size)
  if (!wanted.overflow || !autoFit || minSize >= size) {
    return wanted
  }
  let best = attempt(minSize)
  if (best.overflow) {
    return best
  }
  let low = 0
  let high = Math.ceil((size - minSize) / SIZE_STEP_PT)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const tried = attempt(Math.round((minSize + middle * SIZE_STEP_PT) * 100) / 100)
    if (tried.overflow) {
      high = middle
    } else {
      low = middle
      best = tried
    }
  }
  return best
}
