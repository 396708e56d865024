// Who may manage the shop: the dashboard's user, the management key, and the in-house workshop's endpoint.
import { createApiKeysWorkflow, createUserAccountWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { randomBytes } from "node:crypto"
import { createPersonalizationWebhookEndpointWorkflow } from "../../workflows/webhooks/workflows/create-endpoint"

export const ADMIN_EMAIL = "admin@demo.local"
const AUTH_PROVIDER = "emailpass"
const API_KEY_TITLE = "Demo management"
const ENDPOINT_NAME = "In-house workshop"

/**
 * Creates the dashboard's user with `DEMO_ADMIN_PASSWORD` or a random password.
 * @returns the password; null when the user existed before with a password we do not know
 */
export async function seedAdmin(container: MedusaContainer): Promise<string | null> {
  const auth = container.resolve(Modules.AUTH)
  const given = process.env.DEMO_ADMIN_PASSWORD
  const password = given || randomBytes(12).toString("base64url")
  const [existing] = await auth.listAuthIdentities({
    provider_identities: { entity_id: ADMIN_EMAIL, provider: AUTH_PROVIDER },
  })
  if (existing?.app_metadata?.user_id) {
    return given && (await signsIn(container, given)) ? given : null
  }
  // An identity that leads to no user is what an interrupted run leaves; nobody knows its password.
  const { success, authIdentity, error } = existing
    ? await auth.updateProvider(AUTH_PROVIDER, { entity_id: ADMIN_EMAIL, password })
    : await auth.register(AUTH_PROVIDER, { body: { email: ADMIN_EMAIL, password } })
  const identity = existing ?? authIdentity
  if (!success || !identity) {
    throw new Error(`The dashboard's user was not registered: ${error ?? "no identity"}.`)
  }
  const [user] = await container.resolve(Modules.USER).listUsers({ email: ADMIN_EMAIL })
  if (user) {
    await auth.updateAuthIdentities({ id: identity.id, app_metadata: { user_id: user.id } })
  } else {
    await createUserAccountWorkflow(container).run({
      input: {
        authIdentityId: identity.id,
        userData: { email: ADMIN_EMAIL, first_name: "Demo", last_name: "Admin" },
      },
    })
  }
  return password
}

async function signsIn(container: MedusaContainer, password: string): Promise<boolean> {
  const { success } = await container
    .resolve(Modules.AUTH)
    .authenticate(AUTH_PROVIDER, { body: { email: ADMIN_EMAIL, password } })
  return success
}

/** Creates the secret API key. @returns its token; null when it exists, as only its hash is stored */
export async function seedApiKey(container: MedusaContainer): Promise<string | null> {
  const keys = await container
    .resolve(Modules.API_KEY)
    .listApiKeys({ title: API_KEY_TITLE, type: "secret" })
  if (keys.some((key) => !key.revoked_at)) {
    return null
  }
  const [user] = await container.resolve(Modules.USER).listUsers({ email: ADMIN_EMAIL })
  const { result } = await createApiKeysWorkflow(container).run({
    input: {
      api_keys: [{ title: API_KEY_TITLE, type: "secret", created_by: user?.id ?? "" }],
    },
  })
  return result[0]?.token ?? null
}

/** Creates the in-house workshop's webhook endpoint. @returns its signing secret; null when it exists */
export async function seedWorkshop(container: MedusaContainer): Promise<string | null> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "personalization_webhook_endpoint",
    fields: ["id"],
    filters: { name: ENDPOINT_NAME },
  })
  if (data.length > 0) {
    return null
  }
  const { result } = await createPersonalizationWebhookEndpointWorkflow(container).run({
    input: { name: ENDPOINT_NAME, kind: "internal" },
  })
  return result.secret
}
