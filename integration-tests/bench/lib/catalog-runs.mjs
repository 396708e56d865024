// @ts-check
// The sizes and loads that the catalog is measured with.

/** Products in the catalog. */
export const SIZES = [201, 5000]
export const CONNECTIONS = [10, 50]
/** Names the server under which Medusa keeps publishable keys in Redis. */
export const DOOR_1_CACHED = "medusa start, keys cached"
