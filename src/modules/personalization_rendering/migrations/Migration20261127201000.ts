// Thumbnails, the warnings of preflight, and the lease of the worker that draws.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TABLE = `"personalization_render_job"`

export class Migration20261127201000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table ${TABLE} drop constraint if exists "personalization_render_job_target_check"`
    )
    this.addSql(
      `alter table ${TABLE} add constraint "personalization_render_job_target_check" check ("target" in ('preview', 'thumbnail', 'print'))`
    )
    this.addSql(`alter table ${TABLE} add column if not exists "warnings" jsonb null`)
    this.addSql(`alter table ${TABLE} add column if not exists "leased_until" timestamptz null`)
  }

  override async down(): Promise<void> {
    this.addSql(`delete from ${TABLE} where "target" = 'thumbnail'`)
    this.addSql(
      `alter table ${TABLE} drop constraint if exists "personalization_render_job_target_check"`
    )
    this.addSql(
      `alter table ${TABLE} add constraint "personalization_render_job_target_check" check ("target" in ('preview', 'print'))`
    )
    this.addSql(`alter table ${TABLE} drop column if exists "warnings"`)
    this.addSql(`alter table ${TABLE} drop column if exists "leased_until"`)
  }
}
