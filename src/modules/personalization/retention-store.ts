// What goes when its time is over or its visitor asks for it: the reads and deletions that must be one statement each.

/** Finds and removes what is over; holds no state of its own. */
export class RetentionStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}
}
