// The sandbox as Medusa's Payment Module sees it. It behaves like a real provider: the customer pays on its page, it calls back.
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type {
  AuthorizePaymentInput,
  AuthorizePaymentOutput,
  BigNumberInput,
  CancelPaymentInput,
  CancelPaymentOutput,
  CapturePaymentInput,
  CapturePaymentOutput,
  DeletePaymentInput,
  DeletePaymentOutput,
  GetPaymentStatusInput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  PaymentSessionStatus as Status,
  ProviderWebhookPayload,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from "@medusajs/framework/types"
import {
  AbstractPaymentProvider,
  ContainerRegistrationKeys,
  MathBN,
  PaymentActions,
  PaymentSessionStatus,
} from "@medusajs/framework/utils"
import { currencyDigits } from "../../domain/pricing/currency"
import { AppError } from "../../lib/errors"
import { readSandboxEvent } from "../../lib/sandbox/events"
import { parseSandboxOptions, type SandboxOptions } from "./options"
import { SIGNATURE_HEADER, verifyEvent } from "../../lib/sandbox/signature"
import { SandboxStore, type SandboxAccount, type SandboxPayment } from "../../lib/sandbox/store"

type Dependencies = { [ContainerRegistrationKeys.PG_CONNECTION]: Knex }
type Stored = { data?: Record<string, unknown> | undefined }

/** Play money for development. Registered with id `sandbox` its provider id is `pp_sandbox_sandbox`. */
class SandboxPaymentProvider extends AbstractPaymentProvider<SandboxOptions> {
  static override identifier = "sandbox"

  readonly #store: SandboxStore
  readonly #options: SandboxOptions

  /** @throws Error in production, and for faulty options, by name. */
  static override validateOptions(options: Record<string, unknown>): void {
    parseSandboxOptions(options)
  }

  constructor(dependencies: Dependencies, options: Record<string, unknown>) {
    const parsed = parseSandboxOptions(options, "ignore")
    super(dependencies, parsed)
    this.#options = parsed
    this.#store = new SandboxStore(dependencies[ContainerRegistrationKeys.PG_CONNECTION])
  }

  /** Opens a payment of the session's amount; `data.return_url` is where its page sends the customer afterwards. */
  async initiatePayment(input: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    await this.#openAccount()
    const sessionId = text(input.data?.session_id)
    const payment = await this.#store.create(
      {
        session_id: sessionId,
        amount: decimal(input.amount, input.currency_code),
        currency_code: input.currency_code.toLowerCase(),
        return_url: text(input.data?.return_url) || null,
      },
      input.context?.idempotency_key ?? sessionId
    )
    return { id: payment.id, status: PaymentSessionStatus.PENDING, data: this.#data(payment) }
  }

  /** `pending_authorization` until the customer has paid: so the order is placed before the money is there. */
  async authorizePayment(input: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    const payment = await this.#payment(input)
    return { status: statusOf(payment), data: this.#data(payment) }
  }

  async getPaymentStatus(input: GetPaymentStatusInput): Promise<GetPaymentStatusOutput> {
    const payment = await this.#payment(input)
    return { status: statusOf(payment), data: this.#data(payment) }
  }

  async retrievePayment(input: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    return { data: this.#data(await this.#payment(input)) }
  }

  async updatePayment(input: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    const payment = await this.#payment(input)
    const changed = await this.#store.reprice(
      payment.id,
      decimal(input.amount, input.currency_code),
      input.currency_code.toLowerCase()
    )
    return { data: this.#data(changed ?? closed(payment, "changed")) }
  }

  /** The sandbox takes money at once; a capture only confirms that it did. */
  async capturePayment(input: CapturePaymentInput): Promise<CapturePaymentOutput> {
    const payment = await this.#payment(input)
    if (payment.status !== "paid") {
      throw new AppError(
        "conflict",
        "payment_not_paid",
        `Sandbox payment ${payment.id} has not been paid and cannot be captured.`
      )
    }
    return { data: this.#data(payment) }
  }

  /** Closes an open payment; a closed one stays so. Paid money is not canceled but refunded. */
  async cancelPayment(input: CancelPaymentInput): Promise<CancelPaymentOutput> {
    // A session whose creation failed half-way has no payment here.
    if (!input.data?.id) {
      return { data: input.data ?? {} }
    }
    const payment = await this.#payment(input)
    const canceled = payment.status === "canceled" ? payment : await this.#store.cancel(payment.id)
    return { data: this.#data(canceled ?? closed(payment, "canceled")) }
  }

  async deletePayment(input: DeletePaymentInput): Promise<DeletePaymentOutput> {
    return this.cancelPayment(input)
  }

  async refundPayment(input: RefundPaymentInput): Promise<RefundPaymentOutput> {
    const payment = await this.#payment(input)
    const amount = decimal(input.amount, payment.currency_code)
    const refunded = await this.#store.refund(
      payment.id,
      amount,
      input.context?.idempotency_key ?? `${payment.id}:${payment.refunded}:${amount}`
    )
    if (!refunded) {
      throw new AppError(
        "conflict",
        "refund_refused",
        `Sandbox payment ${payment.id} has less than ${amount} left to refund.`
      )
    }
    return { data: this.#data(refunded) }
  }

  /**
   * Verifies an event on the bytes that came and says what it means.
   * @throws AppError `invalid_signature` (400) for a missing, wrong or old signature; `malformed_event` (400).
   */
  async getWebhookActionAndData(
    payload: ProviderWebhookPayload["payload"]
  ): Promise<WebhookActionResult> {
    const { webhook_secret } = await this.#openAccount()
    const header = payload.headers[SIGNATURE_HEADER]
    const now = Math.floor(Date.now() / 1000)
    if (typeof header !== "string" || !verifyEvent(webhook_secret, header, payload.rawData, now)) {
      throw new AppError(
        "invalid_data",
        "invalid_signature",
        `The ${SIGNATURE_HEADER} header does not sign this body, or is too old.`
      )
    }
    const event = readSandboxEvent(payload.rawData)
    return event ? { action: ACTIONS[event.action], data: event } : UNKNOWN_EVENT
  }

  /** Keeps the page's side, which has no options of its own, in step with this provider's. */
  #openAccount(): Promise<SandboxAccount> {
    const { base_url, webhook_url, webhook_secret } = this.#options
    return this.#store.openAccount(
      webhook_url ?? `${base_url}/hooks/payment/sandbox_sandbox`,
      webhook_secret
    )
  }

  async #payment({ data }: Stored): Promise<SandboxPayment> {
    const id = text(data?.id)
    const payment = await this.#store.find({ id })
    if (!payment) {
      throw new AppError("not_found", "payment_not_found", `There is no sandbox payment "${id}".`)
    }
    return payment
  }

  #data(payment: SandboxPayment): Record<string, unknown> {
    return {
      id: payment.id,
      session_id: payment.session_id,
      url: `${this.#options.base_url}/sandbox/payments/${payment.token}`,
      amount: payment.amount,
      currency_code: payment.currency_code,
      status: payment.status,
      refunded: payment.refunded,
    }
  }
}

const ACTIONS = {
  captured: PaymentActions.SUCCESSFUL,
  authorized: PaymentActions.AUTHORIZED,
  failed: PaymentActions.FAILED,
  canceled: PaymentActions.CANCELED,
} as const

const UNKNOWN_EVENT: WebhookActionResult = { action: PaymentActions.NOT_SUPPORTED }

function statusOf(payment: SandboxPayment): Status {
  switch (payment.status) {
    case "paid":
      return PaymentSessionStatus.CAPTURED
    case "canceled":
      return PaymentSessionStatus.CANCELED
    case "open":
      return PaymentSessionStatus.PENDING_AUTHORIZATION
  }
}

function closed(payment: SandboxPayment, verb: string): never {
  throw new AppError(
    "conflict",
    "payment_closed",
    `Sandbox payment ${payment.id} is no longer open and cannot be ${verb}.`
  )
}

function text(value: unknown): string {
  return typeof value === "string" ? value : ""
}

/** The sandbox counts in the currency's smallest unit, as card networks do; Medusa's totals may have more decimals. */
function decimal(amount: BigNumberInput, currency: string): string {
  return MathBN.convert(amount, currencyDigits(currency)).toFixed()
}

export default SandboxPaymentProvider
