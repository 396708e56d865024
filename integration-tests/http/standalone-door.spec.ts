// The standalone door's contract: errors, keys, origins, links to files. Nothing of it leaks or falls back to HTML.
import { personalizationTestRunner } from "../helpers/runner"
import { seededShop, TestVisitor, type Fault, type Started } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product, start } = seededShop(store)

    describe("errors", () => {
      const json = { "Content-Type": "application/json" }
      it.each([
        ["GET", "/products/none", 404, "product_not_found"],
        ["DELETE", "/sessions", 405, "method_not_allowed"],
        ["GET", "/cart/unknown/path", 404, "unknown_path"],
        ["GET", "/Products", 404, "unknown_path"],
        ["GET", "/.//products", 404, "unknown_path"],
        ["POST", "/.///cart//items", 404, "unknown_path"],
        ["GET", "/products/%zz", 400, "malformed_url"],
        ["GET", "/products?limit=101", 400, "invalid_input"],
        ["GET", "/products?currency_code=xxx", 400, "unknown_currency"],
        ["POST", "/templates", 403, "invalid_api_key"],
        ["POST", "/Templates", 404, "unknown_path"],
        ["GET", "/files/pfil_1.0.AAAA", 404, "file_not_found"],
      ])("%s %s answers %i %s", async (method, url, status, code) => {
        const response = await store.request(url, { method })
        const body = (await response.json()) as Fault
        expect({ status: response.status, code: body.code }).toEqual({ status, code })
        expect(Object.keys(body)).toEqual(expect.arrayContaining(["type", "code", "message"]))
      })

      it.each([
        [
          "a text",
          (whole: string) =>
            whole.replace(/"label":(?:"[^"]*"|\{[^{}]*\})/, '"label":{"__proto__":"x","en":"y"}'),
          /^definition\.(?:placements|zones)\.\d+\.label\.__proto__$/,
        ],
        [
          "the whole definition",
          (whole: string) => `{"schema":1,"__proto__":${whole}}`,
          /^definition\.__proto__$/,
        ],
      ])("refuses the key __proto__ in %s, on both doors", async (_where, spoil, path) => {
        const shown = await new TestVisitor(store).call<{
          product: { template: { definition: unknown } }
        }>("GET", `/products/${product("mug")}`)
        const definition = spoil(JSON.stringify(shown.body.product.template.definition))
        expect(definition).toContain("__proto__")
        const body = `{"product_id":"${product("mug")}","version":9,"definition":${definition}}`
        const key = seeded().api_key ?? ""
        const doors = {
          "/templates": { "X-API-Key": key },
          "/admin/personalization/templates": {
            Authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
          },
        }
        for (const [door, headers] of Object.entries(doors)) {
          const response = await store.request(door, {
            method: "POST",
            headers: { ...json, ...headers },
            body,
          })
          expect(response.status).toBe(400)
          expect(((await response.json()) as Fault).issues).toEqual([
            expect.objectContaining({ path: expect.stringMatching(path), code: "unknown_field" }),
          ])
        }
      })

      it("names the methods that a path has", async () => {
        const response = await store.request("/sessions", { method: "PUT" })
        expect(response.headers.get("allow")).toBe("GET, POST")
      })

      it.each([
        ["{", json, 400, "malformed_json"],
        [new Uint8Array([0x22, 0xff, 0x22]), json, 400, "malformed_json"],
        ["<a/>", { "Content-Type": "text/xml" }, 415, "unsupported_media_type"],
        [`"${"x".repeat(200_000)}"`, json, 413, "body_too_large"],
      ])("refuses a body %#", async (body, headers, status, code) => {
        const response = await store.request("/sessions", { method: "POST", headers, body })
        expect({ status: response.status, ...((await response.json()) as Fault) }).toMatchObject({
          status,
          code,
        })
      })

      it("refuses what no column could hold, and says where it stands", async () => {
        const visitor = new TestVisitor(store)
        const nul = await visitor.call<Fault>("POST", "/sessions", { product_id: "a\u0000b" })
        expect(nul).toMatchObject({
          status: 400,
          body: { issues: [{ path: "product_id", code: "refused_character" }] },
        })
        const deep = `{"product_id":${"[".repeat(40_000)}${"]".repeat(40_000)}}`
        const nested = await visitor.call<Fault>("POST", "/sessions", deep, json)
        expect(nested).toMatchObject({ status: 400, body: { issues: [{ code: "too_deep" }] } })
      })

      it("keeps nothing of a request that leads nowhere", async () => {
        const visitor = new TestVisitor(store)
        const session = await visitor.call("POST", "/sessions", { product_id: "prod_none" })
        const item = await visitor.call("POST", "/cart/items", { item: { variant_id: "none" } })
        expect([session.status, item.status]).toEqual([404, 400])
        expect(visitor.key).toBe("new")
      })

      it("looks at nothing before the API key", async () => {
        const response = await store.request("/templates", {
          method: "POST",
          headers: { ...json, "X-API-Key": "sk_wrong" },
          body: "{",
        })
        expect(response.status).toBe(403)
      })

      it("reports every fault of a body at once", async () => {
        const { status, body } = await new TestVisitor(store).call<Fault>("POST", "/cart/items", {
          item: { session_id: "x", quantity: 0, unit_price: 1 },
          colour: "red",
        })
        expect(status).toBe(400)
        expect(body.issues?.map((issue) => issue.path).sort()).toEqual([
          "colour",
          "item.quantity",
          "item.unit_price",
        ])
      })
    })

    describe("A1: management needs an API key", () => {
      it("takes a secret key and refuses a publishable one", async () => {
        const call = (key: string) =>
          store.request("/templates", {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-API-Key": key },
            body: "{}",
          })
        expect((await call(seeded().api_key ?? "")).status).toBe(400)
        expect((await call(seeded().publishable_key)).status).toBe(403)
      })
    })

    describe("P2: versions", () => {
      it("are unique per product, and a bad definition is refused with every path", async () => {
        const template = (version: number, definition: unknown) =>
          new TestVisitor(store).call<Fault>(
            "POST",
            "/templates",
            { product_id: product("t-shirt"), version, definition },
            { "X-API-Key": seeded().api_key ?? "" }
          )
        const { body: page } = await new TestVisitor(store).call<{
          product: { template: { definition: { zones: unknown[] } } }
        }>("GET", "/products/t-shirt")
        const { definition } = page.product.template
        expect(await template(1, definition)).toMatchObject({
          status: 422,
          body: { code: "duplicate_version" },
        })
        const broken = { ...definition, zones: [...definition.zones, { kind: "sound" }], extra: 1 }
        const { status, body } = await template(2, broken)
        expect(status).toBe(400)
        expect(body.issues?.map((issue) => issue.path)).toEqual(
          expect.arrayContaining([
            expect.stringMatching(/^definition\.zones\.5/),
            "definition.extra",
          ])
        )
      })
    })

    describe("visitors", () => {
      it("C2: are the only ones to see their sessions; to others a session is not there", async () => {
        const { id } = await start()
        const other = await start()
        const foreign = await other.visitor.call("GET", `/sessions/${id}`)
        const nothing = await other.visitor.call("GET", "/sessions/psess_none")
        const keyless = await store.request(`/sessions/${id}`)
        expect(foreign).toMatchObject({ status: 404, body: { code: "session_not_found" } })
        expect(nothing.text).toBe(foreign.text)
        expect(await keyless.text()).toBe(foreign.text)
      })

      it("get a key of the server's making, as a cookie or as a header", async () => {
        const made = "A".repeat(43)
        const post = (headers: Record<string, string>) =>
          store.request("/sessions", {
            method: "POST",
            headers: { "Content-Type": "application/json", ...headers },
            body: JSON.stringify({ product_id: product("t-shirt") }),
          })
        const byHeader = await post({ "X-Session-Key": made })
        expect(byHeader.headers.get("x-session-key")).toMatch(/^[\w-]{43}$/)
        expect(byHeader.headers.get("x-session-key")).not.toBe(made)
        const byCookie = await post({ Cookie: `sessionKey=${made}` })
        const [cookie = ""] = byCookie.headers.getSetCookie()
        expect(cookie).toMatch(
          /^sessionKey=[\w-]{43}; Max-Age=2592000; Path=\/; .*HttpOnly; SameSite=Lax$/
        )
        expect(cookie).not.toContain(made)
      })

      it("are not acted for by a page of another site", async () => {
        const { visitor, id } = await start()
        const patch = (origin: string) =>
          store.request(`/sessions/${id}`, {
            method: "PATCH",
            headers: {
              "Content-Type": "application/json",
              Cookie: `sessionKey=${visitor.key}`,
              Origin: origin,
            },
            body: JSON.stringify({ options: { size: "m" } }),
          })
        expect((await patch("https://evil.example")).status).toBe(403)
        expect((await patch("null")).status).toBe(403)
        const own = await patch("http://localhost:8000")
        expect(own.status).toBe(200)
        expect(own.headers.get("access-control-allow-origin")).toBe("http://localhost:8000")
      })

      it("C3: two changes of one revision: one wins, the other is told", async () => {
        const { visitor, id } = await start()
        const patch = (size: string) =>
          visitor.call<Started & Fault>("PATCH", `/sessions/${id}`, {
            revision: 0,
            options: { size, name: size },
          })
        const replies = await Promise.all([patch("s"), patch("xl"), patch("m")])
        expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
        const { body } = await visitor.call<Started>("GET", `/sessions/${id}`)
        const options = body.session.options as { size: string; name: { text: string } }
        expect(options.name.text).toBe(options.size)
        expect(body.session.revision).toBe(1)
      })

      it("C3: changes without a revision are merged, none is lost", async () => {
        const { visitor, id } = await start()
        const patch = (options: Record<string, string>) =>
          visitor.call("PATCH", `/sessions/${id}`, { options })
        const replies = await Promise.all([
          patch({ size: "m" }),
          patch({ name: "Ada" }),
          patch({ shirt_color: "#2f6146" }),
        ])
        expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
        const { body } = await visitor.call<Started>("GET", `/sessions/${id}`)
        expect(body.session.options).toEqual({
          size: "m",
          name: { text: "Ada" },
          shirt_color: "#2f6146",
        })
      })

      it("C3: a text that the font cannot draw is refused by its characters", async () => {
        const { visitor, id } = await start()
        const { status, body } = await visitor.call("PATCH", `/sessions/${id}`, {
          options: { name: { text: "تصميم", font: "oswald-bold" } },
        })
        expect(status).toBe(400)
        expect(body.issues).toMatchObject([{ path: "options.name", code: "glyph_missing" }])
        const arabic = { options: { name: { text: "تصميم", font: "cairo-bold" } } }
        expect((await visitor.call("PATCH", `/sessions/${id}`, arabic)).status).toBe(200)
      })
    })

    it("carries no trace of a host name from the request", async () => {
      const response = await store.request("/products", { headers: { Host: "evil.example" } })
      expect(await response.text()).not.toContain("evil.example")
    })
  },
})
