// Option sets bound to a Medusa product option: their rows of options only override what the product option says.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261122201000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table "personalization_option_set" add column if not exists "product_option_id" text null`
    )
    // A product option may be shared by several products, so it is unique per product.
    this.addSql(
      `create unique index if not exists "IDX_personalization_option_set_product_option" on "personalization_option_set" ("product_id", "product_option_id") where "product_option_id" is not null and "deleted_at" is null`
    )
    this.addSql(
      `alter table "personalization_option" add column if not exists "product_option_value_id" text null`
    )
    this.addSql(`alter table "personalization_option" alter column "price_set_id" drop not null`)
    this.addSql(`alter table "personalization_option" alter column "label" drop not null`)
    this.addSql(`alter table "personalization_option" alter column "rank" drop not null`)
    // An option of the set's own has a price set, a label and a rank; an override of a product option's value has no price.
    this.addSql(
      `alter table "personalization_option" add constraint "personalization_option_kind_check" check (
        case when "product_option_value_id" is null
          then "price_set_id" is not null and "label" is not null and "rank" is not null
          else "price_set_id" is null
        end)`
    )
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table "personalization_option" drop constraint if exists "personalization_option_kind_check"`
    )
    this.addSql(`delete from "personalization_option" where "product_option_value_id" is not null`)
    this.addSql(
      `alter table "personalization_option" drop column if exists "product_option_value_id"`
    )
    this.addSql(`alter table "personalization_option" alter column "price_set_id" set not null`)
    this.addSql(`alter table "personalization_option" alter column "label" set not null`)
    this.addSql(`alter table "personalization_option" alter column "rank" set not null`)
    this.addSql(`drop index if exists "IDX_personalization_option_set_product_option"`)
    this.addSql(
      `alter table "personalization_option_set" drop column if exists "product_option_id"`
    )
  }
}
