// The sandbox's payment page, where a customer pays play money or is declined. Development only.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { conflict, notFound } from "../../../../lib/errors"
import { deliverEvent, failedEvent, succeededEvent } from "../../../../lib/sandbox/events"
import { SandboxStore, type SandboxPayment } from "../../../../lib/sandbox/store"
import { handle, type Call } from "../../../standalone/handle"
import { pageHeaders, paymentPage } from "./page"

const body = z.strictObject({ action: z.enum(["pay", "decline"]) })

/** The page, or the payment as JSON for a client that asks for JSON. */
export const GET = handle(
  {},
  async (call) => {
    const payment = await findPayment(storeOf(call.scope), call)
    return wantsJson(call)
      ? { body: { payment: summary(payment) } }
      : { text: paymentPage(payment), headers: pageHeaders(payment) }
  },
  "always"
)

/**
 * Pays or declines, and calls the shop back before it answers. A browser goes on to the shop (303) or back to the page;
 * paying again sends the same event again.
 */
export const POST = handle(
  { body },
  async (call) => {
    const store = storeOf(call.scope)
    const payment = await act(store, await findPayment(store, call), call.body.action)
    const account = await store.account()
    if (!account) {
      throw new Error("The sandbox has a payment but no account.")
    }
    const event = call.body.action === "pay" ? succeededEvent(payment) : failedEvent(payment)
    const delivered = await deliverEvent(account, event)
    if (wantsJson(call)) {
      return { body: { payment: summary(payment), event: { id: event.id, delivered } } }
    }
    const leaves = payment.status === "paid" && payment.return_url
    return {
      status: 303,
      text: "",
      headers: { Location: leaves ? leaves : `/sandbox/payments/${payment.token}` },
    }
  },
  "always"
)

async function act(
  store: SandboxStore,
  payment: SandboxPayment,
  action: "pay" | "decline"
): Promise<SandboxPayment> {
  const changed = action === "pay" ? await store.pay(payment.id) : await store.decline(payment.id)
  if (changed) {
    return changed
  }
  const now = await store.find({ id: payment.id })
  if (action === "pay" && now?.status === "paid") {
    return now
  }
  throw conflict("payment_closed", `The payment is ${now?.status ?? "gone"} and cannot be changed.`)
}

function storeOf(scope: MedusaContainer): SandboxStore {
  return new SandboxStore(scope.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}

async function findPayment(store: SandboxStore, call: Call): Promise<SandboxPayment> {
  const payment =
    process.env.NODE_ENV === "production"
      ? null
      : await store.find({ token: call.params.token ?? "" })
  if (!payment) {
    throw notFound("payment")
  }
  return payment
}

function wantsJson(call: Call): boolean {
  return call.req.accepts(["html", "json"]) === "json"
}

function summary(payment: SandboxPayment) {
  const { id, status, amount, currency_code, declines } = payment
  return { id, status, amount, currency_code, declines }
}
