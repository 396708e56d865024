// Answers a request before its body is read, so that the client reads the answer and the body costs no bandwidth.
import type { IncomingMessage, ServerResponse } from "node:http"

/** How long the connection stays after the answer, in milliseconds, and the bytes that are read off it meanwhile. */
const LINGER_MS = 2000
const LINGER_BYTES = 1_048_576

/**
 * Runs the work of a request with a body. When it fails with some of the body still to come, the answer closes the
 * connection instead of waiting for it.
 *
 * A socket that is closed with bytes unread is reset, and a reset can overtake the answer (RFC 9112, 9.6): so our
 * direction ends after the answer, and the other one is read and thrown away for a little while.
 */
export async function answeringEarly<T>(
  req: IncomingMessage,
  res: ServerResponse,
  work: () => Promise<T>
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!req.complete) {
      res.setHeader("Connection", "close")
      lingerOnClose(req)
    }
    throw error
  }
}

function lingerOnClose(req: IncomingMessage): void {
  const { socket } = req
  const close = socket.destroySoon.bind(socket)
  let thrownAway = 0
  req.on("data", (chunk: Buffer) => {
    thrownAway += chunk.length
    if (thrownAway > LINGER_BYTES) {
      // The client is held up by its own full buffers from here on.
      req.pause()
    }
  })
  req.resume()
  // Node calls it when an answer with `Connection: close` is written.
  socket.destroySoon = () => {
    if (req.complete) {
      close()
      return
    }
    socket.end()
    const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref()
    req.once("end", close)
    socket.once("close", () => clearTimeout(timer))
  }
}
