// What the template language takes as a path, the canvas draws.
import { Path2D } from "@napi-rs/canvas"
import fc from "fast-check"
import { pathFault } from "../../../../domain/template/path-data"

it("a path that the language takes is read to its end", () => {
  const text = fc.string({
    unit: fc.constantFrom(..."MLLHQZmlz  ,,.-0123456789e"),
    maxLength: 30,
  })
  let taken = 0
  fc.assert(
    fc.property(text, (tail) => {
      // The last point is the farthest that the language has: it shows whether the reader came so far.
      const d = `M0 0L5 5 ${tail}M1000000 0L1000000 1`
      if (pathFault(d) === null) {
        taken += 1
        expect(new Path2D(d).getBounds()[2]).toBeGreaterThanOrEqual(1_000_000)
      }
    }),
    { numRuns: 20_000 }
  )
  expect(taken).toBeGreaterThan(200)
})
