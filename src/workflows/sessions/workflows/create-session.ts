// Starts a design in progress.
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { AppError, invalidField } from "../../../lib/errors"
import { resolveRegion } from "../../catalog/region"
import { personalization } from "../../services"
import { chooseVariant } from "../variants"

export type CreateSessionInput = {
  visitor_id: string
  product_id: string
  /** A published template of the product; the default one when left out. */
  template_id?: string | undefined
  variant_id?: string | undefined
  currency_code?: string | undefined
  country_code?: string | undefined
}

const createPersonalizationSessionStep = createStep(
  "create-personalization-session",
  async (input: CreateSessionInput, { container }) => {
    const service = personalization(container)
    const variant_id = await chooseVariant(container, input.product_id, input.variant_id)
    const [template] = await service.listTemplates(
      {
        product_id: input.product_id,
        status: "published",
        ...(input.template_id ? { id: input.template_id } : { is_default: true }),
      },
      { take: 1 }
    )
    if (!template) {
      throw input.template_id
        ? invalidField(
            ["template_id"],
            "unknown_template",
            "template_id is not a published template of this product."
          )
        : new AppError(
            "not_found",
            "no_default_template",
            "The product has no template to personalize it with."
          )
    }
    const { region_id, currency_code } = await resolveRegion(container, input)
    const session = await service.createSessions({
      visitor_id: input.visitor_id,
      product_id: input.product_id,
      variant_id,
      template_id: template.id,
      template_version: template.version,
      options: {},
      currency_code,
      region_id,
      expires_at: new Date(Date.now() + service.options.session.ttl_seconds * 1000),
    })
    return new StepResponse(session.id, session.id)
  },
  async (id, { container }) => {
    if (id) {
      await personalization(container).deleteSessions(id)
    }
  }
)

/** Starts a session for a visitor; answers its id. The template's version is pinned now. */
export const createPersonalizationSessionWorkflow = createWorkflow(
  "create-personalization-session",
  (input: CreateSessionInput) => new WorkflowResponse(createPersonalizationSessionStep(input))
)
