// @ts-check
// Runs named steps in order, prints each with its time, and stops at the first thing that is wrong.

/** What went wrong in a step, in a sentence for the person who runs the walk. */
export class WalkFault extends Error {}

/**
 * @param {unknown} condition
 * @param {string} sentence what should have been
 * @param {unknown} [seen] what was seen instead
 * @returns {asserts condition}
 */
export function expect(condition, sentence, seen) {
  if (!condition) {
    const shown = seen === undefined ? "" : `\n  seen: ${JSON.stringify(seen)?.slice(0, 1500)}`
    throw new WalkFault(`${sentence}${shown}`)
  }
}

/** @param {(line: string) => void} print */
export function stepper(print) {
  let number = 0
  /**
   * @template T
   * @param {string} name
   * @param {() => Promise<[T, string]>} work answers its result and one line of what was seen
   * @returns {Promise<T>}
   */
  return async function step(name, work) {
    number += 1
    const label = `${String(number).padStart(2)} ${name}`
    const started = performance.now()
    try {
      const [result, seen] = await work()
      const ms = String(Math.round(performance.now() - started)).padStart(6)
      print(`ok ${label.padEnd(44)}${ms} ms  ${seen}`)
      return result
    } catch (error) {
      print(`FAILED ${label}`)
      throw error
    }
  }
}
