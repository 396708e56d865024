// Events that are about no order.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const EVENT = `"personalization_webhook_event"`
const ATTEMPT = `"personalization_webhook_attempt"`

export class Migration20261127201500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table ${EVENT} alter column "order_id" drop not null`)
    this.addSql(`alter table ${EVENT} alter column "sequence" drop not null`)
    this.addSql(`alter table ${ATTEMPT} alter column "order_id" drop not null`)
  }

  override async down(): Promise<void> {
    this.addSql(`delete from ${ATTEMPT} where "order_id" is null`)
    this.addSql(`delete from ${EVENT} where "order_id" is null`)
    this.addSql(`alter table ${ATTEMPT} alter column "order_id" set not null`)
    this.addSql(`alter table ${EVENT} alter column "sequence" set not null`)
    this.addSql(`alter table ${EVENT} alter column "order_id" set not null`)
  }
}
