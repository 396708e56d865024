// Option sets through the standalone door: story P4.
import { personalization } from "../../src/workflows/services"
import { personalizationTestRunner } from "../helpers/runner"
import { failAtTheEnd } from "./failing-catalog"
import { faults, option, Studio, type OptionSet } from "./p4-studio"
import { seededShop, TestVisitor } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded, product } = seededShop(store)
    const studio = new Studio(store, seeded)
    const shirt = () => product("t-shirt")
    const rows = async () => {
      const [counts] = await studio.sql<Record<string, number>>(
        `select (select count(*)::int from personalization_option_set) as sets,
                (select count(*)::int from personalization_option) as options,
                (select count(*)::int from price_set where deleted_at is null) as price_sets`
      )
      return counts
    }

    describe("P4: CRUD /optionsets allows creation, update and deletion of option sets linked to a product", () => {
      it("P4: creates a set, which is read alone and in its product's list", async () => {
        const reply = await studio.call("POST", "/optionsets", {
          product_id: shirt(),
          key: "wrap",
          title: "Gift wrap",
          options: [
            option("none"),
            { ...option("paper", 2.5), metadata: { swatch: "#ff0000" } },
            { value: " box ", label: "Box", price_delta: -0.75, price_deltas: { eur: 0 }, rank: 9 },
          ],
        })
        expect(reply.status).toBe(201)
        const set = reply.body.option_set
        expect(set).toEqual({
          id: expect.stringMatching(/^poset_/),
          product_id: shirt(),
          key: "wrap",
          title: "Gift wrap",
          required: false,
          product_option_id: null,
          options: [
            {
              id: expect.stringMatching(/^popt_/),
              value: "none",
              label: "NONE",
              rank: 0,
              price_delta: 0,
              price_deltas: { eur: 0 },
              metadata: null,
            },
            expect.objectContaining({
              value: "paper",
              price_delta: 2.5,
              price_deltas: { eur: 2.5 },
              metadata: { swatch: "#ff0000" },
            }),
            expect.objectContaining({ value: "box", rank: 9, price_delta: -0.75 }),
          ],
        })
        const visitor = new TestVisitor(store)
        const one = await visitor.call("GET", `/optionsets/${set.id}`)
        expect(one.body).toEqual({ option_set: set })
        const { body: page } = await visitor.call<{ option_sets: OptionSet[]; count: number }>(
          "GET",
          `/optionsets?product_id=${shirt()}`
        )
        expect(page).toMatchObject({ count: 2, limit: 20, offset: 0 })
        expect(page.option_sets.map(({ key }) => key)).toEqual(["size", "wrap"])
        const second = await visitor.call(
          "GET",
          `/optionsets?product_id=${shirt()}&limit=1&offset=1`
        )
        expect(second.body).toEqual({ option_sets: [set], count: 2, limit: 1, offset: 1 })
        expect((await visitor.call("GET", "/optionsets?limit=0")).status).toBe(400)
      })

      it("P4: a change is partial, keeps the ids of options by their value and drops the others", async () => {
        const before = await studio.createSet({
          ...{ product_id: shirt(), key: "thread", title: "Thread" },
          options: [option("cotton"), option("silk", 4), option("gold", 20)],
        })
        const renamed = await studio.call("PUT", `/optionsets/${before.id}`, { title: "Yarn" })
        expect(renamed.body.option_set).toEqual({ ...before, title: "Yarn" })
        const changed = await studio.call("PUT", `/optionsets/${before.id}`, {
          options: [
            { value: " SILK ", price_delta: 5 },
            { value: "wool", label: "Wool", price_delta: 1.25 },
            { value: "cotton", label: "Plain cotton" },
          ],
        })
        expect(changed.status).toBe(200)
        const [cotton, silk] = before.options
        expect(changed.body.option_set.options).toEqual([
          { ...silk, rank: 0, price_delta: 5 },
          expect.objectContaining({ value: "wool", rank: 1, price_delta: 1.25, price_deltas: {} }),
          { ...cotton, label: "Plain cotton", rank: 2 },
        ])
        expect(await studio.read(before.id)).toEqual(changed.body.option_set)
      })

      it("P4: takes back what a read gave and changes nothing", async () => {
        const { body } = await studio.call("GET", `/optionsets?product_id=${product("poster")}`)
        const { option_sets } = body as unknown as { option_sets: OptionSet[] }
        expect(option_sets).toHaveLength(2)
        for (const set of option_sets) {
          const prices = `select id, amount, updated_at, deleted_at from price where price_set_id in
            (select price_set_id from personalization_option where option_set_id = ?) order by id`
          const before = await studio.sql(prices, [set.id])
          const reply = await studio.call("PUT", `/optionsets/${set.id}`, set)
          expect(reply).toMatchObject({ status: 200, body: { option_set: set } })
          expect(await studio.sql(prices, [set.id])).toEqual(before)
        }
        const [set] = option_sets
        const foreign = [
          { id: "poset_other" },
          { product_id: shirt() },
          { options: [{ ...set?.options[0], id: "popt_other" }] },
        ]
        for (const change of foreign) {
          const reply = await studio.call("PUT", `/optionsets/${set?.id}`, change)
          expect(reply).toMatchObject({ status: 400, body: { code: "read_only" } })
        }
      })

      it("P4: deletes a set; it is gone from reads and its key is free again", async () => {
        const input = {
          product_id: shirt(),
          key: "badge",
          title: "Badge",
          options: [option("star")],
        }
        const { id } = await studio.createSet(input)
        const deleted = await studio.call("DELETE", `/optionsets/${id}`)
        expect(deleted.body).toEqual({ id, object: "option_set", deleted: true })
        const gone = await studio.call("GET", `/optionsets/${id}`)
        expect(gone).toMatchObject({ status: 404, body: { code: "option_set_not_found" } })
        const unknown = await studio.call("GET", `/optionsets/poset_unknown`)
        expect(unknown.text).toBe(gone.text)
        expect((await studio.call("DELETE", `/optionsets/${id}`)).text).toBe(gone.text)
        expect((await studio.call("PUT", `/optionsets/${id}`, { title: "X" })).text).toBe(gone.text)
        expect((await studio.createSet(input)).id).not.toBe(id)
      })

      it("P4: changes need a management key; reads without one show published products only", async () => {
        const visitor = new TestVisitor(store)
        const { id } = await studio.createSet({
          ...{ product_id: product("mug"), key: "handle", title: "Handle", options: [option("l")] },
        })
        for (const [method, path] of [
          ["POST", "/optionsets"],
          ["PUT", `/optionsets/${id}`],
          ["DELETE", `/optionsets/${id}`],
        ] as const) {
          const reply = await visitor.call(method, path, "{ not json")
          expect(reply).toMatchObject({ status: 403, body: { code: "invalid_api_key" } })
        }
        const status = (value: string) =>
          studio.admin("POST", `/admin/products/${product("mug")}`, { status: value })
        await status("draft")
        const hidden = await visitor.call("GET", `/optionsets/${id}`)
        expect(hidden.status).toBe(404)
        expect(hidden.text).toBe((await visitor.call("GET", "/optionsets/poset_unknown")).text)
        const list = `/optionsets?product_id=${product("mug")}`
        expect((await visitor.call("GET", list)).body).toMatchObject({ option_sets: [], count: 0 })
        expect((await studio.call("GET", list)).body).toMatchObject({ count: 2 })
        expect((await studio.read(id)).key).toBe("handle")
        await status("published")
        expect((await visitor.call("GET", `/optionsets/${id}`)).status).toBe(200)
      })
    })

    it("P4: reads with a key that is none are refused, and not answered as without one", async () => {
      const [{ id } = { id: "" }] = (
        await new TestVisitor(store).call<{ option_sets: OptionSet[] }>("GET", "/optionsets")
      ).body.option_sets
      for (const path of ["/optionsets", `/optionsets/${id}`, "/optionsets/poset_unknown"]) {
        for (const key of [`sk_${"0".repeat(64)}`, "none", ""]) {
          const headers = { "X-API-Key": key }
          const reply = await new TestVisitor(store).call("GET", path, undefined, headers)
          expect({ path, key, ...reply }).toMatchObject({
            status: 403,
            body: { code: "invalid_api_key" },
          })
        }
      }
      expect((await new TestVisitor(store).call("GET", `/optionsets/${id}`)).status).toBe(200)
    })

    describe("P4: options enforce uniqueness per set", () => {
      const set = (options: unknown[], key = "unique") => ({
        ...{ product_id: shirt(), key, title: "Unique", options },
      })

      it.each([
        ["equal values", "red", "red"],
        ["values that differ in case", "red", "RED"],
        ["values that differ in surrounding space", "red", " red "],
        ["values that are composed differently", "caf\u00e9", "cafe\u0301"],
      ])("P4: refuses %s, and saves nothing", async (_, one, other) => {
        const before = await rows()
        const reply = await studio.call("POST", "/optionsets", set([option(one), option(other)]))
        expect(reply).toMatchObject({ status: 422, body: { code: "duplicate_option" } })
        expect(faults(reply)).toEqual(["options.1.value duplicate_option"])
        expect(await rows()).toEqual(before)
      })

      it("P4: tells ß from ss, İ from i and full-width letters from others", async () => {
        const values = ["groß", "GROSS", "İ", "i", "Ａ", "a"]
        const { options } = await studio.createSet(set(values.map((value) => option(value))))
        expect(options.map(({ value }) => value)).toEqual(values)
      })

      it("P4: refuses a doubled value in a change, and keeps the set as it was", async () => {
        const before = await studio.createSet(set([option("a"), option("b", 2)], "unique-put"))
        const counts = await rows()
        const reply = await studio.call("PUT", `/optionsets/${before.id}`, {
          title: "Other",
          options: [option("b", 9), option("c"), option("B")],
        })
        expect(reply).toMatchObject({ status: 422, body: { code: "duplicate_option" } })
        expect(await studio.read(before.id)).toEqual(before)
        expect(await rows()).toEqual(counts)
      })

      it("P4: holds in the database, whoever writes", async () => {
        const { options } = await studio.createSet(set([option("a")], "unique-sql"))
        const [saved] = options
        await expect(
          studio.sql(
            `insert into personalization_option (id, option_set_id, value, value_key, label, rank, price_set_id)
             select 'popt_second', option_set_id, 'A', value_key, label, rank, price_set_id
               from personalization_option where id = ?`,
            [saved?.id ?? ""]
          )
        ).rejects.toThrow("IDX_personalization_option_set_value")
      })

      it("P4: of 10 sets with one key at the same time one is saved, and the others leave nothing", async () => {
        const before = await rows()
        const replies = await Promise.all(
          Array.from({ length: 10 }, () =>
            studio.call("POST", "/optionsets", set([option("a"), option("b")], "raced"))
          )
        )
        const told = replies.map(({ status, body }) => `${status} ${body.code ?? "saved"}`)
        expect(told.sort()).toEqual(["201 saved", ...Array(9).fill("422 duplicate_key")])
        expect(await rows()).toEqual({
          sets: (before?.sets ?? 0) + 1,
          options: (before?.options ?? 0) + 2,
          price_sets: (before?.price_sets ?? 0) + 2,
        })
      })

      it("P4: changes at the same time leave the set as one of them wanted it", async () => {
        const { id } = await studio.createSet(set([option("a", 1), option("b", 1)], "raced-put"))
        const wishes = Array.from({ length: 6 }, (_, index) => [
          option("a", index + 2),
          option(`new-${index}`, index + 2),
        ])
        const replies = await Promise.all(
          wishes.map((options) => studio.call("PUT", `/optionsets/${id}`, { options }))
        )
        expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
        const { options } = await studio.read(id)
        const wish = wishes.find((wanted) => wanted[1]?.value === options[1]?.value)
        expect(options).toMatchObject(wish ?? [{ value: "one of the wishes" }])
      })
    })

    it("P4: a change planned on a set that another one has changed since is refused by the database", async () => {
      const { id } = await studio.createSet({
        ...{ product_id: shirt(), key: "revised", title: "Revised", options: [option("a")] },
      })
      const { optionSets } = personalization(store.getContainer())
      // Two processes that share no lock read the same set; no option comes or goes.
      const [base] = await optionSets.read({ ids: [id] })
      if (!base) {
        throw new Error("The set is not there.")
      }
      await optionSets.replace(base, { ...base, title: "First" })
      await expect(optionSets.replace(base, { ...base, title: "Second" })).rejects.toMatchObject({
        code: "option_set_changed",
      })
      expect((await studio.read(id)).title).toBe("First")
    })

    it("P4: changes that fail leave nothing behind in the catalog", async () => {
      const { id } = await studio.createSet({
        ...{ product_id: shirt(), key: "kept", title: "Kept", options: [option("a", 1)] },
      })
      const lost = { product_id: shirt(), key: "lost", title: "Lost", options: [option("a")] }
      const changes = [
        () => studio.call("POST", "/optionsets", lost),
        () => studio.call("PUT", `/optionsets/${id}`, { title: "Lost", options: [option("a", 9)] }),
        () => studio.call("DELETE", `/optionsets/${id}`),
      ]
      for (const change of changes) {
        const { failed, before, during, after } = await failAtTheEnd(
          store,
          "/products/t-shirt",
          change
        )
        expect(failed.status).toBe(500)
        expect(during).not.toBe(before)
        expect(after).toBe(before)
      }
    })

    it("P4: reads take the same number of queries for few options and for many", async () => {
      const product_id = product("mug")
      const small = await studio.createSet({
        ...{ product_id, key: "one", title: "One", options: [option("a", 1)] },
      })
      const big = await studio.createSet({
        ...{ product_id, key: "many", title: "Many" },
        options: Array.from({ length: 60 }, (_, index) => option(`v${index}`, index)),
      })
      const one = await studio.statements(() => studio.read(small.id))
      const many = await studio.statements(() => studio.read(big.id))
      expect(many.result.options.map(({ price_delta }) => price_delta)).toEqual([
        ...Array(60).keys(),
      ])
      expect(one.count).toBeGreaterThan(0)
      expect(many.count).toBe(one.count)
    })
  },
})
