// How much of the catalog a process reads from the database at once.
import { Slots } from "../../lib/slots"

const BUSY = "catalog_busy"

/**
 * Loads of answers of the catalog that are not kept: 8 at once, 400 wait. Each kind has places of its own, so that
 * searches and products that are not there, of which anybody can ask for new ones without end, leave the list alone.
 */
export const loadSlots = {
  list: new Slots(3, 200, BUSY),
  product: new Slots(3, 150, BUSY),
  search: new Slots(2, 50, BUSY),
}
/**
 * Lists of templates and of option sets together, of which nothing is kept: 4 at once, 100 wait. Those who manage them
 * have places of their own, of which visitors take none.
 */
export const listSlots = { visitors: new Slots(4, 100, BUSY), managers: new Slots(4, 100, BUSY) }
