// Sessions of customers, uploads that are kept once per visitor, and what removal for privacy's sake needs to know.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126120000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table "personalization_session" add column if not exists "customer_id" text null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_session_customer" on "personalization_session" ("customer_id") where "customer_id" is not null`
    )

    this.addSql(`alter table "personalization_upload" drop column if exists "zone"`)
    this.addSql(
      `alter table "personalization_upload" add column if not exists "source_sha256" text null`
    )
    // What was sent is not known any more of older uploads: their own ids stand for it, so that none is taken for another.
    this.addSql(
      `update "personalization_upload" set "source_sha256" = "id" where "source_sha256" is null`
    )
    this.addSql(`alter table "personalization_upload" alter column "source_sha256" set not null`)
    this.addSql(`drop index if exists "IDX_personalization_upload_visitor_sha256"`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_upload_visitor_source" on "personalization_upload" ("visitor_id", "source_sha256") where "deleted_at" is null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_upload_file" on "personalization_upload" ("file_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_upload_proxy_file" on "personalization_upload" ("proxy_file_id")`
    )

    this.addSql(
      `alter table "personalization_design" add column if not exists "erase_requested_at" timestamptz null`
    )
    this.addSql(
      `alter table "personalization_design" add column if not exists "anonymized_at" timestamptz null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_design_visitor" on "personalization_design" ("visitor_id") where "visitor_id" is not null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_visitor_expires" on "personalization_visitor" ("expires_at")`
    )

    this.addSql(`create table if not exists "personalization_rate_limit" (
      "key" varchar(255) primary key,
      "points" integer not null default 0,
      "expire" bigint null)`)
    this.addSql(
      `create index if not exists "IDX_personalization_rate_limit_expire" on "personalization_rate_limit" ("expire")`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "personalization_rate_limit"`)
    this.addSql(`drop index if exists "IDX_personalization_visitor_expires"`)
    this.addSql(`drop index if exists "IDX_personalization_design_visitor"`)
    this.addSql(`alter table "personalization_design" drop column if exists "anonymized_at"`)
    this.addSql(`alter table "personalization_design" drop column if exists "erase_requested_at"`)
    this.addSql(`drop index if exists "IDX_personalization_upload_proxy_file"`)
    this.addSql(`drop index if exists "IDX_personalization_upload_file"`)
    this.addSql(`drop index if exists "IDX_personalization_upload_visitor_source"`)
    this.addSql(`alter table "personalization_upload" drop column if exists "source_sha256"`)
    this.addSql(
      `alter table "personalization_upload" add column if not exists "zone" text not null default ''`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_upload_visitor_sha256" on "personalization_upload" ("visitor_id", "sha256")`
    )
    this.addSql(`drop index if exists "IDX_personalization_session_customer"`)
    this.addSql(`alter table "personalization_session" drop column if exists "customer_id"`)
  }
}
