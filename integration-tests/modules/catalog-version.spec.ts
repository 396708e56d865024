// The catalog's version on a database that was just migrated.
import { Client } from "pg"
import { CatalogVersion } from "../../src/lib/catalog-version"
import { copyTemplate, type TestDatabase } from "../helpers/database"

describe("the catalog's version", () => {
  let database: TestDatabase
  let client: Client

  beforeAll(async () => {
    database = await copyTemplate()
    client = new Client({ connectionString: database.url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  const process_ = () => new CatalogVersion({ raw: (sql) => client.query(sql) }, console)

  it("moves with the first change after the installation", async () => {
    const before = await process_().current()
    const changing = process_()
    await changing.touch()
    expect(await changing.current()).not.toBe(before)
    expect(await process_().current()).toBe(await changing.current())
  })
})
