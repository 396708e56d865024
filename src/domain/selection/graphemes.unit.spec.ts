// Characters as readers count them.
import { graphemes, visibleGraphemes } from "./graphemes"

describe("graphemes", () => {
  it.each([
    ["", 0, 0],
    ["e\u0301", 1, 1],
    ["👨‍👩‍👧🇩🇪", 2, 2],
    ["a b\u00a0\n", 5, 2],
    ["한국", 2, 2],
  ])("of %j are %d, visible ones %d", (text, all, visible) => {
    expect({ all: graphemes(text), visible: visibleGraphemes(text) }).toEqual({ all, visible })
  })
})
