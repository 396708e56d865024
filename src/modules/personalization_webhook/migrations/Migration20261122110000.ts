// The module's first tables.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const timestamps = `
  "created_at" timestamptz not null default now(),
  "updated_at" timestamptz not null default now(),
  "deleted_at" timestamptz null`

export class Migration20261122110000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "personalization_webhook_endpoint" (
      "id" text primary key,
      "name" text not null,
      "kind" text not null check ("kind" in ('internal', 'http')),
      "url" text null,
      "events" jsonb null,
      "enabled" boolean not null default true,
      "disabled_reason" text null,
      "disabled_at" timestamptz null,
      "secrets" jsonb not null,
      ${timestamps},
      check (("kind" = 'http') = ("url" is not null)))`)

    this.addSql(`create table if not exists "personalization_webhook_event" (
      "id" text primary key,
      "type" text not null,
      "order_id" text not null,
      "sequence" integer not null,
      "data" jsonb not null,
      "fanned_out_at" timestamptz null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_webhook_event_order_sequence" on "personalization_webhook_event" ("order_id", "sequence")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_webhook_event_waiting" on "personalization_webhook_event" ("created_at", "id") where "fanned_out_at" is null`
    )

    this.addSql(`create table if not exists "personalization_webhook_delivery" (
      "id" text primary key,
      "event_id" text not null references "personalization_webhook_event" ("id") on delete cascade,
      "endpoint_id" text not null references "personalization_webhook_endpoint" ("id") on delete cascade,
      "state" text not null default 'pending' check ("state" in ('pending', 'succeeded', 'failed', 'dead')),
      "attempts" integer not null default 0,
      "next_attempt_at" timestamptz null,
      "claim_id" text null,
      "claimed_until" timestamptz null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_webhook_delivery_event_endpoint" on "personalization_webhook_delivery" ("event_id", "endpoint_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_webhook_delivery_due" on "personalization_webhook_delivery" ("endpoint_id", "next_attempt_at") where "next_attempt_at" is not null`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_webhook_delivery_claimed" on "personalization_webhook_delivery" ("endpoint_id", "claimed_until") where "claimed_until" is not null`
    )

    // No references: the log outlives events and endpoints.
    this.addSql(`create table if not exists "personalization_webhook_attempt" (
      "id" text primary key,
      "delivery_id" text not null,
      "event_id" text not null,
      "endpoint_id" text not null,
      "event" text not null,
      "order_id" text not null,
      "url" text not null,
      "attempt" integer not null,
      "state" text not null check ("state" in ('pending', 'succeeded', 'failed', 'dead')),
      "response_status" integer null,
      "response_body" text null,
      "error" text null,
      "error_stage" text null,
      "duration_ms" integer null,
      "sent_at" timestamptz not null,
      "next_attempt_at" timestamptz null,
      ${timestamps})`)
    // The id sorts by time and is the order of every list, so it ends each index.
    for (const column of [
      "delivery_id",
      "order_id",
      "endpoint_id",
      "event",
      "state",
      "response_status",
    ]) {
      this.addSql(
        `create index if not exists "IDX_personalization_webhook_attempt_${column}" on "personalization_webhook_attempt" ("${column}", "id")`
      )
    }
    this.addSql(
      `create index if not exists "IDX_personalization_webhook_attempt_sent_at" on "personalization_webhook_attempt" ("sent_at")`
    )

    this.addSql(`create table if not exists "personalization_webhook_inbox" (
      "id" text primary key,
      "source" text not null,
      "event_id" text not null,
      "type" text not null,
      "payload" jsonb not null,
      "state" text not null default 'received' check ("state" in ('received', 'processed', 'failed', 'ignored')),
      "attempts" integer not null default 0,
      "claimed_until" timestamptz null,
      "error" text null,
      "received_at" timestamptz not null default now(),
      "processed_at" timestamptz null,
      ${timestamps})`)
    this.addSql(
      `create unique index if not exists "IDX_personalization_webhook_inbox_source_event" on "personalization_webhook_inbox" ("source", "event_id")`
    )
    this.addSql(
      `create index if not exists "IDX_personalization_webhook_inbox_waiting" on "personalization_webhook_inbox" ("received_at") where "state" = 'received'`
    )
  }

  override async down(): Promise<void> {
    for (const table of ["inbox", "attempt", "delivery", "event", "endpoint"]) {
      this.addSql(`drop table if exists "personalization_webhook_${table}"`)
    }
  }
}
