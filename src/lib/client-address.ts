// The address a request comes from, as far as the proxies in front of the server are to be believed.
import ipaddr from "ipaddr.js"
import type { IncomingMessage } from "node:http"
import { isIP } from "node:net"
import proxyAddr from "proxy-addr"

/** Says of an address in a chain of proxies whether it is one that is believed. */
export type TrustedProxies = ReturnType<typeof proxyAddr.compile>

/** What is needed of a request. */
type Request = {
  socket: { remoteAddress?: string | undefined }
  headers: Record<string, string | string[] | undefined>
}

/** Some gateways add the port: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:(\d{1,3}(?:\.\d{1,3}){3})|\[([^\]]+)\])(?::\d+)?$/

/** Whether it names proxies: an address, a subnet, or `loopback`, `linklocal`, `uniquelocal`. */
export function isProxy(name: string): boolean {
  try {
    proxyAddr.compile(name)
    return true
  } catch {
    return false
  }
}

/** @throws TypeError that names an entry which `isProxy` refuses */
export function compileProxies(proxies: string[]): TrustedProxies {
  return proxyAddr.compile(proxies)
}

/**
 * The client's address: the socket's, or the last one in `X-Forwarded-For` that no trusted proxy has. What a client writes
 * into the header stands before that. A chain that holds no address there stands for its proxy.
 *
 * Whoever has an IPv6 address has a whole /64 of them (RFC 6177), so those come as their network.
 */
export function clientAddress({ socket, headers }: Request, trusted: TrustedProxies): string {
  const given = headers["x-forwarded-for"]
  const forwarded = (Array.isArray(given) ? given.join(",") : (given ?? ""))
    .split(",")
    .map((entry) => entry.trim().replace(WITH_PORT, "$1$2"))
    .join(",")
  const seen = { socket, headers: { ...(forwarded && { "x-forwarded-for": forwarded }) } }
  const address = proxyAddr(seen as unknown as IncomingMessage, trusted)
  return network(address) ?? network(socket.remoteAddress) ?? "unknown"
}

function network(address: string | undefined): string | null {
  // The library would take short forms such as `1.2.3` too.
  if (address === undefined || isIP(address) === 0) {
    return null
  }
  // An IPv4 address in the form of an IPv6 one comes as what it is.
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(":")}::/64`
    : parsed.toString()
}
