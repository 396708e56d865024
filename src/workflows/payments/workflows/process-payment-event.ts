// Works on a verified payment event from the inbox.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, PaymentActions } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { processPaymentWorkflow } from "@medusajs/medusa/core-flows"
import { paymentEventSchema, type PaymentEvent } from "../../../domain/order/payment-event"
import type { PaymentAttemptRow } from "../../../modules/personalization_production/types"
import { PROCESS_PAYMENT_EVENT_WORKFLOW_ID } from "../../../modules/personalization_webhook"
import { exact, toDecimal } from "../../catalog/money"
import { buildOrderView } from "../../orders/order-view"
import { production, webhooks } from "../../orders/services"
import { syncPersonalizationOrderWorkflow } from "../../orders/workflows/sync-order"
import { findSession } from "../payment-sessions"

/** The id of the event in the inbox. */
export type ProcessPaymentEventInput = { id: string }

/** What came of an event: done, nothing to do with it, or something that a person must look at. */
type Outcome = { state: "processed" | "ignored" | "failed"; error?: string }

const DONE: Outcome = { state: "processed" }

const processPersonalizationPaymentEventStep = createStep(
  "process-personalization-payment-event",
  async ({ id }: ProcessPaymentEventInput, { container }) => {
    const inbox = webhooks(container)
    const row = await inbox.retrieveInboxEvent(id)
    if (row.state !== "received") {
      return new StepResponse(row.state)
    }
    const event = paymentEventSchema.parse(row.payload)
    const outcome = await processEvent(container, event, `payment:${event.provider_id}`)
    await inbox.settleInboxEvent(id, outcome)
    return new StepResponse(outcome.state)
  }
)

/**
 * Applies a payment event: money goes to Medusa's payment and makes the order paid, a failure is kept with the attempt.
 * It may be repeated after a crash at any point. It throws when the work should be tried again later.
 */
export const processPersonalizationPaymentEventWorkflow = createWorkflow(
  PROCESS_PAYMENT_EVENT_WORKFLOW_ID,
  (input: ProcessPaymentEventInput) =>
    new WorkflowResponse(processPersonalizationPaymentEventStep(input))
)

async function processEvent(
  container: MedusaContainer,
  event: PaymentEvent,
  actor: string
): Promise<Outcome> {
  const attempt = await findAttempt(container, event)
  if (event.action === "failed" || event.action === "canceled") {
    return attempt ? keepFailure(container, attempt, event) : { state: "ignored" }
  }
  // An attempt outlives its session; a native checkout has a session and no attempt.
  const session = await findSession(container, event.session_id)
  const expected = attempt ?? session
  if (!expected) {
    return { state: "ignored", error: `No payment here has the session ${event.session_id}.` }
  }
  const mismatch = compareMoney(event, expected)
  if (mismatch) {
    await flag(container, attempt, "amount_mismatch", mismatch)
    return { state: "failed", error: mismatch }
  }
  if (attempt && (attempt.state === "superseded" || attempt.state === "canceled" || !session)) {
    const error = `The payment ${event.external_id} was taken although its attempt was given up (${attempt.state}).`
    await flag(container, attempt, "unexpected_payment", error)
    return { state: "failed", error }
  }
  await processPaymentWorkflow(container).run({
    input: {
      action: event.action === "captured" ? PaymentActions.SUCCESSFUL : PaymentActions.AUTHORIZED,
      // Medusa's own, exact amount, so that nothing of a fraction stays owed.
      data: {
        session_id: event.session_id,
        amount: session ? exact(session.amount) : event.amount,
      },
    },
  })
  return event.action === "captured" ? settleCapture(container, event, attempt, actor) : DONE
}

/** After Medusa's workflow: its payment must show the capture before the order may be called paid. */
async function settleCapture(
  container: MedusaContainer,
  event: PaymentEvent,
  attempt: PaymentAttemptRow | null,
  actor: string
): Promise<Outcome> {
  const session = await findSession(container, event.session_id)
  if (!session?.payment?.captured_at) {
    throw new Error(`Medusa has not captured the payment of session ${event.session_id} yet.`)
  }
  const orderId = attempt?.order_id ?? session.order_id
  if (!orderId) {
    throw new Error(`The order of payment session ${event.session_id} is not placed yet.`)
  }
  if (!attempt) {
    await syncPersonalizationOrderWorkflow(container).run({ input: { order_id: orderId } })
    return DONE
  }
  await production(container).recordPayment({
    attempt_id: attempt.id,
    order_id: orderId,
    actor,
    snapshot: await buildOrderView(container, orderId),
  })
  await webhooks(container).wakeDispatcher()
  return DONE
}

async function keepFailure(
  container: MedusaContainer,
  attempt: PaymentAttemptRow,
  event: PaymentEvent
): Promise<Outcome> {
  await production(container).recordAttemptFailure({
    attempt_id: attempt.id,
    error: event.error ?? { code: "payment_failed", message: "The payment did not succeed." },
  })
  return DONE
}

/** Leaves a note on the attempt for a person; the state of order and attempt stays as it is. */
async function flag(
  container: MedusaContainer,
  attempt: PaymentAttemptRow | null,
  code: string,
  message: string
): Promise<void> {
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .error(`personalization payment needs attention: ${code}: ${message}`)
  if (attempt) {
    await production(container).updatePaymentAttempts({
      id: attempt.id,
      flag: { code, message },
    })
  }
}

/** Checked before Medusa's workflow, which takes a capture of any amount for the whole. */
function compareMoney(
  event: PaymentEvent,
  expected: { amount: BigNumberInput; currency_code: string }
): string | null {
  const asked = toDecimal(expected.amount, expected.currency_code)
  const sameCurrency = event.currency_code.toLowerCase() === expected.currency_code.toLowerCase()
  return sameCurrency && MathBN.eq(event.amount, asked)
    ? null
    : `The provider reports ${event.amount} ${event.currency_code} for ${event.external_id}, ` +
        `but ${asked} ${expected.currency_code} was asked for.`
}

async function findAttempt(
  container: MedusaContainer,
  event: PaymentEvent
): Promise<PaymentAttemptRow | null> {
  const [attempt] = await production(container).listPaymentAttempts(
    { payment_session_id: event.session_id },
    { take: 1 }
  )
  return attempt ?? null
}
