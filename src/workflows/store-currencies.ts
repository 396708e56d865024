// What the store sells in.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { conflict } from "../lib/errors"

/** Lower-case ISO 4217 codes; the default is null in a store that names none. */
export type StoreCurrencies = { default_currency: string | null; supported: Set<string> }

/** Reads the store's currencies: those of its settings, and those of its regions, which Medusa lets differ. */
export async function storeCurrencies(container: MedusaContainer): Promise<StoreCurrencies> {
  const [[store], regions] = await Promise.all([
    container
      .resolve(Modules.STORE)
      .listStores({}, { relations: ["supported_currencies"], take: 1 }),
    container.resolve(Modules.REGION).listRegions({}, { select: ["currency_code"] }),
  ])
  const currencies = store?.supported_currencies ?? []
  const main = currencies.find(({ is_default }) => is_default)
  return {
    default_currency: main?.currency_code ?? null,
    supported: new Set([...currencies, ...regions].map(({ currency_code }) => currency_code)),
  }
}

/** The store's default currency. @throws AppError 409 `no_default_currency` */
export function defaultCurrency({ default_currency }: StoreCurrencies): string {
  if (default_currency === null) {
    throw conflict("no_default_currency", "The store has no default currency to price in.")
  }
  return default_currency
}
