// The plugin's middlewares; each area keeps its own.
import { defineMiddlewares } from "@medusajs/framework/http"
import { standaloneMiddlewares } from "./standalone/middlewares"

export default defineMiddlewares({ routes: [...standaloneMiddlewares()] })
