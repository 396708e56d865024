// A visitor of the standalone door in tests: a client without cookies, which keeps its key from the header.
import type { SeedResult } from "../../src/scripts/seed"
import { seedResult } from "../helpers/database"
import type { TestStore } from "../helpers/runner"

export type Reply<T = Record<string, unknown>> = {
  status: number
  headers: Headers
  body: T
  text: string
}

/** A store with the demo's catalog, and what the suite's tests start from. */
export function seededShop(store: TestStore): {
  seeded(): SeedResult
  start(): Promise<{ visitor: TestVisitor; id: string }>
  product(handle: string): string
} {
  let result: SeedResult | undefined
  store.startSeeded()
  beforeAll(async () => {
    result = await seedResult()
  })
  const seeded = () => {
    if (!result) {
      throw new Error("The seed's result is not there yet: use it in a test.")
    }
    return result
  }
  const product = (handle: string) =>
    seeded().products.find((candidate) => candidate.handle === handle)?.id ?? ""
  return { seeded, product, start: () => startSession(store, product("t-shirt")) }
}

/** An error's body. */
export type Fault = {
  type: string
  code: string
  message: string
  issues?: { path: string; code: string }[]
}
export type Started = { sessionId: string; session: Record<string, unknown> }

/** A new visitor with a new session of a product. */
async function startSession(
  store: TestStore,
  product_id: string
): Promise<{ visitor: TestVisitor; id: string }> {
  const visitor = new TestVisitor(store)
  const { body, status } = await visitor.call<Started>("POST", "/sessions", { product_id })
  expect(status).toBe(201)
  return { visitor, id: body.sessionId }
}

export class TestVisitor {
  key = "new"

  constructor(private readonly store: TestStore) {}

  /** Calls the store as JSON; a `FormData` or a string goes out as it is. */
  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<Reply<T>> {
    const plain = body instanceof FormData || typeof body === "string"
    const response = await this.store.request(path, {
      method,
      headers: {
        "X-Session-Key": this.key,
        ...(body === undefined || plain ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: plain ? body : JSON.stringify(body) }),
    })
    this.key = response.headers.get("x-session-key") ?? this.key
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: parse(text) as T, text }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
