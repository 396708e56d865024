// A product's pictures: what a write gives, and what is stored for it.
import type { Issue } from "../../domain/issue"
import { absoluteUrl } from "../../lib/file-url"
import type { PersonalizationOptions } from "../../lib/options"

export type StoredMedia = { thumbnail: string | null; images: { id: string; url: string }[] }

/** The urls as the catalog shows them: the pictures, or the thumbnail when there is none. */
export function shownMedia(stored: StoredMedia): string[] {
  const urls = stored.images.map(({ url }) => url)
  return urls.length === 0 && stored.thumbnail ? [stored.thumbnail] : urls
}

/** A given url as it is stored: as it was when it is stored already, ours without the host that may change. */
export function storedUrl(
  options: PersonalizationOptions,
  url: string,
  known: string[] = []
): string {
  const absolute = absoluteUrl(options, url)
  const before = known.find((candidate) => absoluteUrl(options, candidate) === absolute)
  const own = `${options.public_url}/files/`
  return before ?? (absolute.startsWith(own) ? absolute.slice(options.public_url.length) : absolute)
}

/** The faults of urls that are neither http(s) nor ours; one that is stored already is none. */
export function mediaIssues(
  options: PersonalizationOptions,
  given: string[] = [],
  known: string[] = []
): Issue[] {
  const shown = known.map((url) => absoluteUrl(options, url))
  return given.flatMap((url, index) => {
    if (shown.includes(absoluteUrl(options, url)) || isPictureUrl(url)) {
      return []
    }
    const path = ["media", index]
    const rule = "must be an http or https url, or one of ours that begins with /files/"
    return [{ path, code: "invalid_url", message: `${path.join(".")}: ${rule}.` }]
  })
}

function isPictureUrl(url: string): boolean {
  if (/[\s\p{Cc}\\]/u.test(url)) {
    return false
  }
  return /^https?:\/\//i.test(url) ? URL.canParse(url) : /^\/files\/[\w.~-]+$/.test(url)
}

/**
 * What changes when a product's pictures become these; null when nothing does. Pictures that stay keep their ids, as
 * variants may refer to them; a thumbnail that was chosen apart from the pictures stays.
 */
export function mediaChange(
  options: PersonalizationOptions,
  stored: StoredMedia,
  given: string[]
): { images: { id?: string; url: string }[]; thumbnail: string | null } | null {
  const shown = shownMedia(stored)
  const urls = given.map((url) => storedUrl(options, url, shown))
  if (JSON.stringify(urls) === JSON.stringify(shown)) {
    return null
  }
  const left = [...stored.images]
  const images = urls.map((url) => {
    const index = left.findIndex((image) => image.url === url)
    const [kept] = index < 0 ? [] : left.splice(index, 1)
    return kept ? { id: kept.id, url } : { url }
  })
  const { thumbnail } = stored
  const apart = thumbnail !== null && !shown.includes(thumbnail)
  const keeps = thumbnail !== null && (apart || urls.includes(thumbnail))
  return { images, thumbnail: keeps ? thumbnail : (urls[0] ?? null) }
}
