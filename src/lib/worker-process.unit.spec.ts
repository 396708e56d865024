import path from "node:path"
import { WorkerProcess } from "./worker-process"

type Job = { say?: string; fail?: string; exit?: number }

const workers: WorkerProcess<Job, string>[] = []

function worker(name: string): WorkerProcess<Job, string> {
  const made = new WorkerProcess<Job, string>({
    entry: path.join(__dirname, "__tests__", name),
    memory_mb: 1024,
  })
  workers.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(workers.splice(0).map((one) => one.stop()))
})

// Limits of time and memory are tested with what needs them: src/modules/personalization/image-intake.
describe("WorkerProcess", () => {
  it("does one job after the other in the same process", async () => {
    const one = worker("worker")
    const { pid } = one
    expect(await one.run({ say: "first" }, 60_000)).toBe("first")
    expect(await one.run({ say: "second" }, 60_000)).toBe("second")
    expect(one.pid).toBe(pid)
  })

  it("tells what the work threw, and goes on", async () => {
    const one = worker("worker")
    await expect(one.run({ fail: "not this one" }, 60_000)).rejects.toMatchObject({
      name: "WorkerError",
      fault: "failed",
      message: "not this one",
    })
    expect(one.usable).toBe(true)
    expect(await one.run({ say: "next" }, 60_000)).toBe("next")
  })

  it("tells that the process ended over a job", async () => {
    const one = worker("worker")
    await expect(one.run({ exit: 3 }, 60_000)).rejects.toMatchObject({
      fault: "crashed",
      message: expect.stringContaining("exit code 3"),
    })
    expect(one.usable).toBe(false)
  })

  it("tells that a process never worked", async () => {
    const one = worker("stillborn")
    await expect(one.run({ say: "hello" }, 60_000)).rejects.toMatchObject({
      fault: "start_failed",
      message: expect.stringContaining("exit code 7"),
    })
    expect(one.usable).toBe(false)
  })
})
