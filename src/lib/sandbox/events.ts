// The sandbox's events: made when a customer pays or is declined, posted with a signature, read again on arrival.
import { z } from "@medusajs/framework/zod"
import { setTimeout as sleep } from "node:timers/promises"
import type { ProviderEvent } from "../../domain/order/payment-event"
import { AppError } from "../errors"
import { SIGNATURE_HEADER, signEvent } from "./signature"
import type { SandboxAccount, SandboxPayment } from "./store"

/** Waits between the tries of one delivery, in milliseconds; only answers of 500 and above and silence are retried. */
const RETRY_DELAYS_MS = [200, 1000, 3000]
const DELIVERY_TIMEOUT_MS = 15_000

const eventSchema = z.object({
  id: z.string().min(1),
  type: z.enum(["payment.succeeded", "payment.failed"]),
  created: z.int(),
  data: z.object({
    id: z.string().min(1),
    session_id: z.string().min(1),
    amount: z.string().regex(/^\d+(\.\d+)?$/),
    currency_code: z.string().length(3),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  }),
})

/** An event as it is posted. */
export type SandboxEvent = z.output<typeof eventSchema>

/** The event of a payment that was paid. It is the same however often it is made. */
export function succeededEvent(payment: SandboxPayment): SandboxEvent {
  return event(`evt_${payment.id}_succeeded`, "payment.succeeded", payment)
}

/** The event of a declined try. */
export function failedEvent(payment: SandboxPayment): SandboxEvent {
  return event(`evt_${payment.id}_failed_${payment.declines}`, "payment.failed", payment, {
    code: "card_declined",
    message: "The card was declined. Try again or use another way to pay.",
  })
}

/**
 * Posts an event like a provider does: signed afresh for every try, repeated while the receiver is in trouble.
 * @returns whether it was taken.
 */
export async function deliverEvent(account: SandboxAccount, event: SandboxEvent): Promise<boolean> {
  const body = JSON.stringify(event)
  for (const delay of [0, ...RETRY_DELAYS_MS]) {
    await sleep(delay)
    const status = await post(account, body)
    if (status !== null && status < 500) {
      return status < 300
    }
  }
  return false
}

/**
 * Reads an event whose signature was verified.
 * @returns null for a type that means nothing here.
 * @throws AppError `malformed_event` (400) when a known type lacks what it must carry.
 */
export function readSandboxEvent(raw: string | Buffer): ProviderEvent | null {
  const parsed = eventSchema.safeParse(parseJson(raw))
  if (!parsed.success) {
    if (parsed.error.issues.some((issue) => issue.path[0] === "type")) {
      return null
    }
    throw malformed()
  }
  const { id, type, data } = parsed.data
  return {
    event_id: id,
    type,
    action: type === "payment.succeeded" ? "captured" : "failed",
    session_id: data.session_id,
    external_id: data.id,
    amount: data.amount,
    currency_code: data.currency_code,
    error: data.error ?? null,
  }
}

function event(
  id: string,
  type: SandboxEvent["type"],
  payment: SandboxPayment,
  error?: { code: string; message: string }
): SandboxEvent {
  const { session_id, amount, currency_code } = payment
  return {
    id,
    type,
    created: Math.floor(Date.now() / 1000),
    data: { id: payment.id, session_id, amount, currency_code, ...(error ? { error } : {}) },
  }
}

async function post(account: SandboxAccount, body: string): Promise<number | null> {
  const now = Math.floor(Date.now() / 1000)
  try {
    const response = await fetch(account.webhook_url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        [SIGNATURE_HEADER]: signEvent(account.webhook_secret, now, body),
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(DELIVERY_TIMEOUT_MS),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    // No answer: the receiver may be starting; the next try tells.
    return null
  }
}

function parseJson(raw: string | Buffer): unknown {
  try {
    return JSON.parse(raw.toString())
  } catch {
    throw malformed()
  }
}

function malformed(): AppError {
  return new AppError("invalid_data", "malformed_event", "The event is not one of the sandbox's.")
}
