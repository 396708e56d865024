// Plain SQL over the connection that Medusa's modules share, for reads that span their tables.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** The rows of a statement with `?` placeholders; a list is bound as one array. */
export async function select<T>(
  container: MedusaContainer,
  statement: string,
  bindings: (string | number | string[])[]
): Promise<T[]> {
  const connection = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows } = await connection.raw<{ rows: T[] }>(statement, bindings)
  return rows
}
