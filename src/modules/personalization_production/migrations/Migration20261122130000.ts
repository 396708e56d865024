// The module's first tables.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const timestamps = `
  "created_at" timestamptz not null default now(),
  "updated_at" timestamptz not null default now(),
  "deleted_at" timestamptz null`

const states = `('created', 'paid', 'in_production', 'shipped', 'delivered', 'canceled')`

export class Migration20261122130000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "personalization_production_order" (
      "id" text primary key,
      "order_id" text not null,
      "display_id" integer null,
      "visitor_id" text null,
      "customer_id" text null,
      "checkout_id" text null,
      "status" text not null default 'created' check ("status" in ${states}),
      "version" integer not null default 1,
      "tracking_number" text null,
      "tracking_url" text null,
      "hold_reason" text null,
      "hold_at" timestamptz null,
      "currency_code" text not null,
      "total" text not null,
      ${timestamps})`)
    // Not conditional: an order has one production record for ever.
    this.addSql(
      `create unique index if not exists "IDX_personalization_production_order_order" on "personalization_production_order" ("order_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_production_order_status" on "personalization_production_order" ("status", "created_at")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_production_order_visitor" on "personalization_production_order" ("visitor_id")`
    )

    this.addSql(`create table if not exists "personalization_production_history" (
      "id" text primary key,
      "production_order_id" text not null references "personalization_production_order" ("id") on update cascade on delete cascade,
      "version" integer not null,
      "status" text not null check ("status" in ${states}),
      "at" timestamptz not null,
      "actor" text not null,
      "reason" text null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_production_history_version" on "personalization_production_history" ("production_order_id", "version")`
    )

    this.addSql(`create table if not exists "personalization_checkout" (
      "id" text primary key,
      "cart_id" text not null,
      "visitor_id" text not null,
      "idempotency_key" text null,
      "body_hash" text not null,
      "state" text not null default 'started' check ("state" in ('started', 'placed', 'failed')),
      "order_id" text null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_checkout_cart" on "personalization_checkout" ("cart_id")`
    )
    this.addSql(
      `create unique index if not exists "IDX_personalization_checkout_key" on "personalization_checkout" ("visitor_id", "idempotency_key") where "idempotency_key" is not null`
    )

    this.addSql(`create table if not exists "personalization_payment_attempt" (
      "id" text primary key,
      "order_id" text null,
      "checkout_id" text null,
      "provider_id" text not null,
      "payment_session_id" text null,
      "external_id" text null,
      "amount" text not null,
      "currency_code" text not null,
      "state" text not null default 'pending' check ("state" in ('pending', 'succeeded', 'failed', 'superseded', 'canceled')),
      "last_error" jsonb null,
      "flag" jsonb null,
      "handoff" jsonb null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_payment_attempt_session" on "personalization_payment_attempt" ("payment_session_id") where "payment_session_id" is not null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_payment_attempt_external" on "personalization_payment_attempt" ("provider_id", "external_id") where "external_id" is not null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_payment_attempt_order" on "personalization_payment_attempt" ("order_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_payment_attempt_checkout" on "personalization_payment_attempt" ("checkout_id")`
    )
  }

  override async down(): Promise<void> {
    for (const table of ["payment_attempt", "checkout", "production_history", "production_order"]) {
      this.addSql(`drop table if exists "personalization_${table}" cascade`)
    }
  }
}
