// Runs a parser over bytes that come in pieces of any size. A parser says what it needs next and keeps nothing itself.

/**
 * What a parser asks for. `read`: so many bytes at once, fewer only at the end of the file. `peek`: the same, and the bytes come
 * again. `skip`: let so many pass. `seek`: let all pass before the next byte of this value.
 */
export type Ask = { read: number } | { peek: number } | { skip: number } | { seek: number }

/** A parser as a generator: it gets the bytes that it read or peeked, empty ones after a skip or seek. */
export type Parser<T> = Generator<Ask, T, Uint8Array>

/** The most bytes that a parser may read or peek at once: all that is ever held. */
export const MAX_READ = 4096
/**
 * The most that a parser may ask for. A picture's header takes dozens of steps, some hundreds with a long colour profile and
 * extended metadata; a file made of millions of empty segments must not cost a step each.
 */
const MAX_STEPS = 16_384

const NOTHING = new Uint8Array(0)

/** Feeds one parser. Any cut of the same bytes gives the same result, and the work is linear in their number. */
export class ByteReader<T> {
  #rest: Uint8Array = NOTHING
  #ask: IteratorResult<Ask, T>
  #skip = 0
  #steps = 0

  /** @param stuck the result for a file that the parser comes to no end with */
  constructor(
    private readonly parser: Parser<T>,
    private readonly stuck: T
  ) {
    this.#ask = this.#next(NOTHING)
  }

  /** Takes the next bytes. @returns the parser's result, or null while it needs more */
  push(chunk: Uint8Array): { result: T } | null {
    return this.#feed(chunk, false)
  }

  /** Says that there are no more bytes. */
  end(): { result: T } {
    return this.#feed(NOTHING, true) ?? { result: this.stuck }
  }

  #feed(chunk: Uint8Array, ended: boolean): { result: T } | null {
    if (this.#ask.done) {
      return { result: this.#ask.value }
    }
    const input = join(this.#rest, chunk)
    let at = 0
    for (;;) {
      const ask: Ask = this.#ask.value
      let answer: Uint8Array = NOTHING
      if ("skip" in ask) {
        const passed = Math.min(this.#skip, input.length - at)
        this.#skip -= passed
        at += passed
        if (this.#skip > 0 && !ended) {
          this.#rest = NOTHING
          return null
        }
      } else if ("seek" in ask) {
        const found = input.indexOf(ask.seek, at)
        at = found === -1 ? input.length : found
        if (found === -1 && !ended) {
          this.#rest = NOTHING
          return null
        }
      } else {
        const wanted = Math.min("read" in ask ? ask.read : ask.peek, MAX_READ)
        if (input.length - at < wanted && !ended) {
          // Copied, so that a few bytes do not keep a whole chunk alive.
          this.#rest = input.slice(at)
          return null
        }
        answer = input.subarray(at, at + wanted)
        at += "read" in ask ? answer.length : 0
      }
      this.#ask = this.#next(answer)
      if (this.#ask.done) {
        this.#rest = NOTHING
        return { result: this.#ask.value }
      }
    }
  }

  #next(answer: Uint8Array): IteratorResult<Ask, T> {
    this.#steps += 1
    if (this.#steps > MAX_STEPS) {
      return { done: true, value: this.stuck }
    }
    const next = this.parser.next(answer)
    this.#skip = !next.done && "skip" in next.value ? next.value.skip : 0
    return next
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0 || second.length === 0) {
    return first.length === 0 ? second : first
  }
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** Big-endian, unsigned. */
export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

/** Big-endian, unsigned. */
export function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 65_536 + u16(bytes, at + 2)
}

/** Little-endian, unsigned, of `size` bytes. */
export function little(bytes: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let index = size - 1; index >= 0; index -= 1) {
    value = value * 256 + (bytes[at + index] ?? 0)
  }
  return value
}

/** Bytes as characters of the same number. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)))
}
