// Paths of the standalone door find their line in the route table, and nothing else does.
import { matchRoute } from "./match"
import type { StandaloneRoute } from "./routes"

const route = (method: StandaloneRoute["method"], path: string): StandaloneRoute => ({
  method,
  path,
  access: "public",
  body: "none",
})
const routes = [
  route("GET", "/cart"),
  route("POST", "/cart/items"),
  route("GET", "/templates/:id"),
  route("PUT", "/templates/:id"),
  route("GET", "/templates/schema.json"),
]

describe("matchRoute", () => {
  it("finds a route with its parameters decoded", () => {
    expect(matchRoute(routes, "PUT", "/templates/a%20b")).toMatchObject({
      kind: "route",
      params: { id: "a b" },
    })
  })

  it("prefers a literal segment to a parameter", () => {
    expect(matchRoute(routes, "GET", "/templates/schema.json")).toMatchObject({
      kind: "route",
      route: { path: "/templates/schema.json" },
    })
  })

  it("takes HEAD as GET and a trailing slash as none", () => {
    expect(matchRoute(routes, "HEAD", "/cart/").kind).toBe("route")
  })

  it("names the methods there are", () => {
    expect(matchRoute(routes, "DELETE", "/templates/x")).toEqual({
      kind: "wrong_method",
      allow: ["GET", "PUT"],
    })
  })

  it.each(["/Cart", "/cart/items/1/2", "/templates/", "/cartography", "//cart"])(
    "does not know %s",
    (path) => {
      expect(matchRoute(routes, "GET", path).kind).toBe("unknown")
    }
  )

  it("reports a malformed escape", () => {
    expect(matchRoute(routes, "GET", "/templates/%zz").kind).toBe("malformed")
  })
})
