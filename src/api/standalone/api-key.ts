// Checks a Medusa secret API key given in `X-API-Key`.
import type { MedusaRequest } from "@medusajs/framework/http"
import type { ApiKeyDTO, IApiKeyModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { ApiKeyCheck, type KeyRow, type KeySource } from "../../lib/api-keys"
import { AppError } from "../../lib/errors"

/** What a secret key looks like. Several headers come joined by a comma, and are none. */
const TOKEN_SHAPE = /^sk_[A-Za-z0-9_-]{1,197}$/

const checks = new WeakMap<IApiKeyModuleService, ApiKeyCheck>()

/**
 * True when the request carries a secret key that is valid now: not revoked, not expired, not a publishable one. Costs
 * nothing without the header, one small read every two seconds for a key in use, and one query for most wrong keys.
 * A revocation takes effect within two seconds in every process.
 * @throws AppError 503 `api_key_check_busy` when too many unknown keys are being checked.
 */
export async function hasApiKey(req: MedusaRequest): Promise<boolean> {
  const token = req.get("x-api-key")
  return token !== undefined && TOKEN_SHAPE.test(token) && checkOf(req).isValid(token)
}

/**
 * Whether a read that is open to all is asked for by the shop, who sees more: false without the header.
 * @throws AppError 403 `invalid_api_key` for a header that holds no valid key, rather than less than its sender expects.
 */
export async function isManager(req: MedusaRequest): Promise<boolean> {
  if (req.get("x-api-key") === undefined) {
    return false
  }
  if (!(await hasApiKey(req))) {
    throw invalidApiKey()
  }
  return true
}

/** 403. */
export function invalidApiKey(): AppError {
  return new AppError(
    "forbidden",
    "invalid_api_key",
    "A valid secret API key is needed in the X-API-Key header."
  )
}

function checkOf(req: MedusaRequest): ApiKeyCheck {
  const service = req.scope.resolve(Modules.API_KEY)
  let check = checks.get(service)
  if (!check) {
    check = new ApiKeyCheck(keySource(service))
    checks.set(service, check)
  }
  return check
}

function keySource(service: IApiKeyModuleService): KeySource {
  return {
    authenticate: async (token) => {
      const key = await service.authenticate(token)
      return key && key.type === "secret" ? keyRow(key, key.token) : null
    },
    // The module blanks the hash in what it lists, so the database compares it.
    reread: async ({ id, hash }) => {
      const [key] = await service.listApiKeys({ id, token: hash, type: "secret" }, { take: 1 })
      return key ? keyRow(key, hash) : null
    },
  }
}

function keyRow(key: ApiKeyDTO, hash: string): KeyRow {
  return { id: key.id, hash, revoked_at: key.revoked_at ? new Date(key.revoked_at) : null }
}
