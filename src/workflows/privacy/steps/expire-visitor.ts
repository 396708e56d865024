// Step: end the time of the visitor whose data goes, so that nothing new is made under the key meanwhile.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { personalization } from "../../services"
import { readVisitor } from "../scope"
import type { PersonKey } from "../types"

/** A key that has begun to go does not come back, whatever fails after it: the row itself goes last. */
export const expirePersonalizationVisitorStep = createStep(
  "expire-personalization-visitor",
  async (person: PersonKey, { container }) => {
    const visitor = await readVisitor(container, person)
    if (visitor) {
      await personalization(container).retention.expireVisitor(visitor.id)
    }
    return new StepResponse(undefined)
  }
)
