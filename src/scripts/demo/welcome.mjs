// @ts-check
// What the terminal shows when the store is up: addresses, credentials and requests to try.
import { createHmac, randomUUID } from "node:crypto"
import { PlainError } from "../lib/plain-error.mjs"
import { logFile } from "./files.mjs"

/**
 * A product of the running store that can be personalized; asking for it proves that the store answers.
 *
 * @param {string} url
 * @returns {Promise<{ id: string, handle: string }>}
 */
export async function findProduct(url) {
  const answer = await fetch(`${url}/products?limit=100`, { signal: AbortSignal.timeout(20_000) })
  const body = await answer.text()
  if (!answer.ok) {
    throw new PlainError(
      `The store is up, but GET /products answers ${answer.status}: ${body.slice(0, 300)} (log: ${logFile("server")})`
    )
  }
  /** @type {Array<{ id: string, handle: string, customizable: boolean }>} */
  const products = JSON.parse(body).products
  const product = products.find(({ customizable }) => customizable)
  if (!product) {
    throw new PlainError(
      "The store is up, but has no product to personalize: start afresh with npm run demo -- --reset."
    )
  }
  return product
}

/**
 * A signed call of the built-in fulfillment receiver (Standard Webhooks). It works for the five minutes that a
 * receiver grants a timestamp.
 *
 * @param {string} url
 * @param {string} secret `whsec_` and the key in base64
 * @param {Date} now
 */
export function signedCall(url, secret, now) {
  const id = `msg_${randomUUID()}`
  const timestamp = Math.floor(now.getTime() / 1000)
  const body = JSON.stringify({ type: "order.paid", timestamp: now.toISOString(), data: {} })
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64")
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")
  return [
    `curl -X POST ${url}/webhooks/fulfillment -H 'Content-Type: application/json'`,
    `-H 'webhook-id: ${id}' -H 'webhook-timestamp: ${timestamp}'`,
    `-H 'webhook-signature: v1,${signature}' -d '${body}'`,
  ].join(" ")
}

/**
 * @param {{ url: string, seed: import("./files.mjs").Seed, product: { id: string, handle: string } }} input
 * @returns {string}
 */
export function welcome({ url, seed, product }) {
  return `
Store       ${url}/products
Dashboard   ${url}/app
            ${seed.admin_email} / ${seed.admin_password}
API key     ${seed.api_key}
Log         ${logFile("server")}

Try:
  curl ${url}/products
  curl ${url}/products/${product.handle}
  curl -X POST ${url}/sessions -H 'Content-Type: application/json' -d '{"product_id":"${product.id}"}'

A signed call of the fulfillment receiver, good for five minutes:
  ${signedCall(url, seed.receiver_secret, new Date())}

Ctrl-C stops the store and its database; the data stays for the next start (npm run demo -- --reset starts afresh).
`
}
