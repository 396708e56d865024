// Makes foreign text fit for Postgres, which keeps every character but U+0000.

const REPLACEMENT = "\ufffd"

/** The text with each U+0000 replaced by U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", REPLACEMENT)
}

/** A value as JSON that a `jsonb` column takes: each U+0000 in its strings and keys replaced by U+FFFD. */
export function storableJson(value: unknown): string {
  // An even number of backslashes before `\u0000` leaves it an escape; after an odd one it is plain text.
  return JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u0000/g, `$1${REPLACEMENT}`)
}

/** The longest beginning of the text that has at most `max` bytes in UTF-8, cut between characters. */
export function truncateBytes(text: string, max: number): string {
  const bytes = Buffer.from(text, "utf8")
  if (bytes.length <= max) {
    return text
  }
  let end = max
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) {
    end -= 1
  }
  return bytes.subarray(0, end).toString("utf8")
}
