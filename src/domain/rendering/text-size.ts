// The size of a text that may shrink to fit.

/** Sizes are tried on this grid, so that a fit does not depend on rounding. */
const SIZE_STEP_PT = 0.1

/** The size that is wanted, and down to where it may shrink. In points. */
type Sizes = { size: number; min_size: number; auto_fit: boolean }

/** The largest size on the grid that fits, or the smallest allowed one with its overflow. */
export function chooseSize<T extends { overflow: boolean }>(
  { size, min_size: minSize, auto_fit: autoFit }: Sizes,
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

/** The same for those who only ask whether one fits: the smallest allowed one, where that does. */
export function anySize<T extends { overflow: boolean }>(
  { size, min_size: minSize, auto_fit: autoFit }: Sizes,
  attempt: (size: number) => T
): T {
  const shrinks = autoFit && minSize < size
  const least = attempt(shrinks ? minSize : size)
  if (!least.overflow || !shrinks) {
    return least
  }
  const wanted = attempt(size)
  return wanted.overflow ? least : wanted
}
