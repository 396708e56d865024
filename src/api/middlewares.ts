// The plugin's middlewares; each area keeps its own.
import { defineMiddlewares } from "@medusajs/framework/http"
import { adminTemplateMiddlewares } from "./admin/personalization/templates/middlewares"
import { standaloneMiddlewares } from "./standalone/middlewares"

export default defineMiddlewares({ routes: [...standaloneMiddlewares(), ...adminTemplateMiddlewares] })
