// The connection that listens to what other processes tell, on a real database.
import { EventEmitter, once } from "node:events"
import { Client } from "pg"
import { NotificationListener } from "../../src/lib/notifications"
import { createEmptyDatabase, type TestDatabase } from "../helpers/database"

const CHANNEL = "render_jobs_spec"

describe("a listener", () => {
  let database: TestDatabase
  let client: Client
  let heard: EventEmitter
  let listener: NotificationListener

  beforeAll(async () => {
    database = await createEmptyDatabase()
    client = new Client({ connectionString: database.url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })
  beforeEach(() => {
    heard = new EventEmitter()
    listener = new NotificationListener(
      database.url,
      CHANNEL,
      {
        on_message: (payload) => heard.emit("message", payload),
        on_gap: () => heard.emit("gap"),
      },
      { warn: () => undefined }
    )
  })
  afterEach(() => listener.close())

  const tell = (payload: string) => client.query("select pg_notify($1, $2)", [CHANNEL, payload])
  const cut = () =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = $1 and datname = current_database()`,
      [`personalization ${CHANNEL}`]
    )

  it("hears what is told from the moment it is ready", async () => {
    expect(await listener.ready()).toBe(true)
    const message = once(heard, "message")
    await tell("prj_1")
    expect(await message).toEqual(["prj_1"])
  })

  it("says when its connection is lost, and listens again a moment later", async () => {
    await listener.ready()
    const gap = once(heard, "gap")
    await cut()
    await gap
    expect(await listener.ready()).toBe(false)
    let ready = false
    for (let tries = 0; tries < 100 && !ready; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      ready = await listener.ready()
    }
    expect(ready).toBe(true)
    const message = once(heard, "message")
    await tell("prj_2")
    expect(await message).toEqual(["prj_2"])
  })

  it("says at once that it hears nothing where there is no database, and after its end", async () => {
    const deaf = new NotificationListener(
      database.url.replace(/:\d+\//, ":1/"),
      CHANNEL,
      { on_message: () => undefined, on_gap: () => undefined },
      { warn: () => undefined }
    )
    expect(await deaf.ready()).toBe(false)
    await deaf.close()
    await listener.close()
    expect(await listener.ready()).toBe(false)
  })
})
