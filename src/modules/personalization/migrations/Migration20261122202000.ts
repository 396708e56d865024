// The catalog's version: a number that moves whenever something changed that the catalog shows.
import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261122202000 extends Migration {
  // It starts at the clock, so that a rebuilt database never meets its predecessor's entries in a shared Redis.
  override async up(): Promise<void> {
    this.addSql(`
      do $$
      begin
        if to_regclass('personalization_catalog_version') is null then
          execute format(
            'create sequence personalization_catalog_version start with %s',
            floor(extract(epoch from clock_timestamp()) * 1000)::bigint
          );
        end if;
      end
      $$;
    `)
  }

  override async down(): Promise<void> {
    this.addSql(`drop sequence if exists personalization_catalog_version;`)
  }
}
