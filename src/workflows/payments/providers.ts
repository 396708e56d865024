// Which payment providers this plugin's checkout can work with.

/** The identifiers of the plugin's own providers. */
const OWN_PROVIDERS = ["sandbox"]

/**
 * Whether a provider can be paid after its order was placed: its `authorizePayment` answers `pending_authorization`
 * until the customer has paid, and its events go through the inbox. That is so for the plugin's own providers; others
 * want the money before the order and cannot be offered.
 * @param providerId as Medusa spells it (`pp_sandbox_sandbox`).
 */
export function isDeferredProvider(providerId: string): boolean {
  return OWN_PROVIDERS.some(
    (name) => providerId === `pp_${name}` || providerId.startsWith(`pp_${name}_`)
  )
}
