// How much of the catalog a process reads from the database at once.
import { Slots } from "../../lib/slots"

/** Loads of answers of the catalog that are not kept: 8 at once, 400 wait. */
export const loadSlots = new Slots(8, 400, "catalog_busy")
/** Lists of templates and of option sets together, of which nothing is kept: 4 at once, 100 wait. */
export const listSlots = new Slots(4, 100, "catalog_busy")
