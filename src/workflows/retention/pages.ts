// Works through long lists in pieces, so that no statement and no memory grows with them.

/** Rows of one page: enough to make a statement worth its way, few enough to hold their locks for a moment only. */
const PAGE_SIZE = 200

/**
 * Works on page after page until one is empty. What the work leaves is passed over, so that it ends.
 * @param list the rows after the row `after`, null for the first page
 */
export async function eachPage<T>(
  list: (after: T | null, limit: number) => Promise<T[]>,
  work: (rows: T[]) => Promise<void>
): Promise<void> {
  let after: T | null = null
  for (;;) {
    const rows: T[] = await list(after, PAGE_SIZE)
    const last = rows.at(-1)
    if (last === undefined) {
      return
    }
    await work(rows)
    after = last
  }
}

/** A list in pieces. */
export function chunks<T>(list: T[], size = PAGE_SIZE): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size)
  )
}
