// SVG path data of masks and shapes: every command understood and every number finite, or it is refused with its place.
import type { Issue } from "../issue"
import type { Figure } from "./definition"
import { issue, type Path } from "./findings"

/** Numbers that each command of SVG 2's path grammar takes, by its lower-case letter. */
const ARGUMENTS: Record<string, number> = {
  m: 2,
  l: 2,
  h: 1,
  v: 1,
  c: 6,
  s: 4,
  q: 4,
  t: 2,
  a: 7,
  z: 0,
}

/** The largest coordinate: far beyond any view box, and exact in single precision. */
const MAX_COORDINATE = 1_000_000
/** Readers multiply with the power of ten, which single precision does not hold beyond 38, even where it is of zero. */
const MAX_EXPONENT = 30
// White space, commas and numbers as SVG 2 has them: what is written otherwise, readers draw in part or not at all. Sticky, so
// that every step goes on where the last one ended; nothing in them can be read in two ways, which would take quadratic time.
const SEPARATOR = /[ \t\n\f\r]*(?:(,)[ \t\n\f\r]*)?/y
const TOKEN = /([a-zA-Z])|([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)/y

/** Adds an issue when a figure's path cannot be drawn. */
export function checkFigure(figure: Figure, at: Path, issues: Issue[]): void {
  if (figure.shape !== "path") {
    return
  }
  const fault = pathFault(figure.d)
  if (fault) {
    const path = [...at, "d"]
    const message = `${path.join(".")}: ${fault.reason} at character ${fault.position}.`
    issues.push(issue(path, "invalid_path", message, { position: fault.position }))
  }
}

/** The first fault of path data, or null. */
export function pathFault(d: string): { reason: string; position: number } | null {
  let command = ""
  let numbers = 0
  let drawn = false
  let position = 0
  while (position < d.length) {
    SEPARATOR.lastIndex = position
    const comma = SEPARATOR.exec(d)?.[1]
    TOKEN.lastIndex = SEPARATOR.lastIndex
    const token = TOKEN.exec(d)
    if (!token) {
      if (!comma && SEPARATOR.lastIndex === d.length) {
        break
      }
      return { reason: "an unknown character", position }
    }
    const [, letter, number] = token
    if (comma && (letter !== undefined || numbers === 0)) {
      return { reason: "a comma that is not between two numbers", position }
    }
    if (letter !== undefined) {
      if (!isWhole(command, numbers)) {
        return { reason: `${command} has too few numbers`, position }
      }
      if (!(letter.toLowerCase() in ARGUMENTS)) {
        return { reason: `there is no command ${letter}`, position }
      }
      if (command === "" && letter.toLowerCase() !== "m") {
        return { reason: "a path begins with M", position }
      }
      // Further pairs after a move are lines.
      drawn ||= command.toLowerCase() === "m" && numbers > 2
      command = letter
      numbers = 0
      drawn ||= !["m", "z"].includes(letter.toLowerCase())
    } else {
      if (command === "" || ARGUMENTS[command.toLowerCase()] === 0) {
        return { reason: "a number without a command", position }
      }
      // An arc's flags may stand without separators, which other readers then split elsewhere than we would.
      if (
        command.toLowerCase() === "a" &&
        [3, 4].includes(numbers % 7) &&
        !/^[01]$/.test(number ?? "")
      ) {
        return { reason: "an arc's flag that is not 0 or 1 by itself", position }
      }
      const exponent = Number(number?.split(/e/i)[1] ?? 0)
      if (Math.abs(Number(number)) > MAX_COORDINATE || Math.abs(exponent) > MAX_EXPONENT) {
        return { reason: "a number that is too large", position }
      }
      numbers++
    }
    position = TOKEN.lastIndex
  }
  if (!isWhole(command, numbers)) {
    return { reason: `${command} has too few numbers`, position: d.length }
  }
  return drawn || (command.toLowerCase() === "m" && numbers > 2)
    ? null
    : { reason: "nothing is drawn", position: d.length }
}

/** Whether a command has its numbers once or several times over. */
function isWhole(command: string, numbers: number): boolean {
  const needed = ARGUMENTS[command.toLowerCase()] ?? 0
  return needed === 0 ? numbers === 0 : numbers > 0 && numbers % needed === 0
}
