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
import { ensureRecord } from "../../orders/ensure-record"
import { checkoutIdOf, findOrder } from "../../orders/order-record"
import { buildOrderView } from "../../orders/order-view"
import { syncPersonalizationOrderWorkflow } from "../../orders/workflows/sync-order"
import { printPaidOrder } from "../../rendering/order-prints"
import { production, webhooks } from "../../services"
import { findSession, isPaidByOthers, type SessionRecord } from "../payment-sessions"
import { handoffOf } from "../start-payment"

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
  // An attempt outlives its session; a native checkout has a session and no attempt.
  const session = await findSession(container, event.session_id)
  const attempt = await findAttempt(container, event, session)
  if (event.action === "failed" || event.action === "canceled") {
    return attempt ? keepFailure(container, attempt, event) : { state: "ignored" }
  }
  const expected = attempt ?? session
  if (!expected) {
    return { state: "ignored", error: `No payment here has the session ${event.session_id}.` }
  }
  const mismatch = compareMoney(event, expected)
  if (mismatch) {
    await flag(container, attempt, "amount_mismatch", mismatch)
    return { state: "failed", error: mismatch }
  }
  // All of it has been done, whatever became of the order since.
  if (attempt?.state === "succeeded") {
    return DONE
  }
  const unexpected = await whyUnexpected(container, event, session, attempt)
  if (unexpected) {
    await flag(container, attempt, "unexpected_payment", unexpected)
    // Only money that Medusa has on record can be refunded through its Payment Module.
    if (session && !session.payment?.captured_at && !session.payment?.canceled_at) {
      await applyInMedusa(container, event, session)
    }
    return { state: "failed", error: unexpected }
  }
  if (!session) {
    throw new Error(`The payment session ${event.session_id} is gone.`)
  }
  await applyInMedusa(container, event, session)
  return event.action === "captured" ? settleCapture(container, event, attempt, actor) : DONE
}

async function applyInMedusa(
  container: MedusaContainer,
  event: PaymentEvent,
  session: SessionRecord
): Promise<void> {
  await processPaymentWorkflow(container).run({
    input: {
      action: event.action === "captured" ? PaymentActions.SUCCESSFUL : PaymentActions.AUTHORIZED,
      // Medusa's own, exact amount, so that nothing of a fraction stays owed.
      data: { session_id: event.session_id, amount: exact(session.amount) },
    },
  })
}

/** Why a person must look at this money, or null when it is what its order waits for. */
async function whyUnexpected(
  container: MedusaContainer,
  event: PaymentEvent,
  session: SessionRecord | null,
  attempt: PaymentAttemptRow | null
): Promise<string | null> {
  const orderId = attempt?.order_id ?? session?.order_id
  const order = orderId ? await findOrder(container, orderId) : null
  const [record] = order
    ? await production(container).listProductionOrders({ order_id: order.id }, { take: 1 })
    : []
  if (order?.status === "canceled" || record?.status === "canceled") {
    return `The payment ${event.external_id} was taken although its order ${orderId} is canceled.`
  }
  if (!session || attempt?.state === "superseded" || attempt?.state === "canceled") {
    return `The payment ${event.external_id} was taken although its attempt was given up (${attempt?.state ?? "unknown"}).`
  }
  return order && (await isPaidByOthers(container, order, session))
    ? `The payment ${event.external_id} was taken although its order ${orderId} had been paid already.`
    : null
}

/** After Medusa's workflow: its payment must show the capture before the order may be called paid. */
async function settleCapture(
  container: MedusaContainer,
  event: PaymentEvent,
  known: PaymentAttemptRow | null,
  actor: string
): Promise<Outcome> {
  const session = await findSession(container, event.session_id)
  if (!session?.payment?.captured_at) {
    throw new Error(`Medusa has not captured the payment of session ${event.session_id} yet.`)
  }
  // Medusa may have placed the order only now.
  const attempt = known ?? (await findAttempt(container, event, session))
  const orderId = attempt?.order_id ?? session.order_id
  if (!orderId) {
    throw new Error(`The order of payment session ${event.session_id} is not placed yet.`)
  }
  if (!attempt) {
    await syncPersonalizationOrderWorkflow(container).run({ input: { order_id: orderId } })
    return DONE
  }
  const { order, changed } = await production(container).recordPayment({
    attempt_id: attempt.id,
    order_id: orderId,
    actor,
    snapshot: await buildOrderView(container, orderId),
  })
  await webhooks(container).wakeDispatcher()
  if (changed && !order.hold_at) {
    await printPaidOrder(container, orderId)
  }
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

/**
 * The attempt of a session. One whose session was never written down, because the process ended in between, is found by
 * the id that the session carries. Clients can put any id there, so it counts only for an attempt of the same order.
 */
async function findAttempt(
  container: MedusaContainer,
  event: PaymentEvent,
  session: SessionRecord | null
): Promise<PaymentAttemptRow | null> {
  const service = production(container)
  const [known] = await service.listPaymentAttempts(
    { payment_session_id: event.session_id },
    { take: 1 }
  )
  const claimed = session?.data?.attempt_id
  if (known || !session?.order_id || typeof claimed !== "string") {
    return known ?? null
  }
  const order = await findOrder(container, session.order_id)
  if (order && checkoutIdOf(order)) {
    // Binds the attempts of the order's checkout to it.
    await ensureRecord(container, order, "medusa")
  }
  const [orphan] = await service.listPaymentAttempts(
    {
      id: claimed,
      order_id: session.order_id,
      provider_id: session.provider_id,
      payment_session_id: null,
    },
    { take: 1 }
  )
  if (!orphan) {
    return null
  }
  const answer = {
    payment_session_id: session.id,
    external_id: event.external_id,
    handoff: handoffOf(session.data),
  }
  await service.recordAttemptAnswer({ attempt_id: orphan.id, ...answer })
  return { ...orphan, ...answer }
}
