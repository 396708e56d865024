// The plugin's middlewares; each area keeps its own.
import { defineMiddlewares } from "@medusajs/framework/http"
import { adminOptionSetMiddlewares } from "./admin/personalization/option-sets/middlewares"
import { adminTemplateMiddlewares } from "./admin/personalization/templates/middlewares"
import { storeSessionMiddlewares } from "./store/personalization/middlewares"
import { standaloneMiddlewares } from "./standalone/middlewares"

export default defineMiddlewares({
  routes: [
    ...standaloneMiddlewares(),
    ...storeSessionMiddlewares,
    ...adminTemplateMiddlewares,
    ...adminOptionSetMiddlewares,
  ],
})
