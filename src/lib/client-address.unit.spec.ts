// Whose address counts, and that nobody can make one up.
import fc from "fast-check"
import { clientAddress, compileProxies } from "./client-address"
import { parseOptions } from "./options"

function seen(proxies: string[], remoteAddress: string | undefined, ...forwarded: string[]) {
  const headers = forwarded.length > 0 ? { "x-forwarded-for": forwarded.join(", ") } : {}
  return clientAddress({ socket: { remoteAddress }, headers }, compileProxies(proxies))
}

describe("the client's address", () => {
  it("is the socket's where no proxy is trusted, whatever the header says", () => {
    expect(seen([], "203.0.113.7", "198.51.100.1")).toBe("203.0.113.7")
    expect(seen([], "127.0.0.1", "198.51.100.1")).toBe("127.0.0.1")
    expect(seen(["10.0.0.0/8"], "203.0.113.7", "198.51.100.1")).toBe("203.0.113.7")
    expect(seen([], undefined, "198.51.100.1")).toBe("unknown")
  })

  it("is the last one that no trusted proxy has", () => {
    const proxies = ["10.0.0.0/8", "loopback"]
    expect(seen(proxies, "10.1.2.3", "198.51.100.1")).toBe("198.51.100.1")
    expect(seen(proxies, "127.0.0.1", "198.51.100.1", "10.9.9.9")).toBe("198.51.100.1")
    expect(seen(proxies, "10.1.2.3", "1.1.1.1", "198.51.100.1")).toBe("198.51.100.1")
    expect(seen(proxies, "::1", "10.0.0.2")).toBe("10.0.0.2")
    expect(seen(proxies, "10.1.2.3")).toBe("10.1.2.3")
  })

  it("is told without its port", () => {
    expect(seen(["loopback"], "127.0.0.1", "198.51.100.1:4711")).toBe("198.51.100.1")
    expect(seen(["loopback"], "127.0.0.1", "[2001:db8:1:2:3::4]:4711")).toBe("2001:db8:1:2::/64")
    expect(seen(["10.0.0.1"], "10.0.0.1", "198.51.100.1:80", "10.0.0.1:99")).toBe("198.51.100.1")
  })

  it("is the network of an IPv6 address, and IPv4 in every form", () => {
    expect(seen([], "2001:db8:0:7:1:2:3:4")).toBe("2001:db8:0:7::/64")
    expect(seen([], "2001:DB8:0:7::")).toBe("2001:db8:0:7::/64")
    expect(seen([], "fe80::1%eth0")).toBe("fe80:0:0:0::/64")
    expect(seen([], "::ffff:203.0.113.7")).toBe("203.0.113.7")
    expect(seen([], "::ffff:cb00:7107")).toBe("203.0.113.7")
  })

  it("is the proxy's where the header holds no address", () => {
    for (const entry of ["unknown", "_hidden", "<script>", "1.2.3", "999.1.1.1"]) {
      expect(seen(["loopback"], "127.0.0.1", "198.51.100.1", entry)).toBe("127.0.0.1")
    }
    expect(seen(["loopback"], "127.0.0.1", "198.51.100.1", "")).toBe("198.51.100.1")
  })

  it("cannot be chosen by whoever sends the header", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 5 }),
        (sent) => {
          expect(seen(["10.0.0.1"], "10.0.0.1", ...sent, "198.51.100.1")).toBe("198.51.100.1")
          expect(seen([], "198.51.100.1", ...sent)).toBe("198.51.100.1")
        }
      )
    )
  })

  it("names a proxy that is none", () => {
    expect(() => compileProxies(["10.0.0.0/8", "my-proxy"])).toThrow(/my-proxy/)
    expect(() => compileProxies(["10.0.0.0/99"])).toThrow(/10\.0\.0\.0\/99/)
    const options = { secret: "s".repeat(32), trusted_proxies: ["loopback", "my-proxy"] }
    expect(() => parseOptions(options)).toThrow(/trusted_proxies\.1: my-proxy is no address/)
  })
})
