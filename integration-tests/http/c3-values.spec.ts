// Story C3: what a visitor fills in is judged whole; a value that could not be made is refused by name, and nothing is saved.
import { connect } from "node:net"
import { personalizationTestRunner } from "../helpers/runner"
import { sessionShop, type SessionReply } from "./session-shop"
import { TestVisitor } from "./visitor"

const KEYS = Array.from({ length: 1000 }, (_, index) => `"k${index}":1`).join(",")
const JSON_TYPE = { "Content-Type": "application/json" }

personalizationTestRunner({
  testSuite: (store) => {
    const shop = sessionShop(store)

    async function begin() {
      const visitor = new TestVisitor(store)
      const { body } = await shop.start(visitor)
      const id = body.sessionId
      return {
        visitor,
        id,
        read: () => shop.read(visitor, id),
        patch: (change: Record<string, unknown>) => shop.change(visitor, id, change),
        /** A body as it is. */
        send: (body: string): Promise<SessionReply> =>
          visitor.call("PATCH", `/sessions/${id}`, body, JSON_TYPE),
      }
    }
    const faults = ({ body }: SessionReply) =>
      (body.issues ?? []).map(({ path, code }) => `${path} ${code}`).sort()

    it("is merged, typed and normalised; null takes a value back", async () => {
      const { patch, read } = await begin()
      const first = await patch({
        options: { name: "Jose\u0301\r\nof Oz", shirt_color: "#2F6146" },
      })
      expect(faults(first)).toEqual(["options.name too_many_lines"])
      await patch({ options: { name: "Jose\u0301", shirt_color: "#2F6146" } })
      await patch({ options: { back_text: { text: "a\r\nb", size: 60, font: "inter-bold" } } })
      const { session } = (await read()).body
      expect(session).toMatchObject({ revision: 2 })
      expect(session.options).toEqual({
        name: { text: "Jos\u00e9" },
        shirt_color: "#2f6146",
        back_text: { text: "a\nb", size: 60, font: "inter-bold" },
      })
      const back = await patch({ options: { back_text: null } })
      expect(Object.keys(back.body.session.options).sort()).toEqual(["name", "shirt_color"])
    })

    it("is refused with every issue at once, and nothing of it is saved", async () => {
      const { patch, read } = await begin()
      await patch({ options: { name: "Ada" } })
      const before = await read()
      const refused = await patch({
        options: {
          name: { text: "Grace", font: "comic", size: 1, color: "#123456", weight: 700 },
          size: "7xl",
          shirt_color: "red",
          photo: { upload_id: "pupl_none", zoom: 99 },
          back_text: "a\nb\nc\nd",
          hat: "yes",
        },
        variant_id: "variant_none",
      })
      expect(refused.status).toBe(400)
      expect(faults(refused)).toEqual([
        "options.back_text too_many_lines",
        "options.hat unknown_zone",
        "options.name.color color_not_in_palette",
        "options.name.font font_not_allowed",
        "options.name.size size_out_of_range",
        "options.name.weight unknown_field",
        "options.photo.upload_id unknown_upload",
        "options.photo.zoom out_of_range",
        "options.shirt_color color_not_in_palette",
        "options.size unknown_option",
        "variant_id unknown_variant",
      ])
      expect((await read()).text).toBe(before.text)
      const form = await patch({
        ...{ options: { size: "7xl", name: "Ada" }, variant_id: "variant_none" },
        ...{ revision: "1", sise: "m" },
      })
      expect(faults(form)).toEqual([
        ...["options.size unknown_option", "revision invalid_type"],
        ...["sise unknown_field", "variant_id unknown_variant"],
      ])
      expect((await read()).text).toBe(before.text)
      const half = await patch({ options: { shirt_color: "#2f6146", size: "7xl" } })
      expect(half.status).toBe(400)
      expect((await read()).text).toBe(before.text)
    })

    it("takes a revision that is still the last one only", async () => {
      const { patch, read } = await begin()
      const first = await patch({ options: { name: "Ada" }, revision: 0 })
      expect(first.body.session.revision).toBe(1)
      const stale = await patch({ options: { size: "m" }, revision: 0 })
      expect([stale.status, stale.body.code]).toEqual([409, "stale_revision"])
      const ahead = await patch({ options: { size: "m" }, revision: 2 })
      expect(ahead.status).toBe(409)
      expect((await read()).body.session.options).toEqual({ name: { text: "Ada" } })
    })

    it("lets one of many changes of the same revision win, whole", async () => {
      const { patch, read } = await begin()
      const values = Array.from({ length: 8 }, (_, index) => `Nr ${index}`)
      const replies = await Promise.all(
        values.map((text) => patch({ options: { name: text, back_text: text }, revision: 0 }))
      )
      expect(replies.map(({ status }) => status).sort()).toEqual([
        200,
        ...Array.from({ length: 7 }, () => 409),
      ])
      const { name, back_text } = (await read()).body.session.options
      expect(name).toEqual(back_text)
      const winner = replies.findIndex(({ status }) => status === 200)
      expect(name).toEqual({ text: values[winner] })
    })

    it("costs two statements: one that reads all of it, and one that saves", async () => {
      const { patch } = await begin()
      await patch({ options: { name: "Ada" } })
      const { result, statements } = await shop.watched(() => patch({ options: { name: "Grace" } }))
      expect(result.body.session).toMatchObject({ revision: 2, missing: ["size"] })
      // Medusa's workflow engine looks for an execution of its own first.
      const ours = statements.filter((text) => !text.includes("workflow_execution"))
      expect(ours.map((text) => text.trim().split(" ")[0])).toEqual(["select", "update"])
    })

    describe("texts that attack", () => {
      const taken: [string, string][] = [
        ["markup", `</text><image/>`],
        ["entities", `&x;&#0;&lt;`],
        ["a formula", `=cmd|' /C calc'!A0`],
        ["quotes", `"';--`],
        ["a template", "${7*7}{{7*7}}"],
      ]
      it.each(taken)("%s is a text like any other, and drawn as it stands", async (_, text) => {
        const { visitor, id, patch } = await begin()
        const style = { text, font: "inter-bold", size: 36 }
        const { status, body } = await patch({ options: { name: style } })
        expect(`${status} ${JSON.stringify(body.issues ?? [])}`).toBe("200 []")
        expect(body.session.options.name).toEqual(style)
        const job = await visitor.call<{ jobId: string }>("POST", `/sessions/${id}/preview`, {})
        const drawn = await visitor.call("GET", `/previews/${job.body.jobId}?wait=25`)
        expect(drawn.body).toMatchObject({ status: "succeeded" })
      })

      const refused: [string, string, ...string[]][] = [
        ["longer markup", `</text><image href="http://127.0.0.1/">`, "text_too_long"],
        ["a direction override", "Ada\u202eecarG", "refused_character"],
        ["an isolate", "\u2067Ada\u2069", "refused_character"],
        ["a line separator", "Ada\u2028Grace", "refused_character"],
        ["a bell", "Ada\u0007", "refused_character"],
        ["a tab", "Ada\tGrace", "refused_character"],
        ["an escape", "\u001b[31mAda", "refused_character"],
        ["a delete", "Ada\u007f", "refused_character"],
        ["an emoji where none is allowed", "Ada 🦄", "character_not_allowed"],
        ["an emoji of a family", "👩‍👩‍👧‍👦", "character_not_allowed"],
        ["a letter that the font lacks", "漢字", "glyph_missing"],
        ["a private letter", "\ue000", "glyph_missing"],
        ["piled marks", `Ada${"\u0315\u0300".repeat(40)}`, "too_many_marks"],
        ["25 letters", "a".repeat(25), "text_too_long"],
        ["25 letters of two units", "𝐀".repeat(25), "glyph_missing", "text_too_long"],
        [
          "a bell, an emoji and a letter",
          "\u0007🦄漢",
          "character_not_allowed",
          "glyph_missing",
          "refused_character",
        ],
        ["100,000 characters", "a".repeat(99_000), "text_too_long"],
        ["marks by the thousand", `a${"\u0301".repeat(49_000)}`, "text_too_long"],
        ["marks to be put in order", `a${"\u0345\u0334".repeat(24_000)}`, "text_too_long"],
        ["a text wider than its frame", "W".repeat(24), "text_overflow"],
      ]
      it.each(refused)("%s is refused", async (_, text, ...codes) => {
        const { patch, read } = await begin()
        const reply = await patch({ options: { name: text } })
        const told = codes.map((code) => `options.name ${code}`)
        expect([reply.status, ...faults(reply)]).toEqual([400, ...told])
        expect(reply.text.length).toBeLessThan(2000)
        expect((await read()).body.session).toMatchObject({ options: {}, revision: 0 })
      })

      const unfit: [string, string][] = [
        ["a zero", `"Ada\\u0000"`],
        ["half a surrogate pair", `"Ada\\ud83d"`],
        ["the other half", `"\\udc00Ada"`],
      ]
      it.each(unfit)("%s is refused before it meets a zone or a column", async (_, text) => {
        const { send, read } = await begin()
        const reply = await send(`{"options":{"name":${text}}}`)
        expect(reply.status).toBe(400)
        expect(faults(reply)).toEqual(["options.name refused_character"])
        expect((await read()).body.session.revision).toBe(0)
      })

      it("counts letters as their readers do", async () => {
        const { patch } = await begin()
        const composed = "é".repeat(24)
        const { body } = await patch({ options: { name: composed.normalize("NFD") } })
        expect(body.session.options.name).toEqual({ text: composed })
      })
    })

    describe("bodies that attack", () => {
      const sent: [string, string, number, string][] = [
        [
          "nested arrays",
          `{"options":{"name":${"[".repeat(45_000)}${"]".repeat(45_000)}}}`,
          400,
          "too_deep",
        ],
        [
          "nested objects",
          `{"options":${'{"a":'.repeat(15_000)}1${"}".repeat(15_000)}}`,
          400,
          "too_deep",
        ],
        ["a prototype", `{"options":{"__proto__":{"name":"Ada"}}}`, 400, "unknown_field"],
        [
          "a prototype beside the options",
          `{"__proto__":{"options":{"name":"Ada"}}}`,
          400,
          "unknown_field",
        ],
        [
          "a constructor",
          `{"options":{"constructor":{"prototype":{"name":"Ada"}}}}`,
          400,
          "unknown_zone",
        ],
        ["a method of objects", `{"options":{"toString":"x","valueOf":"x"}}`, 400, "unknown_zone"],
        [
          "a method that workflows call",
          `{"options":{"hasOwnProperty":"x","name":{"text":"Ada","hasOwnProperty":1}}}`,
          400,
          "unknown_field",
        ],
        [
          "another person's fields",
          `{"options":{},"visitor_id":"x","price":1}`,
          400,
          "unknown_field",
        ],
        ["a number too large", `{"revision":1e999}`, 400, "invalid_type"],
        ["a thousand values", `{"options":{${KEYS}}}`, 400, "custom"],
        ["two values of one key", `{"options":{"name":"a","name":"b"}}`, 200, ""],
      ]
      it.each(sent)("%s", async (_, body, status, code) => {
        const { send, read } = await begin()
        const reply = await send(body)
        expect(reply.status).toBe(status)
        expect(reply.body.issues?.every((issue) => issue.code === code) ?? code === "").toBe(true)
        expect((await read()).body.session.revision).toBe(status === 200 ? 1 : 0)
        expect(({} as { name?: unknown }).name).toBeUndefined()
      })

      it("a prototype in a value is no field of it", async () => {
        const { send, read } = await begin()
        for (const value of [
          `{"text":"Ada","__proto__":{"size":5}}`,
          `{"__proto__":{"text":"x"}}`,
        ]) {
          expect((await send(`{"options":{"name":${value}}}`)).status).toBe(400)
        }
        expect((await read()).body.session.options).toEqual({})
      })

      it("5 MB are not read to their end, with their length named or without", async () => {
        const { send, visitor, id } = await begin()
        const whole = await send(`{"options":{"name":"${"x".repeat(5_000_000)}"}}`)
        expect([whole.status, whole.body.code]).toEqual([413, "body_too_large"])
        const { port } = new URL(store.url("/"))
        const socket = connect(Number(port), "127.0.0.1")
        let sentBytes = 0
        let open = true
        const answer = new Promise<string>((resolve) => {
          let text = ""
          socket.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")))
          socket.on("close", () => {
            open = false
            resolve(text)
          })
          socket.on("error", () => undefined)
        })
        socket.write(
          `PATCH /sessions/${id} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
            `X-Session-Key: ${visitor.key}\r\nTransfer-Encoding: chunked\r\n\r\n`
        )
        const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`
        while (open && sentBytes < 5_000_000) {
          await new Promise((resolve) => socket.write(chunk, resolve))
          sentBytes += 65_536
          await new Promise((resolve) => setTimeout(resolve, 2))
        }
        expect(await answer).toMatch(/^HTTP\/1\.1 413 /)
        expect(sentBytes).toBeLessThan(5_000_000)
      })
    })

    it("is told the same of its body at Medusa's own door", async () => {
      const { visitor, id, read } = await begin()
      const send = async (body: string, headers: Record<string, string> = JSON_TYPE) => {
        const path = `/store/personalization/sessions/${id}`
        const reply: SessionReply = await visitor.call("POST", path, body, {
          ...shop.headers("store"),
          ...headers,
        })
        return [reply.status, reply.body.code]
      }
      expect(await send("{")).toEqual([400, "malformed_json"])
      expect(await send(`"${"x".repeat(5_000_000)}"`)).toEqual([413, "body_too_large"])
      expect(await send("a=b", { "Content-Type": "text/plain" })).toEqual([
        ...[415, "unsupported_media_type"],
      ])
      expect(await send(`{"options":{"name":"\\ud83d"}}`)).toEqual([400, "invalid_input"])
      expect(await send(`{"options":{"__proto__":{"name":"x"}}}`)).toEqual([400, "invalid_input"])
      const deep = `{"options":{"name":${"[".repeat(45_000)}${"]".repeat(45_000)}}}`
      expect(await send(deep)).toEqual([400, "invalid_input"])
      expect((await read()).body.session.revision).toBe(0)
      expect((await send(`{"options":{"name":"Ada"}}`))[0]).toBe(200)
    })
  },
})
