// The sandbox payment provider: play money for development. Its id in Medusa is `pp_sandbox_sandbox` when registered with id `sandbox`.
import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import SandboxPaymentProvider from "./provider"

export default ModuleProvider(Modules.PAYMENT, { services: [SandboxPaymentProvider] })
