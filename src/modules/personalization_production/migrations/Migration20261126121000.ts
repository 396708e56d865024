// What removal for privacy's sake needs to know of an order, and what it finds orders by.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126121000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table "personalization_production_order" add column if not exists "erase_requested_at" timestamptz null`
    )
    this.addSql(
      `alter table "personalization_production_order" add column if not exists "anonymized_at" timestamptz null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_production_order_customer" on "personalization_production_order" ("customer_id") where "customer_id" is not null`
    )
    // Orders that are over and not done yet: what the hourly job looks through.
    this.addSql(
      `create index if not exists "IDX_personalization_production_order_personal" on "personalization_production_order" ("order_id") where "anonymized_at" is null and "status" in ('delivered', 'canceled')`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_personalization_production_order_personal"`)
    this.addSql(`drop index if exists "IDX_personalization_production_order_customer"`)
    this.addSql(
      `alter table "personalization_production_order" drop column if exists "anonymized_at"`
    )
    this.addSql(
      `alter table "personalization_production_order" drop column if exists "erase_requested_at"`
    )
  }
}
