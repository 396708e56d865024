// The module's first tables.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const timestamps = `
  "created_at" timestamptz not null default now(),
  "updated_at" timestamptz not null default now(),
  "deleted_at" timestamptz null`

export class Migration20261122100000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "personalization_template" (
      "id" text primary key,
      "product_id" text not null,
      "version" integer not null check ("version" between 1 and 2147483647),
      "name" text not null,
      "definition" jsonb not null,
      "status" text not null default 'published' check ("status" in ('draft', 'published', 'archived')),
      "is_default" boolean not null default false,
      ${timestamps},
      check (not "is_default" or "status" = 'published'))`)
    // Not conditional: the number of a deleted version stays taken, since orders were sold under it.
    this.addSql(
      `create unique index if not exists "IDX_personalization_template_product_version" on "personalization_template" ("product_id", "version")`
    )
    this.addSql(
      `create unique index if not exists "IDX_personalization_template_default" on "personalization_template" ("product_id") where "is_default" and "deleted_at" is null`
    )

    this.addSql(`create table if not exists "personalization_option_set" (
      "id" text primary key,
      "product_id" text not null,
      "key" text not null,
      "title" text not null,
      "required" boolean not null default false,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_option_set_product_key" on "personalization_option_set" ("product_id", "key") where "deleted_at" is null`
    )

    this.addSql(`create table if not exists "personalization_option" (
      "id" text primary key,
      "option_set_id" text not null references "personalization_option_set" ("id") on update cascade on delete cascade,
      "value" text not null,
      "value_key" text not null,
      "label" text not null,
      "rank" integer not null default 0,
      "price_set_id" text not null,
      "metadata" jsonb null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_option_set_value" on "personalization_option" ("option_set_id", "value_key") where "deleted_at" is null`
    )

    this.addSql(`create table if not exists "personalization_visitor" (
      "id" text primary key,
      "key_hash" text not null,
      "cart_id" text null,
      "expires_at" timestamptz not null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_visitor_key_hash" on "personalization_visitor" ("key_hash")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_visitor_cart" on "personalization_visitor" ("cart_id") where "cart_id" is not null`
    )

    this.addSql(`create table if not exists "personalization_session" (
      "id" text primary key,
      "visitor_id" text not null,
      "product_id" text not null,
      "variant_id" text null,
      "template_id" text not null,
      "template_version" integer not null,
      "options" jsonb not null,
      "revision" integer not null default 0,
      "currency_code" text not null,
      "region_id" text not null,
      "expires_at" timestamptz not null,
      ${timestamps})`)
    this.addSql(
      `create index if not exists "IDX_personalization_session_visitor" on "personalization_session" ("visitor_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_session_template" on "personalization_session" ("template_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_session_expires" on "personalization_session" ("expires_at")`
    )

    this.addSql(`create table if not exists "personalization_upload" (
      "id" text primary key,
      "session_id" text not null,
      "visitor_id" text not null,
      "zone" text not null,
      "file_id" text not null,
      "proxy_file_id" text not null,
      "sha256" text not null,
      "mime_type" text not null,
      "width" integer not null,
      "height" integer not null,
      "bytes" integer not null,
      "proxy_sha256" text not null,
      "proxy_width" integer not null,
      "proxy_height" integer not null,
      ${timestamps})`)
    this.addSql(
      `create index if not exists "IDX_personalization_upload_session" on "personalization_upload" ("session_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_upload_visitor_sha256" on "personalization_upload" ("visitor_id", "sha256")`
    )

    this.addSql(`create table if not exists "personalization_design" (
      "id" text primary key,
      "hash" text not null,
      "visitor_id" text null,
      "session_id" text null,
      "product_id" text not null,
      "variant_id" text not null,
      "template_id" text not null,
      "template_version" integer not null,
      "template_snapshot" jsonb not null,
      "options" jsonb not null,
      "surcharges" jsonb not null,
      "currency_code" text not null,
      "base_price" text not null,
      "unit_price" text not null,
      "preview_hash" text null,
      ${timestamps})`)
    this.addSql(
      `create index if not exists "IDX_personalization_design_hash" on "personalization_design" ("hash")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_design_session" on "personalization_design" ("session_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_design_template" on "personalization_design" ("template_id")`
    )

    this.addSql(`create table if not exists "personalization_file" (
      "id" text primary key,
      "kind" text not null check ("kind" in ('asset', 'upload', 'upload_proxy', 'preview', 'print')),
      "storage_id" text not null,
      "filename" text not null,
      "mime_type" text not null,
      "bytes" integer not null,
      "sha256" text not null,
      ${timestamps})`)
    this.addSql(
      `create index if not exists "IDX_personalization_file_kind" on "personalization_file" ("kind")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_file_sha256" on "personalization_file" ("sha256")`
    )

    this.addSql(`create table if not exists "personalization_asset" (
      "id" text primary key,
      "key" text not null,
      "file_id" text not null,
      "width" integer not null,
      "height" integer not null,
      "sha256" text not null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_asset_key" on "personalization_asset" ("key") where "deleted_at" is null`
    )
  }

  override async down(): Promise<void> {
    for (const table of [
      "asset",
      "file",
      "design",
      "upload",
      "session",
      "visitor",
      "option",
      "option_set",
      "template",
    ]) {
      this.addSql(`drop table if exists "personalization_${table}" cascade`)
    }
  }
}
