// Uploads in the database: the same bytes once per visitor, within the quotas.

/** Writes uploads; holds no state of its own. */
export class UploadStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}
}
