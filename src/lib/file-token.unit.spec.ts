// Links to files: valid until their time, and for their file only.
import { signFileToken, verifyFileToken } from "./file-token"

const SECRET = "a secret of at least thirty-two characters"
const NOW = 1_800_000_000

describe("file tokens", () => {
  it("stand for their file until they end", () => {
    const token = signFileToken(SECRET, "pfil_1", NOW + 10)
    expect(verifyFileToken(SECRET, token, NOW)).toBe("pfil_1")
    expect(verifyFileToken(SECRET, token, NOW + 10)).toBeNull()
  })

  it("may last for ever", () => {
    expect(verifyFileToken(SECRET, signFileToken(SECRET, "pfil_1", 0), NOW)).toBe("pfil_1")
  })

  it("cannot be changed, prolonged or signed with another secret", () => {
    const token = signFileToken(SECRET, "pfil_1", NOW + 10)
    const [id, expiry, mac = ""] = token.split(".")
    const forged = [
      `pfil_2.${expiry}.${mac}`,
      `${id}.0.${mac}`,
      `${id}.${expiry}.${mac.slice(0, -1)}A${mac.at(-1) === "A" ? "B" : ""}`,
      `${id}.${expiry}`,
      `${token}.x`,
      "",
      signFileToken(`${SECRET}!`, "pfil_1", NOW + 10),
    ]
    expect(forged.map((link) => verifyFileToken(SECRET, link, NOW))).toEqual(forged.map(() => null))
  })
})
