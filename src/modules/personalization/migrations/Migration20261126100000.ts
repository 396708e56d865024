// Draws the first value of the catalog's version.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126100000 extends Migration {
  // A new sequence shows the value that its first draw gives: that change would not move the version.
  override async up(): Promise<void> {
    this.addSql(`select nextval('personalization_catalog_version');`)
  }

  override async down(): Promise<void> {
    // A value that was drawn stays so.
  }
}
