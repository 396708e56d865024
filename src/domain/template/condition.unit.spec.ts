// Conditions hold for what zones have, and name every test with its place.
import { conditionHolds, conditionSchema, conditionTests, type Condition } from "./condition"

const values: Record<string, string> = { style: "gold", name: "Tom" }
const valueOf = (zone: string) => values[zone] ?? null

describe("conditionHolds", () => {
  it.each<[Condition, boolean]>([
    [{ zone: "name", filled: true }, true],
    [{ zone: "note", filled: true }, false],
    [{ zone: "note", filled: false }, true],
    [{ zone: "style", is: "gold" }, true],
    [{ zone: "note", is: "gold" }, false],
    [{ zone: "style", is_not: "gold" }, false],
    [{ zone: "note", is_not: "gold" }, true],
    [{ zone: "style", in: ["silver", "gold"] }, true],
    [{ zone: "note", in: ["silver"] }, false],
    [{ zone: "style", not_in: ["gold"] }, false],
    [{ zone: "note", not_in: ["gold"] }, true],
    [
      {
        all: [
          { zone: "name", filled: true },
          { zone: "style", is: "silver" },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { zone: "name", filled: false },
          { zone: "style", is: "gold" },
        ],
      },
      true,
    ],
  ])("%j: %s", (condition, holds) => {
    expect(conditionHolds(condition, valueOf)).toBe(holds)
  })
})

describe("conditionTests", () => {
  it("goes into all and any, with paths and levels", () => {
    const condition = { all: [{ zone: "a", filled: true }, { any: [{ zone: "b", is: "x" }] }] }
    expect(
      conditionTests(condition).map(({ test, path, depth }) => [test.zone, path, depth])
    ).toEqual([
      ["a", ["all", 0], 2],
      ["b", ["all", 1, "any", 0], 3],
    ])
  })
})

describe("conditionSchema", () => {
  it.each<[unknown, boolean]>([
    [{ zone: "a", filled: false }, true],
    [{ any: [{ zone: "a", is: "" }] }, true],
    [{ zone: "a" }, false],
    [{ zone: "a", is: "x", is_not: "y" }, false],
    [{ filled: true }, false],
    [{ zone: "a", all: [{ zone: "b", filled: true }] }, false],
    [{ all: [] }, false],
    [{}, false],
  ])("%j: %s", (condition, taken) => {
    expect(conditionSchema.safeParse(condition).success).toBe(taken)
  })
})
