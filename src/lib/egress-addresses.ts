// Which addresses outgoing requests may reach: the public internet and nothing else.
import { BlockList, isIP } from "node:net"

/** IPv4 ranges that are not global unicast, from IANA's special-purpose registry (RFC 6890) and RFC 5771, RFC 1112. */
const REFUSED_IPV4: readonly [string, number][] = [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8], // loopback
  ["169.254.0.0", 16], // link-local, clouds' metadata services
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // IETF protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16], // private
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
]

/** Parts of 2000::/3 that are not ordinary global unicast, from IANA's IPv6 special-purpose registry. */
const REFUSED_IPV6: readonly [string, number][] = [
  ["2001::", 23], // IETF protocol assignments, Teredo and ORCHID with them
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4, which carries an IPv4 address
  ["3fff::", 20], // documentation
]

const refused = new BlockList()
for (const [network, prefix] of REFUSED_IPV4) {
  refused.addSubnet(network, prefix, "ipv4")
}
for (const [network, prefix] of REFUSED_IPV6) {
  refused.addSubnet(network, prefix, "ipv6")
}

/**
 * Global unicast. What lies outside is refused as a whole: loopback, unspecified, v4-mapped and -compatible, NAT64
 * (64:ff9b::/96, 64:ff9b:1::/48), discard-only, unique local, link- and site-local, multicast.
 */
const globalUnicast = new BlockList()
globalUnicast.addSubnet("2000::", 3, "ipv6")

/** True for an IP address, written as `inet_ntop` writes it, that an outgoing request may connect to. */
export function isPublicAddress(address: string): boolean {
  // A zone (`fe80::1%eth0`) only belongs to addresses of a link.
  if (address.includes("%")) {
    return false
  }
  const family = isIP(address)
  if (family === 4) {
    return !refused.check(address, "ipv4")
  }
  return family === 6 && globalUnicast.check(address, "ipv6") && !refused.check(address, "ipv6")
}
