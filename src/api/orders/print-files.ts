// Print files as the shop reads them.
import { fileLink } from "../../lib/file-url"
import { listOrderPrints } from "../../workflows/rendering/order-prints"
import type { Call } from "../standalone/handle"

/** Seconds that a link to a print file lives; whoever needs it longer asks again. */
const LIFE_SECONDS = 3600

/** The files that are ready, with links that end soon, and where each line's newest job stands. */
export async function printFilesView(
  { scope, options }: Pick<Call<unknown, unknown>, "scope" | "options">,
  orderId: string
): Promise<Record<string, unknown>> {
  const lines = await listOrderPrints(scope, orderId)
  return {
    print_files: lines.flatMap(({ item_id, views }) =>
      views.map(({ view, file_id, width, height, dpi, blank }) => ({
        ...{ item_id, view, width, height, dpi, blank: blank ?? false },
        ...fileLink(options, file_id, LIFE_SECONDS),
      }))
    ),
    jobs: lines.map(({ id, item_id, status, error, warnings }) => ({
      ...{ id, item_id, status, warnings },
      ...(error ? { error: { code: error.code, message: error.message } } : {}),
    })),
  }
}
