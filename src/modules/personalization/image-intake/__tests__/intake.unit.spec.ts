import { readFile, stat } from "node:fs/promises"
import { setTimeout as sleep } from "node:timers/promises"
import { uploadOptionsSchema, type UploadOptions } from "../../../../lib/upload-options"
import { ImageIntake } from "../intake"
import { heavyJpeg, plain, received, removeReceived } from "./pictures"

const intakes: ImageIntake[] = []
let heavy: Buffer
let light: Buffer

beforeAll(async () => {
  heavy = await heavyJpeg()
  light = await plain(300, 200).jpeg().toBuffer()
})

afterEach(async () => {
  await Promise.all(intakes.splice(0).map((intake) => intake.close()))
  await removeReceived()
})

function intakeWith(options: Partial<UploadOptions> = {}, idleMs?: number): ImageIntake {
  const intake = new ImageIntake(uploadOptionsSchema.parse(options), idleMs)
  intakes.push(intake)
  return intake
}

/** Never a default: signals to process 0 go to the whole group of this test. */
function only(pids: number[]): number {
  const [pid] = pids
  if (pids.length !== 1 || !pid) {
    throw new Error(`There are ${pids.length} processes, not one.`)
  }
  return pid
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 400) {
      throw new Error("It never came to that.")
    }
    await sleep(25)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe("ImageIntake", () => {
  it("cleans in another process, which starts with the first work and stays warm", async () => {
    const intake = intakeWith()
    expect(intake.stats()).toEqual({ busy_pids: [], idle_pids: [] })
    const image = await intake.decode(await received(light))
    expect(image.original).toMatchObject({ mime_type: "image/jpeg", width: 300, height: 200 })
    expect((await stat(image.original.path)).mode & 0o777).toBe(0o600)
    const pid = only(intake.stats().idle_pids)
    expect(pid).not.toBe(process.pid)
    await intake.decode(await received(light))
    expect(intake.stats().idle_pids).toEqual([pid])
  })

  it("ends a process that has had nothing to do for a while", async () => {
    const intake = intakeWith({}, 50)
    await intake.decode(await received(light))
    const [pid = 0] = intake.stats().idle_pids
    await until(() => intake.stats().idle_pids.length === 0 && (pid === 0 || !isAlive(pid)))
    await expect(intake.decode(await received(light))).resolves.toBeDefined()
  })

  it("hands on what is wrong with a file, and goes on with the same process", async () => {
    const intake = intakeWith({ max_pixels: 1000 })
    await expect(intake.decode(await received(light))).rejects.toMatchObject({
      type: "invalid_data",
      code: "too_many_pixels",
      details: { issues: [{ path: ["file"], params: { max_pixels: 1000 } }] },
    })
    await expect(intake.decode(await received(Buffer.from("text")))).rejects.toMatchObject({
      code: "unsupported_image_type",
    })
    only(intake.stats().idle_pids)
  })

  it("kills a process at the deadline and goes on with a fresh one", async () => {
    const options = uploadOptionsSchema.parse({})
    const intake = new ImageIntake(options)
    intakes.push(intake)
    await intake.decode(await received(light))
    const pid = only(intake.stats().idle_pids)
    options.decode_deadline_ms = 300
    await expect(intake.decode(await received(heavy))).rejects.toMatchObject({
      status: 400,
      code: "decode_too_slow",
      details: { issues: [{ params: { decode_deadline_ms: 300 } }] },
    })
    expect(isAlive(pid)).toBe(false)
    options.decode_deadline_ms = 60_000
    await expect(intake.decode(await received(light))).resolves.toBeDefined()
    expect(intake.stats().idle_pids).not.toContain(pid)
  })

  it("ends a process that takes too much memory and goes on with a fresh one", async () => {
    const intake = intakeWith({ decode_memory_mb: 300, decode_deadline_ms: 60_000 })
    await intake.decode(await received(light))
    const pid = only(intake.stats().idle_pids)
    await expect(intake.decode(await received(heavy))).rejects.toMatchObject({
      status: 400,
      code: "decode_too_large",
      details: { issues: [{ params: { decode_memory_mb: 300 } }] },
    })
    expect(isAlive(pid)).toBe(false)
    await expect(intake.decode(await received(light))).resolves.toBeDefined()
  })

  it("survives the death of a process", async () => {
    const intake = intakeWith({ decode_deadline_ms: 60_000 })
    await intake.decode(await received(light))
    const doomed = expect(intake.decode(await received(heavy))).rejects.toMatchObject({
      code: "undecodable_image",
    })
    await until(() => intake.stats().busy_pids.length === 1)
    process.kill(only(intake.stats().busy_pids), "SIGKILL")
    await doomed
    await expect(intake.decode(await received(light))).resolves.toBeDefined()
  })

  it("refuses at once when too many wait", async () => {
    const intake = intakeWith({ decode_concurrency: 1 })
    const files = await Promise.all(Array.from({ length: 11 }, () => received(light)))
    const outcomes = await Promise.allSettled(files.map((file) => intake.decode(file)))
    const refused = outcomes.filter(({ status }) => status === "rejected")
    expect(refused).toHaveLength(2)
    expect(refused[0]).toMatchObject({
      reason: { status: 503, code: "uploads_busy", details: { headers: { "Retry-After": "2" } } },
    })
    expect(intake.stats().idle_pids).toHaveLength(1)
  })

  it("tells a process no secrets, and the kernel its limit", async () => {
    process.env.HIDDEN_SECRET = "hidden"
    const intake = intakeWith({ decode_memory_mb: 512 })
    await intake.decode(await received(light))
    delete process.env.HIDDEN_SECRET
    const pid = only(intake.stats().idle_pids)
    if (process.platform === "linux") {
      expect(await readFile(`/proc/${pid}/environ`, "utf8")).not.toContain("hidden")
      expect(await readFile(`/proc/${pid}/limits`, "utf8")).toMatch(
        new RegExp(`Max data size +${(512 + 2048) * 1_048_576} `)
      )
    }
  })

  it("lets what runs end, refuses what waits, and leaves no process behind", async () => {
    const intake = intakeWith({ decode_concurrency: 1 })
    const [first, second] = await Promise.all([received(light), received(light)])
    const running = intake.decode(first)
    const waiting = expect(intake.decode(second)).rejects.toMatchObject({ code: "uploads_busy" })
    await until(() => intake.stats().busy_pids.length === 1)
    const pid = only(intake.stats().busy_pids)
    const closed = intake.close()
    await expect(running).resolves.toBeDefined()
    await Promise.all([waiting, closed])
    expect(isAlive(pid)).toBe(false)
    expect(intake.stats()).toEqual({ busy_pids: [], idle_pids: [] })
    await expect(intake.decode(first)).rejects.toMatchObject({ code: "uploads_busy" })
  })
})
