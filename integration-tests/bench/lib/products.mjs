// @ts-check
// Fills the catalog by SQL: copies of a seeded product with its variants, prices, pictures, options and template.

const MODEL = "mug"
/** The product's tables in the order of their references: which rows are the model's, and which columns are new. */
const TABLES = /** @type {const} */ ([
  ["product", "t.id = $1", ["id", "handle"]],
  ["image", "t.product_id = $1", ["id", "product_id"]],
  [
    "product_option",
    "t.id in (select product_option_id from product_product_option where product_id = $1)",
    ["id"],
  ],
  [
    "product_option_value",
    "t.option_id in (select product_option_id from product_product_option where product_id = $1)",
    ["id", "option_id"],
  ],
  ["product_product_option", "t.product_id = $1", ["id", "product_id", "product_option_id"]],
  [
    "product_product_option_value",
    "t.product_product_option_id in (select id from product_product_option where product_id = $1)",
    ["id", "product_product_option_id", "product_option_value_id"],
  ],
  ["product_variant", "t.product_id = $1", ["id", "product_id", "sku"]],
  ["product_variant_option", "t.variant_id in VARIANTS", ["variant_id", "option_value_id"]],
  ["product_variant_inventory_item", "t.variant_id in VARIANTS", ["id", "variant_id"]],
  ["price_set", "t.id in PRICE_SETS", ["id"]],
  ["price", "t.price_set_id in PRICE_SETS", ["id", "price_set_id"]],
  ["product_variant_price_set", "t.variant_id in VARIANTS", ["id", "variant_id", "price_set_id"]],
  ["product_sales_channel", "t.product_id = $1", ["id", "product_id"]],
  ["product_shipping_profile", "t.product_id = $1", ["id", "product_id"]],
  ["personalization_template", "t.product_id = $1", ["id", "product_id"]],
])
const VARIANTS = "(select id from product_variant where product_id = $1)"
const PRICE_SETS = `(select price_set_id from product_variant_price_set where variant_id in ${VARIANTS})`
const SECOND = "sc_bench_second"

/**
 * Brings the catalog to `count` products. All are sold in the default sales channel, every second one in another too:
 * with two channels Medusa filters by them.
 *
 * @param {import("./store.mjs").Database["sql"]} sql
 * @param {number} count
 */
export async function fillCatalog(sql, count) {
  const [model] = await sql("select id from product where handle = $1", [MODEL])
  const [{ there }] = await sql("select count(*)::int as there from product")
  for (const [table, condition, renewed] of TABLES) {
    const where = condition.replace("VARIANTS", VARIANTS).replace("PRICE_SETS", PRICE_SETS)
    const changes = renewed.map((column) => `'${column}', t.${column} || '_' || n`).join(", ")
    await sql(
      `insert into ${table}
       select (jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object(${changes}))).*
         from ${table} t, generate_series($2::int, $3::int) n where ${where}`,
      [model.id, there + 1, count]
    )
  }
  await sql(
    `insert into sales_channel (id, name) values ('${SECOND}', 'Second') on conflict do nothing`
  )
  await sql(
    `insert into product_sales_channel (id, product_id, sales_channel_id)
     select 'prodsc_' || md5(id), id, '${SECOND}' from product where abs(hashtext(id)) % 2 = 0
     on conflict do nothing`
  )
  await sql("analyze")
  await touch(sql)
}

/**
 * Moves the catalog's version, as a change does.
 *
 * @param {import("./store.mjs").Database["sql"]} sql
 */
export async function touch(sql) {
  await sql("select nextval('personalization_catalog_version')")
}
