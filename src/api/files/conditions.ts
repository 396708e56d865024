// What a client may ask of a file: a part of it, or nothing if it has it already.

/** One byte range (RFC 9110, 14.1.2); null for none or a form we need not support, which means the whole file. */
export function parseRange(
  header: string | undefined,
  size: number
): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "")
  if (!match || (match[1] === "" && match[2] === "")) {
    return null
  }
  const [, from = "", to = ""] = match
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== "" && to !== "" && Number(from) > Number(to)) {
    // Not a range at all, so it is as if none was asked for.
    return null
  }
  return start > end || start >= size ? "unsatisfiable" : { start, end }
}

/** Whether `If-None-Match` names a tag (RFC 9110, 13.1.2): alone, in a list, or as a weak one that a proxy made of it. */
export function matchesTag(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""))
  return tags.includes(etag) || tags.includes("*")
}
