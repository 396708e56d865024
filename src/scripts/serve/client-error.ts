// The answer for bytes that Node's HTTP parser refused before there was a request object.
import type { Socket } from "node:net"
import { AppError } from "../../lib/errors"
import { rawAnswer } from "./early"
import { malformedUrl, MAX_URL_BYTES } from "./malformed-url"

/** What Node tells about the failure: a code and, from the parser, the bytes it was reading. */
export type ClientFailure = { code?: string | undefined; rawPacket?: Buffer | undefined }

/**
 * The whole HTTP answer for a failure, or undefined when the client is gone.
 */
export function answerFor({ code, rawPacket }: ClientFailure): string | undefined {
  switch (code) {
    case "ECONNRESET":
    case "EPIPE":
      return undefined
    case "HPE_HEADER_OVERFLOW":
      if (rawPacket && isOneLongLine(rawPacket)) {
        return rawAnswer(malformedUrl(`is longer than ${MAX_URL_BYTES} bytes`), "Bad Request", 400)
      }
      return rawAnswer(
        new AppError("invalid_data", "headers_too_large", "The headers are too large."),
        "Request Header Fields Too Large",
        431
      )
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return rawAnswer(
        new AppError("invalid_data", "request_timeout", "The request took too long to arrive."),
        "Request Timeout",
        408
      )
    default:
      return rawAnswer(
        new AppError("invalid_data", "malformed_request", "The request is not valid HTTP."),
        "Bad Request",
        400
      )
  }
}

/** Answers on the bare socket and closes it. */
export function onClientError(failure: Error & ClientFailure, socket: Socket): void {
  const answer = socket.writable ? answerFor(failure) : undefined
  if (answer === undefined) {
    socket.destroy()
    return
  }
  socket.end(answer)
}

/** Whether a request line fills the packet, so that it was the URL and not a header that was too long. */
function isOneLongLine(packet: Buffer): boolean {
  const end = packet.indexOf("\r\n")
  return (end === -1 || end > MAX_URL_BYTES) && /^[A-Z]+ /.test(packet.toString("latin1", 0, 16))
}
