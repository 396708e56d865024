// A template's steps, one by one, and over random histories of a product's versions.
import fc from "fast-check"
import {
  changeTemplate,
  deleteTemplate,
  mayFollow,
  startOfTemplate,
  TEMPLATE_STATUSES,
  type SiblingState,
  type TemplateState,
  type TemplateStatus,
} from "./lifecycle"

const ALONE: SiblingState = { has_published: false, has_default: false }
const BESIDE_DEFAULT: SiblingState = { has_published: true, has_default: true }
const BESIDE_PUBLISHED: SiblingState = { has_published: true, has_default: false }
const DEFAULT: TemplateState = { status: "published", is_default: true }
const PLAIN: TemplateState = { status: "published", is_default: false }

describe("status", () => {
  it.each<[TemplateStatus, TemplateStatus, boolean]>([
    ["draft", "draft", true],
    ["draft", "published", true],
    ["draft", "archived", true],
    ["published", "draft", false],
    ["published", "published", true],
    ["published", "archived", true],
    ["archived", "draft", false],
    ["archived", "published", false],
    ["archived", "archived", true],
  ])("%s to %s: %s", (before, after, allowed) => {
    expect(mayFollow(before, after)).toBe(allowed)
    const decision = changeTemplate(
      { status: before, is_default: false },
      { status: after },
      BESIDE_DEFAULT
    )
    expect(decision).toEqual(
      allowed
        ? { allowed: true, state: { status: after, is_default: false } }
        : { allowed: false, refusal: "status_not_allowed" }
    )
  })
})

describe("a new version", () => {
  it("becomes the default when it is published and there is none, or when asked", () => {
    const start = (wish: Parameters<typeof startOfTemplate>[0], siblings: SiblingState) =>
      startOfTemplate(wish, siblings)
    expect(start({ status: "published" }, ALONE)).toEqual({ allowed: true, state: DEFAULT })
    expect(start({ status: "published", is_default: false }, ALONE)).toEqual({
      allowed: true,
      state: DEFAULT,
    })
    expect(start({ status: "published" }, BESIDE_DEFAULT)).toEqual({ allowed: true, state: PLAIN })
    expect(start({ status: "published", is_default: true }, BESIDE_DEFAULT)).toEqual({
      allowed: true,
      state: DEFAULT,
    })
    expect(start({ status: "draft" }, ALONE)).toEqual({
      allowed: true,
      state: { status: "draft", is_default: false },
    })
    expect(start({ status: "draft", is_default: true }, ALONE)).toEqual({
      allowed: false,
      refusal: "default_must_be_published",
    })
  })
})

describe("the default mark", () => {
  it("comes with the first publication", () => {
    const draft: TemplateState = { status: "draft", is_default: false }
    expect(changeTemplate(draft, { status: "published" }, ALONE)).toEqual({
      allowed: true,
      state: DEFAULT,
    })
    expect(changeTemplate(draft, { status: "published" }, BESIDE_DEFAULT)).toEqual({
      allowed: true,
      state: PLAIN,
    })
  })

  it("is for published versions", () => {
    for (const status of ["draft", "archived"] as const) {
      expect(
        changeTemplate({ status, is_default: false }, { is_default: true }, BESIDE_DEFAULT)
      ).toEqual({ allowed: false, refusal: "default_must_be_published" })
    }
    expect(changeTemplate(PLAIN, { status: "archived", is_default: true }, BESIDE_DEFAULT)).toEqual(
      { allowed: false, refusal: "default_must_be_published" }
    )
  })

  it("stays where it is while another published version could take it", () => {
    for (const wish of [{ is_default: false }, { status: "archived" as const }]) {
      expect(changeTemplate(DEFAULT, wish, BESIDE_PUBLISHED)).toEqual({
        allowed: false,
        refusal: "default_template",
      })
    }
    expect(deleteTemplate(DEFAULT, BESIDE_PUBLISHED)).toEqual({
      allowed: false,
      refusal: "default_template",
    })
  })

  it("may go with the last published version", () => {
    expect(changeTemplate(DEFAULT, { is_default: false }, ALONE)).toEqual({
      allowed: true,
      state: PLAIN,
    })
    expect(changeTemplate(DEFAULT, { status: "archived" }, ALONE)).toEqual({
      allowed: true,
      state: { status: "archived", is_default: false },
    })
    expect(deleteTemplate(DEFAULT, ALONE)).toEqual({ allowed: true })
    expect(deleteTemplate(PLAIN, BESIDE_DEFAULT)).toEqual({ allowed: true })
  })
})

describe("any history of a product's versions", () => {
  const status = fc.constantFrom(...TEMPLATE_STATUSES)
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
  const step = fc.oneof(
    fc.record({ kind: fc.constant("create" as const), status, is_default: maybe(fc.boolean()) }),
    fc.record({
      kind: fc.constant("change" as const),
      index: fc.nat(5),
      status: maybe(status),
      is_default: maybe(fc.boolean()),
    }),
    fc.record({ kind: fc.constant("delete" as const), index: fc.nat(5) })
  )

  it("has at most one default, a published one, which only ever goes when nothing could follow it", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let versions: TemplateState[] = []
        for (const next of steps) {
          const before = versions
          const at = next.kind === "create" ? versions.length : next.index
          const own = versions[at]
          const others = versions.filter((_, index) => index !== at)
          const siblings = {
            has_published: others.some((other) => other.status === "published"),
            has_default: others.some((other) => other.is_default),
          }
          if (next.kind === "delete") {
            if (own && deleteTemplate(own, siblings).allowed) {
              versions = others
            }
          } else {
            const decision =
              next.kind === "create"
                ? startOfTemplate(next, siblings)
                : own && changeTemplate(own, next, siblings)
            if (decision?.allowed) {
              const { state } = decision
              versions = versions.map((other, index) =>
                index !== at && state.is_default ? { ...other, is_default: false } : other
              )
              versions[at] = state
            }
          }
          const marked = versions.filter((version) => version.is_default)
          expect(marked.length).toBeLessThanOrEqual(1)
          expect(marked.every((version) => version.status === "published")).toBe(true)
          if (before.some((version) => version.is_default) && marked.length === 0) {
            // A version that only lost its mark is published still; nothing beside it is.
            const published = versions.filter((version) => version.status === "published")
            expect(published.length).toBeLessThanOrEqual(1)
            expect(siblings.has_published).toBe(false)
          }
        }
      }),
      { numRuns: 500 }
    )
  })
})
