// Finds an HTML document that hides in a picture: a browser or proxy that guesses types could run it.

/**
 * Tags that make a page or run a script, with what must follow them.
 *
 * Compressed pixels look like random bytes. At a place of them stands `<html` with one of nine bytes after it, in either
 * case, with a chance of 2^-8 x (2^-7)^4 x 9/256, about 2^-41: so one picture of 20 MB (2^24.3 places) in 90,000 is refused
 * wrongly, one of 3 MB in 600,000, and saving it anew helps. The longer ones are a thousand times as rare. Shorter tags
 * (`<svg`, `<img`) would meet one picture in a thousand and are left out: what we keep is encoded anew from the pixels and
 * holds none of this anyway.
 */
const PAGE = /<(?:!doctype\s{1,8}html|(?:html|script|iframe|object)[\s/>]|\?php\s)/i
/** What the end of a piece may cut a match to: the longest one but its last byte. */
const OVERLAP = 21
/** Bytes that are looked at at once, so that the text made of them stays small. */
const STEP = 65_536

/** Looks through bytes that come in pieces of any size. */
export class HtmlFinder {
  // Bytes as characters; of the numbers above 127 it matters only that they are no letters.
  readonly #decoder = new TextDecoder("latin1")
  #tail = ""

  /** @returns true when a page was found in these bytes, or between them and the ones before */
  push(chunk: Uint8Array): boolean {
    for (let at = 0; at < chunk.length; at += STEP) {
      const text = this.#tail + this.#decoder.decode(chunk.subarray(at, at + STEP))
      if (PAGE.test(text)) {
        return true
      }
      this.#tail = text.slice(-OVERLAP)
    }
    return false
  }
}
