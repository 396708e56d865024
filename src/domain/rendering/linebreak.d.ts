// Types for `linebreak` (the Unicode line breaking algorithm, UAX #14), which has none of its own.
declare module "linebreak" {
  /** A place where a line may end; `required` where it must. */
  type Break = { position: number; required: boolean }
  class LineBreaker {
    constructor(text: string)
    nextBreak(): Break | null
  }
  export = LineBreaker
}
