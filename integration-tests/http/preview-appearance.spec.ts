// Previews through the standalone door show what the chosen options and conditions change in the picture.
import sharp from "sharp"
import { personalizationTestRunner } from "../helpers/runner"
import { seededShop, TestVisitor, type Started } from "./visitor"

/** Canvas pixels of the poster's scene: on the left bar of a frame, and on the line above the caption. */
const FRAME_BAR = { left: 216, top: 700, width: 10, height: 10 }
const RULE = { left: 560, top: 977, width: 80, height: 3 }

personalizationTestRunner({
  testSuite: (store) => {
    const { product } = seededShop(store)

    /** The poster's preview with these values. */
    async function preview(options: Record<string, unknown>): Promise<Buffer> {
      const visitor = new TestVisitor(store)
      const { body } = await visitor.call<Started>("POST", "/sessions", {
        product_id: product("poster"),
      })
      const path = `/sessions/${body.sessionId}`
      expect((await visitor.call("PATCH", path, { options })).status).toBe(200)
      const job = await visitor.call<{ jobId: string }>("POST", `${path}/preview`, {})
      const done = await visitor.call<{ status: string; url: string }>(
        "GET",
        `/previews/${job.body.jobId}?wait=25`
      )
      expect(done.body.status).toBe("succeeded")
      const file = await store.request(new URL(done.body.url).pathname)
      return Buffer.from(await file.arrayBuffer())
    }

    /** The mean colour of a part of a picture. */
    async function colorOf(image: Buffer, part: sharp.Region): Promise<number[]> {
      const { channels } = await sharp(await sharp(image).extract(part).png().toBuffer()).stats()
      return channels.slice(0, 3).map(({ mean }) => mean)
    }

    describe("C4: a preview", () => {
      it("has the photo that goes with the chosen option", async () => {
        const [bare = 0] = await colorOf(await preview({ frame: "none" }), FRAME_BAR)
        const [black = 0] = await colorOf(await preview({ frame: "black" }), FRAME_BAR)
        const [red = 0, , blue = 0] = await colorOf(await preview({ frame: "oak" }), FRAME_BAR)
        expect(bare).toBeGreaterThan(180)
        expect(black).toBeLessThan(80)
        expect(red - blue).toBeGreaterThan(50)
      })

      it("shows a zone only while its condition holds", async () => {
        const [red = 0, , blue = 0] = await colorOf(await preview({ caption: "Oslo" }), RULE)
        expect(red - blue).toBeGreaterThan(30)
        const [paper = 0] = await colorOf(await preview({}), RULE)
        expect(paper).toBeGreaterThan(240)
      })
    })
  },
})
