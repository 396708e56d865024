// Which carts a design was put into: only there is it sold, and while it is on its way there it is not removed.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261127100000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "personalization_design_cart" (
      "design_id" text not null references "personalization_design" ("id") on delete cascade,
      "cart_id" text not null,
      "on_its_way_until" timestamptz null,
      primary key ("design_id", "cart_id"))`)
    // Designs of before are where lines name them: nothing else tells. Carts are another module's, which may not be there.
    this.addSql(`do $$ begin
      if to_regclass('cart_line_item') is not null then
        insert into "personalization_design_cart" ("design_id", "cart_id")
        select distinct d."id", l.cart_id from cart_line_item l
          join "personalization_design" d on d."id" = l.metadata->>'personalization_design_id'
        on conflict do nothing;
      end if;
    end $$`)
    this.addSql(
      `alter table "personalization_design" add column if not exists "retired_at" timestamptz null`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`alter table "personalization_design" drop column if exists "retired_at"`)
    this.addSql(`drop table if exists "personalization_design_cart"`)
  }
}
