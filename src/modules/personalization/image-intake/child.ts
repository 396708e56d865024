// Entry of a decoding process.
import sharp from "sharp"
import { serveParent } from "../../../lib/worker-child"
import { cleanImage } from "./clean-image"

// No decoder sees what is not one of these: libvips would hand an SVG to its vector library, and knows dozens of formats.
sharp.block({ operation: ["VipsForeignLoad"] })
sharp.unblock({
  operation: ["VipsForeignLoadJpegFile", "VipsForeignLoadPngFile", "VipsForeignLoadWebpFile"],
})
// No picture comes twice, so a cache of decoded ones would only hold memory.
sharp.cache(false)
sharp.concurrency(1)
process.umask(0o077)

serveParent(cleanImage)
