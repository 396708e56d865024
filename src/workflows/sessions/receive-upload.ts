// Takes a visitor's image: checked against its zone, cleaned, stored, recorded.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { ImageHeader } from "../../domain/image-file/header"
import type { Issue } from "../../domain/issue"
import {
  printedDpi,
  resolutionIssue,
  resolutionWarning,
  uploadIssue,
  type UploadFacts,
} from "../../domain/selection/image"
import type { ZoneOf } from "../../domain/template/definition"
import { invalid, invalidField } from "../../lib/errors"
import type { OwnSession, SessionUpload } from "../../modules/personalization/service"
import { removeFiles, storeFileFrom } from "../files/store-file"
import { personalization } from "../services"
import { loadSessionContext } from "./context"
import { sessionEnd } from "./session-end"
import { addPersonalizationUploadWorkflow } from "./workflows/add-upload"

/** A file as it was received, on disk. Its folder is the caller's, and holds the results of decoding too. */
export type ReceivedFile = {
  path: string
  bytes: number
  /** SHA-256 of the bytes as they were sent, in hex. */
  sha256: string
  header: ImageHeader
  /** The key of the zone that it was sent for. */
  zone: string
}

export type ReceivedUpload = {
  upload: SessionUpload
  /** Pixels per inch on the print when the image just fits its zone. */
  effective_dpi: number
  warnings: Issue[]
}

type ImageZone = ZoneOf<"image">

/**
 * Stores an upload of a session and puts off the session's end. The same bytes sent twice by a visitor are kept once, and
 * are not decoded again.
 * @throws AppError 400 naming the zone or the limit (`unknown_zone`, `image_too_large`, `image_too_small`,
 *   `unsupported_image_type`, `upload_quota_exceeded`, and as `ImageIntake.decode`); 503 `uploads_busy`
 */
export async function receiveUpload(
  container: MedusaContainer,
  session: OwnSession,
  file: ReceivedFile
): Promise<ReceivedUpload> {
  const { uploads, options } = personalization(container)
  const { definition } = await loadSessionContext(container, session)
  const zone = definition.zones.find(
    (candidate): candidate is ImageZone => candidate.kind === "image" && candidate.key === file.zone
  )
  if (!zone) {
    throw invalidField(["zone"], "unknown_zone", "zone is not an image zone of the template.")
  }
  // Its orientation may exchange width and height: they are judged when it stands upright.
  const { mime_type } = file.header
  const upright = Number.POSITIVE_INFINITY
  requireFit(zone, { mime_type, bytes: file.bytes, width: upright, height: upright })
  const counted = {
    session_id: session.id,
    visitor_id: session.visitor_id,
    source_sha256: file.sha256,
    bytes: file.bytes,
  }
  const known = await uploads.findSame(counted)
  if (known) {
    requireFit(zone, known)
    const moved = await uploads.reuse(counted, sessionEnd(options), options.uploads)
    if (moved) {
      return answer(zone, moved)
    }
  }
  await uploads.checkQuotas(counted, options.uploads)
  return answer(zone, await keep(container, zone, file.path, counted))
}

/** @throws AppError 400 for a picture that may not fill the zone */
function requireFit(zone: ImageZone, facts: UploadFacts): void {
  const fault = uploadIssue(zone, facts)
  if (fault) {
    throw invalid([{ ...fault, path: ["file"] }], fault.code)
  }
}

async function keep(
  container: MedusaContainer,
  zone: ImageZone,
  path: string,
  counted: { session_id: string; visitor_id: string; source_sha256: string; bytes: number }
): Promise<SessionUpload> {
  const { original, proxy } = await personalization(container).intake.decode({ path })
  const { mime_type, width, height } = original
  requireFit(zone, { mime_type, width, height, bytes: counted.bytes })
  const file = await storeFileFrom(container, { kind: "upload", ...original })
  const proxyFile = await storeFileFrom(container, {
    kind: "upload_proxy",
    ...proxy,
  }).catch(async (error: unknown) => {
    await removeFiles(container, [file.id])
    throw error
  })
  const { result } = await addPersonalizationUploadWorkflow(container).run({
    input: {
      ...counted,
      ...{ mime_type, width, height },
      file_id: file.id,
      proxy_file_id: proxyFile.id,
      sha256: file.sha256,
      proxy_sha256: proxyFile.sha256,
      proxy_width: proxy.width,
      proxy_height: proxy.height,
    },
  })
  return result
}

function answer(zone: ImageZone, upload: SessionUpload): ReceivedUpload {
  return {
    upload,
    effective_dpi: Math.floor(printedDpi(zone, upload, 1)),
    warnings: dpiWarnings(zone, upload),
  }
}

/**
 * What is too coarse for the zone at zoom 1 is kept all the same: zoomed out, it may be fine. Setting the zone decides.
 */
function dpiWarnings(zone: ImageZone, image: { width: number; height: number }): Issue[] {
  const warning = resolutionIssue(zone, image, 1) ?? resolutionWarning(zone, image, 1)
  return warning ? [{ ...warning, path: ["file"] }] : []
}
