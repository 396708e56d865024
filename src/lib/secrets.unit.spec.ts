// Envelopes open for their row and key alone, and not at all once a bit was changed.
import { AppError } from "./errors"
import { SecretVault, type SecretEnvelope } from "./secrets"

const vault = new SecretVault("a-secret-of-at-least-thirty-two-characters")
const plain = "whsec_äöü-plain-text"

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return error instanceof AppError ? error.code : "another error"
  }
  return "no error"
}

function flip(text: string, bit: number): string {
  const bytes = Buffer.from(text, "base64")
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return bytes.toString("base64")
}

describe("SecretVault", () => {
  it("opens what it sealed, and never seals alike twice", () => {
    const one = vault.seal(plain, "pwep_1")
    const two = vault.seal(plain, "pwep_1")
    expect(vault.open(one, "pwep_1")).toBe(plain)
    expect(two.iv).not.toBe(one.iv)
    expect(two.data).not.toBe(one.data)
    expect(JSON.stringify(one)).not.toContain("plain-text")
  })

  it("survives storage as JSON and a new process with the same secret", () => {
    const stored = JSON.parse(JSON.stringify(vault.seal(plain, "pwep_1"))) as SecretEnvelope
    expect(
      new SecretVault("a-secret-of-at-least-thirty-two-characters").open(stored, "pwep_1")
    ).toBe(plain)
  })

  it("does not open on another row or under another secret", () => {
    const envelope = vault.seal(plain, "pwep_1")
    expect(codeOf(() => vault.open(envelope, "pwep_2"))).toBe("secret_unreadable")
    const other = new SecretVault("another-secret-of-at-least-32-characters")
    expect(codeOf(() => other.open(envelope, "pwep_1"))).toBe("secret_key_unknown")
    const kid = other.seal(plain, "pwep_1").kid
    expect(codeOf(() => other.open({ ...envelope, kid }, "pwep_1"))).toBe("secret_unreadable")
  })

  it("fails closed for every single flipped bit", () => {
    const envelope = vault.seal(plain, "pwep_1")
    for (const field of ["iv", "tag", "data"] as const) {
      const bits = Buffer.from(envelope[field], "base64").length * 8
      for (let bit = 0; bit < bits; bit += 1) {
        const changed = { ...envelope, [field]: flip(envelope[field], bit) }
        expect(codeOf(() => vault.open(changed, "pwep_1"))).toBe("secret_unreadable")
      }
    }
  })

  it("refuses a shortened tag, iv or text", () => {
    const envelope = vault.seal(plain, "pwep_1")
    const shorter = (text: string) => Buffer.from(text, "base64").subarray(0, -4).toString("base64")
    for (const field of ["iv", "tag", "data"] as const) {
      const changed = { ...envelope, [field]: shorter(envelope[field]) }
      expect(codeOf(() => vault.open(changed, "pwep_1"))).toBe("secret_unreadable")
    }
  })
})
