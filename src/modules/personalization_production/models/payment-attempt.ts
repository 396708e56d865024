// One payment that a provider was asked for. Written before the provider is called and never deleted.
import { model } from "@medusajs/framework/utils"

export const PaymentAttempt = model
  .define("personalization_payment_attempt", {
    id: model.id({ prefix: "patt" }).primaryKey(),
    order_id: model.text().nullable(),
    checkout_id: model.text().nullable(),
    provider_id: model.text(),
    /** Medusa's payment session; null until the provider has answered. */
    payment_session_id: model.text().nullable(),
    /** The provider's id of the payment. */
    external_id: model.text().nullable(),
    /** Decimal string, major units of `currency_code`, with the currency's decimals at most: what a provider can take. */
    amount: model.text(),
    currency_code: model.text(),
    /** `failed` can still be paid by another try; `superseded` and `canceled` cannot. */
    state: model
      .enum(["pending", "succeeded", "failed", "superseded", "canceled"])
      .default("pending"),
    /** `{ code, message }` of the last failure, in words for a customer. */
    last_error: model.json().nullable(),
    /** `{ code, message }` of something that a person must look at, such as a wrong amount. */
    flag: model.json().nullable(),
    /** What the customer pays with: `{ url?, client_secret? }`. */
    handoff: model.json().nullable(),
  })
  .indexes([
    { on: ["payment_session_id"], unique: true, where: "payment_session_id is not null" },
    { on: ["provider_id", "external_id"], where: "external_id is not null" },
    { on: ["order_id"] },
    { on: ["checkout_id"] },
  ])
