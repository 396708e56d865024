// Decodes what visitors send, in processes that can be killed.
import type { UploadOptions } from "../../../lib/upload-options"

/** A bounded number of decoding processes behind a bounded queue. */
export class ImageIntake {
  constructor(private readonly options: UploadOptions) {}

  /** Ends the processes. */
  async close(): Promise<void> {}
}
