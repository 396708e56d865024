// @ts-check
// Ends the process with one sentence under a Node.js that Medusa does not run on. Imported before everything else.

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
const fits = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major > 22

if (!fits) {
  process.stderr.write(
    `This is Node.js ${process.versions.node}, and Medusa needs 20.19 or later, or 22.12 or later: install one of those.\n`
  )
  process.exit(1)
}
