// Keeps an image that a visitor sent for a zone.
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import type { UploadRow } from "../../../modules/personalization/service"
import { removeFiles } from "../../files/store-file"
import { personalization } from "../../services"

/** The row of an upload whose files are stored already, so that bytes stay out of workflow state. */
export type AddUploadInput = Pick<
  UploadRow,
  | "session_id"
  | "visitor_id"
  | "source_sha256"
  | "file_id"
  | "proxy_file_id"
  | "sha256"
  | "mime_type"
  | "width"
  | "height"
  | "bytes"
  | "proxy_sha256"
  | "proxy_width"
  | "proxy_height"
>

const addPersonalizationUploadStep = createStep(
  "add-personalization-upload",
  async (input: AddUploadInput, { container }) => {
    const upload = await personalization(container)
      .createUploads(input)
      .catch(async (error: unknown) => {
        await removeFiles(container, [input.file_id, input.proxy_file_id])
        throw error
      })
    return new StepResponse(upload, upload)
  },
  async (upload, { container }) => {
    if (upload) {
      await personalization(container).deleteUploads(upload.id)
      await removeFiles(container, [upload.file_id, upload.proxy_file_id])
    }
  }
)

/** Records an upload of a session; answers the row. It does not set the zone. */
export const addPersonalizationUploadWorkflow = createWorkflow(
  "add-personalization-upload",
  (input: AddUploadInput) => new WorkflowResponse(addPersonalizationUploadStep(input))
)
