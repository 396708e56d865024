// @redis
// The store starts on a copy of the migrated template, answers, and the tables of our modules are there.
import { existingTables, OUR_TABLES } from "../helpers/database"
import { personalizationTestRunner } from "../helpers/runner"

personalizationTestRunner({
  testSuite: (store) => {
    it("answers /health", async () => {
      const response = await store.request("/health")
      expect(response.status).toBe(200)
    })

    it("has the tables of every module of ours", async () => {
      expect(await existingTables(store.databaseUrl)).toEqual(expect.arrayContaining(OUR_TABLES))
    })
  },
})
