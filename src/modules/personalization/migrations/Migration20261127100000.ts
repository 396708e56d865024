// Which carts a design was put into: only there is it sold, and while it is on its way there it is not removed.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261127100000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "personalization_design_cart" (
      "design_id" text not null references "personalization_design" ("id") on delete cascade,
      "cart_id" text not null,
      "on_its_way_until" timestamptz null,
      primary key ("design_id", "cart_id"))`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "personalization_design_cart"`)
  }
}
