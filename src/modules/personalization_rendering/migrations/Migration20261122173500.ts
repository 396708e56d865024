// The module's first table.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261122173500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "personalization_render_job" (
      "id" text not null,
      "hash" text not null,
      "target" text check ("target" in ('preview', 'print')) not null,
      "session_id" text null,
      "visitor_id" text null,
      "order_id" text null,
      "line_item_id" text null,
      "revision" integer null,
      "input" jsonb not null,
      "status" text check ("status" in ('queued', 'rendering', 'succeeded', 'failed')) not null default 'queued',
      "attempts" integer not null default 0,
      "views" jsonb null,
      "error" jsonb null,
      "timings" jsonb null,
      "started_at" timestamptz null,
      "finished_at" timestamptz null,
      "created_at" timestamptz not null default now(),
      "updated_at" timestamptz not null default now(),
      "deleted_at" timestamptz null,
      constraint "personalization_render_job_pkey" primary key ("id"))`)
    this.addSql(
      `create index if not exists "IDX_personalization_render_job_deleted_at" on "personalization_render_job" ("deleted_at") where deleted_at is null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_render_job_hash_status" on "personalization_render_job" ("hash", "status") where deleted_at is null`
    )
    for (const column of ["visitor_id", "session_id", "order_id"]) {
      this.addSql(
        `create index if not exists "IDX_personalization_render_job_${column}" on "personalization_render_job" ("${column}") where deleted_at is null`
      )
    }
    this.addSql(
      `create index if not exists "IDX_personalization_render_job_unfinished" on "personalization_render_job" ("created_at") where status in ('queued', 'rendering') and deleted_at is null`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "personalization_render_job" cascade`)
  }
}
