// The options of the sandbox payment provider.
import { z } from "@medusajs/framework/zod"

const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""))

/** The options a host gives with the provider. */
export const sandboxOptionsSchema = z.strictObject({
  /** Where customers reach this server; prefix of the payment page's address. No trailing slash. */
  base_url: url.default("http://localhost:9000"),
  /** Where payment events are posted to. Default: `<base_url>/hooks/payment/sandbox_sandbox`. */
  webhook_url: url.optional(),
  /** The key that payment events are signed with. Default: a random one, made once and kept in the database. */
  webhook_secret: z.string().min(16, "needs at least 16 characters").optional(),
})

export type SandboxOptions = z.output<typeof sandboxOptionsSchema>

/**
 * Parses the provider's options. When Medusa constructs the provider it adds options of its own to them: `others` says
 * to leave those out instead of refusing them.
 * @throws Error that names every faulty option, and in production: play money must never pay an order there.
 */
export function parseSandboxOptions(
  input: unknown,
  others: "refuse" | "ignore" = "refuse"
): SandboxOptions {
  if (process.env.NODE_ENV === "production") {
    throw new Error(
      "The sandbox payment provider is for development only: remove it from the Payment Module's providers when NODE_ENV is production."
    )
  }
  const schema = others === "ignore" ? sandboxOptionsSchema.strip() : sandboxOptionsSchema
  const result = schema.safeParse(input ?? {})
  if (!result.success) {
    const faults = result.error.issues.map(
      (issue) => `  - ${issue.path.join(".") || "(options)"}: ${issue.message}`
    )
    throw new Error(`The sandbox payment provider has invalid options\n${faults.join("\n")}`)
  }
  return result.data
}
