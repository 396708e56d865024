// Takes a visitor's image: checked against its zone, cleaned, stored, recorded.
import type { MedusaContainer } from "@medusajs/framework/types"
import { createHash } from "node:crypto"
import type { Issue } from "../../domain/issue"
import {
  printedDpi,
  resolutionIssue,
  resolutionWarning,
  uploadIssue,
} from "../../domain/selection/image"
import type { ZoneOf } from "../../domain/template/definition"
import { invalid, invalidField } from "../../lib/errors"
import type { SessionRow, UploadRow } from "../../modules/personalization/service"
import { removeFiles, storeFile } from "../files/store-file"
import { personalization } from "../services"
import { loadSessionContext } from "./context"
import { decodeUpload, type DecodedUpload } from "./decode-upload"
import { addPersonalizationUploadWorkflow } from "./workflows/add-upload"

export type ReceivedUpload = {
  upload: UploadRow
  /** Pixels per inch on the print when the image just fits its zone. */
  effective_dpi: number
  warnings: Issue[]
}

/**
 * Stores an upload of a session. The same bytes sent twice for a zone are kept once.
 * @throws AppError 400 naming the zone or the limit.
 */
export async function receiveUpload(
  container: MedusaContainer,
  session: SessionRow,
  zoneKey: string,
  bytes: Buffer
): Promise<ReceivedUpload> {
  const service = personalization(container)
  const { definition, upload_rows } = await loadSessionContext(container, session)
  const zone = definition.zones.find(
    (candidate): candidate is ZoneOf<"image"> =>
      candidate.kind === "image" && candidate.key === zoneKey
  )
  if (!zone) {
    throw invalidField(["zone"], "unknown_zone", "zone is not an image zone of the template.")
  }
  if (bytes.length > zone.max_bytes) {
    throw invalidField(
      ["file"],
      "image_too_large",
      `${zoneKey} takes at most ${zone.max_bytes} bytes.`,
      {
        max_bytes: zone.max_bytes,
        bytes: bytes.length,
      }
    )
  }
  const image = await decodeUpload(bytes, service.options.uploads)
  const facts = { bytes: bytes.length, ...image }
  const fault = uploadIssue(zone, facts)
  if (fault) {
    throw invalid([{ ...fault, path: ["file"] }])
  }
  const source_sha256 = createHash("sha256").update(bytes).digest("hex")
  const known = upload_rows.find((row) => row.source_sha256 === source_sha256)
  const upload =
    known ?? (await keep(container, session, { source_sha256, bytes: bytes.length, ...image }))
  return {
    upload,
    effective_dpi: Math.floor(printedDpi(zone, image, 1)),
    warnings: dpiWarnings(zone, image),
  }
}

async function keep(
  container: MedusaContainer,
  session: SessionRow,
  image: DecodedUpload & Pick<UploadRow, "source_sha256" | "bytes">
): Promise<UploadRow> {
  const { original, proxy, ...facts } = image
  const file = await storeFile(container, {
    kind: "upload",
    mime_type: image.mime_type,
    content: original,
  })
  const proxyFile = await storeFile(container, {
    kind: "upload_proxy",
    mime_type: "image/webp",
    content: proxy,
  }).catch(async (error: unknown) => {
    await removeFiles(container, [file.id])
    throw error
  })
  const { result } = await addPersonalizationUploadWorkflow(container).run({
    input: {
      session_id: session.id,
      visitor_id: session.visitor_id,
      file_id: file.id,
      proxy_file_id: proxyFile.id,
      sha256: file.sha256,
      proxy_sha256: proxyFile.sha256,
      ...facts,
    },
  })
  return personalization(container).retrieveUpload(result.id)
}

/**
 * What is too coarse for the zone at zoom 1 is kept all the same: zoomed out, it may be fine. Setting the zone decides.
 */
function dpiWarnings(zone: ZoneOf<"image">, image: DecodedUpload): Issue[] {
  const warning = resolutionIssue(zone, image, 1) ?? resolutionWarning(zone, image, 1)
  return warning ? [{ ...warning, path: ["file"] }] : []
}
