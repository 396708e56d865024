// Keeps an image that a visitor sent for a zone.
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import type { NewUpload } from "../../../modules/personalization/upload-store"
import { removeFiles } from "../../files/store-file"
import { personalization } from "../../services"
import { sessionEnd } from "../session-end"

/** An upload whose files are stored already, so that bytes stay out of workflow state. */
export type AddUploadInput = NewUpload

const addPersonalizationUploadStep = createStep(
  "add-personalization-upload",
  async (input: AddUploadInput, { container }) => {
    const service = personalization(container)
    const files = [input.file_id, input.proxy_file_id]
    const upload = await service.uploads
      .keep(input, sessionEnd(service.options), service.options.uploads)
      .catch(async (error: unknown) => {
        await removeFiles(container, files)
        throw error
      })
    const isNew = upload.file_id === input.file_id
    if (!isNew) {
      await removeFiles(container, files)
    }
    return new StepResponse(upload, isNew ? upload : null)
  },
  async (created, { container }) => {
    if (created) {
      await personalization(container).deleteUploads(created.id)
      await removeFiles(container, [created.file_id, created.proxy_file_id])
    }
  }
)

/**
 * Records an upload of a session within the visitor's quotas and puts off the session's end; it does not set the zone.
 * Answers the row, which is an earlier one of the visitor when that has the same bytes. When it fails, or finds an
 * earlier one, it removes the files that it was given.
 */
export const addPersonalizationUploadWorkflow = createWorkflow(
  "add-personalization-upload",
  (input: AddUploadInput) => new WorkflowResponse(addPersonalizationUploadStep(input))
)
