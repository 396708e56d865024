// The repository's own store: the configuration under which the plugin's source runs as an application.
import { defineConfig, isProduction, loadEnv } from "@medusajs/framework/utils"
import path from "node:path"
import type { PersonalizationOptionsInput } from "./src/lib/options"

loadEnv(process.env.NODE_ENV || "development", process.cwd())

/** One variable of the environment; an empty one counts as missing. */
function env(name: string): string | undefined {
  return process.env[name]?.trim() || undefined
}

/** A fault in the configuration is a sentence for the operator: Medusa prints the stack when there is one. */
function refusal(sentence: string): Error {
  const error = new Error(sentence)
  error.stack = ""
  return error
}

function required(name: string, what: string): string {
  const value = env(name)
  if (!value) {
    throw refusal(`${name} is not set: it must hold ${what}.`)
  }
  return value
}

/** A secret of this name. Development has a public default, which production refuses. */
function secret(name: string): string {
  const development = `development-only-${name.toLowerCase().replaceAll("_", "-")}`.padEnd(40, "-")
  const value = env(name) ?? development
  if (isProduction() && value === development) {
    throw refusal(
      `${name} is not set: in production it must hold a random secret of at least 32 characters.`
    )
  }
  return value
}

const publicUrl = env("PUBLIC_URL") ?? "http://127.0.0.1:9000"
const redisUrl = env("REDIS_URL")
const catalogSeconds = env("CATALOG_CACHE_SECONDS")
const trustedProxies = env("TRUSTED_PROXIES")
const filesDir = path.resolve(env("FILES_DIR") ?? ".data/files")

/** The plugin's options, as the environment gives them; src/lib/options.ts says what each one means. */
function personalizationOptions(): PersonalizationOptionsInput {
  return {
    secret: secret("PERSONALIZATION_SECRET"),
    public_url: publicUrl,
    standalone_api: env("STANDALONE_API") !== "false",
    ...(redisUrl && { redis_url: redisUrl }),
    rate_limits: { enabled: env("RATE_LIMITS") !== "false" },
    ...(trustedProxies && { trusted_proxies: trustedProxies.split(",").map((one) => one.trim()) }),
    ...(catalogSeconds && { catalog: { cache_ttl_seconds: Number(catalogSeconds) } }),
  }
}

/** Medusa's modules on Redis. Without one it falls back to its in-process ones, which suit a single process. */
function redisModules(url: string) {
  return [
    { resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl: url } },
    { resolve: "@medusajs/medusa/workflow-engine-redis", options: { redis: { redisUrl: url } } },
    {
      resolve: "@medusajs/medusa/locking",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/locking-redis",
            id: "locking-redis",
            is_default: true,
            options: { redisUrl: url },
          },
        ],
      },
    },
    {
      resolve: "@medusajs/medusa/caching",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/caching-redis",
            id: "caching-redis",
            is_default: true,
            options: { redisUrl: url },
          },
        ],
      },
    },
  ]
}

function paymentProviders() {
  const stripeKey = env("STRIPE_API_KEY")
  const stripe = stripeKey && {
    resolve: "@medusajs/payment-stripe",
    id: "stripe",
    options: {
      apiKey: stripeKey,
      webhookSecret: required("STRIPE_WEBHOOK_SECRET", "the signing secret of Stripe's webhook"),
      capture: true,
    },
  }
  const sandbox = !isProduction() && {
    resolve: "./src/providers/payment-sandbox",
    id: "sandbox",
    options: { base_url: publicUrl },
  }
  return [stripe, sandbox].filter((provider) => typeof provider === "object")
}

const options = personalizationOptions()

export default defineConfig({
  projectConfig: {
    databaseUrl: required("DATABASE_URL", "the connection string of a PostgreSQL database"),
    ...(redisUrl && { redisUrl }),
    workerMode: workerMode(),
    http: {
      storeCors: env("STORE_CORS") ?? "http://localhost:8000",
      adminCors: env("ADMIN_CORS") ?? `${publicUrl},http://localhost:5173`,
      authCors: env("AUTH_CORS") ?? `${publicUrl},http://localhost:5173,http://localhost:8000`,
      jwtSecret: secret("JWT_SECRET"),
      cookieSecret: secret("COOKIE_SECRET"),
    },
  },
  admin: { path: "/app", disable: env("DISABLE_MEDUSA_ADMIN") === "true" },
  modules: [
    ...(redisUrl ? redisModules(redisUrl) : []),
    { resolve: "./src/modules/personalization", options },
    { resolve: "./src/modules/personalization_rendering", options },
    { resolve: "./src/modules/personalization_production", options },
    { resolve: "./src/modules/personalization_webhook", options },
    { resolve: "@medusajs/medusa/payment", options: { providers: paymentProviders() } },
    {
      resolve: "@medusajs/medusa/file",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/file-local",
            id: "local",
            options: {
              // What is uploaded as public (the dashboard's product images) is served by Medusa from /static, which
              // anyone can read: private files must lie elsewhere.
              upload_dir: path.resolve("static"),
              private_upload_dir: filesDir,
              backend_url: `${publicUrl.replace(/\/+$/, "")}/static`,
            },
          },
        ],
      },
    },
  ],
})

function workerMode(): "shared" | "worker" | "server" {
  const mode = env("MEDUSA_WORKER_MODE") ?? "shared"
  if (mode === "shared" || mode === "worker" || mode === "server") {
    return mode
  }
  throw refusal(`MEDUSA_WORKER_MODE is "${mode}": it must be shared, worker or server.`)
}
