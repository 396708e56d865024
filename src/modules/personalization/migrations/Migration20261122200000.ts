// Templates know since when they are in use; their definition stands from then on.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261122200000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table "personalization_template" add column if not exists "used_at" timestamptz null`
    )
    this.addSql(`
      update "personalization_template" template set "used_at" = now()
       where "used_at" is null
         and (exists (select 1 from "personalization_session" s where s.template_id = template.id)
           or exists (select 1 from "personalization_design" d where d.template_id = template.id))`)
  }

  override async down(): Promise<void> {
    this.addSql(`alter table "personalization_template" drop column if exists "used_at"`)
  }
}
