// The rendering module: fonts, render jobs, and the renderer.
import { Module } from "@medusajs/framework/utils"
import { PERSONALIZATION_RENDERING_MODULE } from "./ids"
import PersonalizationRenderingModuleService from "./service"

export default Module(PERSONALIZATION_RENDERING_MODULE, {
  service: PersonalizationRenderingModuleService,
})

export * from "./ids"
export type {
  ClaimedJob,
  JobRequest,
  JobState,
  JobStatus,
  RenderedView,
  RenderJobInput,
} from "./job-store"
export type { default as PersonalizationRenderingModuleService, RenderJobRow } from "./service"
export type { RenderRequest, RenderResult } from "./renderer/protocol"
