// SQL within the transaction that a service method runs in.
import type { Context } from "@medusajs/framework/types"
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"

/** The context that Medusa's `@InjectManager` and `@InjectTransactionManager` fill in. */
export type SqlContext = Context<SqlEntityManager>

/** The method's transaction, or its plain connection where it has none. */
export function managerOf(context: SqlContext): SqlEntityManager {
  const manager = context.transactionManager ?? context.manager
  if (!manager) {
    throw new Error(
      "This method must be decorated with @InjectManager or @InjectTransactionManager."
    )
  }
  return manager
}
