// A bare server that receives uploads, and clients that send them byte by byte.
import { once } from "node:events"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import { connect, type AddressInfo, type Socket } from "node:net"
import os from "node:os"
import path from "node:path"
import { toAppError, toErrorBody } from "../../../lib/errors"
import { uploadOptionsSchema, type UploadOptions } from "../../../lib/upload-options"
import { answeringEarly } from "../answering-early"
import { receiveUploadBody, type UploadBody } from "../receive"

export const BOUNDARY = "----a-boundary"

/** An answer as a raw client reads it. */
export type Answer = {
  status: number
  headers: Record<string, string>
  body: { code?: string; issues?: Record<string, unknown>[] } & Record<string, unknown>
}

export class Receiver {
  /** Bytes that came over the wire, with those of connections that are gone. */
  bytesRead = 0
  private readonly temporary: jest.SpyInstance
  private readonly sockets = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    readonly folder: string,
    private readonly running: Set<Promise<unknown>>
  ) {
    this.temporary = jest.spyOn(os, "tmpdir").mockReturnValue(folder)
    server.on("connection", (socket) => {
      this.sockets.add(socket)
      socket.once("close", () => {
        this.sockets.delete(socket)
        this.bytesRead += socket.bytesRead
      })
    })
  }

  /** Temporary files of the process lie in a folder of the receiver's while it runs. */
  static async start(
    options: Partial<UploadOptions> = {},
    work: (body: UploadBody) => Promise<unknown> = ({ zone, bytes, sha256, header }) =>
      Promise.resolve({ zone, bytes, sha256, header })
  ): Promise<Receiver> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "personalization-receiver-"))
    const parsed = uploadOptionsSchema.parse(options)
    const running = new Set<Promise<unknown>>()
    const server = createServer((req, res) => {
      const answer = answeringEarly(req, res, async () => {
        const sender = req.headers["x-sender"]
        const body = await receiveUploadBody(req, parsed, String(sender ?? "somebody"))
        try {
          return await work(body)
        } finally {
          await body.dispose()
        }
      }).then(
        (body) => res.writeHead(201).end(JSON.stringify(body)),
        (thrown: unknown) => {
          const error = toAppError(thrown)
          res.writeHead(error?.status ?? 500, error?.details.headers ?? {})
          res.end(JSON.stringify(error ? toErrorBody(error) : { code: String(thrown) }))
        }
      )
      running.add(answer)
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    return new Receiver(server, folder, running)
  }

  /** Waits until all connections are closed and all work is done. @returns what is left in the folder of temporary files */
  async leftovers(): Promise<string[]> {
    for (const socket of this.sockets) {
      await new Promise((resolve) => socket.once("close", resolve))
    }
    await Promise.all(this.running)
    return readdir(this.folder)
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    this.temporary.mockRestore()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Opens a connection and sends a request's head. */
  client(headers: Record<string, string | number>): Client {
    const { port } = this.server.address() as AddressInfo
    const lines = Object.entries({
      Host: "localhost",
      "Content-Type": `multipart/form-data; boundary=${BOUNDARY}`,
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    return new Client(connect(port, "127.0.0.1"), `POST / HTTP/1.1\r\n${lines.join("")}\r\n`)
  }

  /** Sends a whole body with its length. */
  async send(body: Buffer, headers: Record<string, string | number> = {}): Promise<Answer> {
    const client = this.client({ "Content-Length": body.length, ...headers })
    await client.write(body)
    const answer = await client.answer()
    client.socket.destroy()
    return answer
  }
}

/** One request on a connection of its own. */
export class Client {
  private received = ""
  private failure: Error | undefined

  constructor(
    readonly socket: Socket,
    head: string
  ) {
    socket.setEncoding("latin1")
    socket.on("data", (text: string) => (this.received += text))
    socket.on("error", (error) => (this.failure = error))
    socket.write(head)
  }

  /** Writes, and waits while the connection is full. */
  async write(bytes: Buffer | string): Promise<void> {
    if (!this.socket.write(bytes)) {
      await this.whenever("drain")
    }
  }

  /** One piece of a chunked body. */
  chunk(bytes: Buffer): Promise<void> {
    return this.write(
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")])
    )
  }

  get isClosed(): boolean {
    return this.socket.destroyed || this.socket.readableEnded
  }

  /** Waits for the whole answer. */
  async answer(): Promise<Answer> {
    for (;;) {
      const [head = "", body] = this.received.split("\r\n\r\n")
      const lines = head.split("\r\n")
      const headers = Object.fromEntries(
        lines.slice(1).map((line) => [line.split(": ")[0]?.toLowerCase(), line.split(": ")[1]])
      ) as Record<string, string>
      const isWhole = body !== undefined && /\}(\r\n0)?$/.test(body.trimEnd())
      if (isWhole) {
        const json = body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1)
        return {
          status: Number(head.split(" ")[1]),
          headers,
          body: JSON.parse(json) as Answer["body"],
        }
      }
      if (this.isClosed) {
        throw this.failure ?? new Error(`The connection was closed after ${this.received}`)
      }
      await this.whenever("data")
    }
  }

  /** Waits for an event, or for the connection's end. */
  private whenever(event: "data" | "drain"): Promise<void> {
    const { socket } = this
    return new Promise((resolve) => {
      const done = () => {
        socket.off(event, done).off("close", done)
        resolve()
      }
      socket.on(event, done).on("close", done)
    })
  }
}

/** A part of a form: a field, or a file when it has a name. */
export function part(name: string, content: Buffer | string, filename?: string): Buffer {
  const file = filename === undefined ? "" : `; filename="${filename}"`
  return Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from("\r\n"),
  ])
}

/** A whole form. */
export function form(...parts: Buffer[]): Buffer {
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)])
}
