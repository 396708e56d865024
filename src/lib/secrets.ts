// Keeps secrets that must be used again (signing keys) encrypted at rest: AES-256-GCM envelopes bound to their row.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { AppError } from "./errors"
import { deriveKey } from "./file-token"

/** 96 bits, the length NIST SP 800-38D recommends for random nonces. */
const IV_BYTES = 12
const TAG_BYTES = 16

/** A secret as it is stored. All fields but `kid` are base64. */
export type SecretEnvelope = {
  /** Which key it is encrypted with: a fingerprint that says nothing about the key. */
  kid: string
  iv: string
  tag: string
  data: string
}

/**
 * Seals and opens secrets with a key derived from the `secret` option. The id of the row that holds an envelope is
 * authenticated with it, so an envelope copied to another row does not open.
 */
export class SecretVault {
  readonly #key: Buffer
  readonly #kid: string

  constructor(secret: string) {
    this.#key = deriveKey(secret, "vault")
    this.#kid = createHash("sha256")
      .update("vault-key-id:")
      .update(this.#key)
      .digest("hex")
      .slice(0, 16)
  }

  /** Encrypts a secret for the row with that id. */
  seal(plain: string, rowId: string): SecretEnvelope {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv, { authTagLength: TAG_BYTES })
    cipher.setAAD(this.#context(rowId))
    const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()])
    return {
      kid: this.#kid,
      iv: iv.toString("base64"),
      tag: cipher.getAuthTag().toString("base64"),
      data: data.toString("base64"),
    }
  }

  /**
   * Decrypts an envelope.
   * @throws AppError `secret_key_unknown` when it was sealed under another `secret` option, `secret_unreadable` when
   *   anything in it was changed or it belongs to another row. Nothing of the plain text is given out then.
   */
  open(envelope: SecretEnvelope, rowId: string): string {
    if (envelope.kid !== this.#kid) {
      throw new AppError(
        "unexpected_state",
        "secret_key_unknown",
        'A stored secret was encrypted under another value of the option "secret".'
      )
    }
    try {
      const decipher = createDecipheriv(
        "aes-256-gcm",
        this.#key,
        Buffer.from(envelope.iv, "base64"),
        {
          authTagLength: TAG_BYTES,
        }
      )
      decipher.setAAD(this.#context(rowId))
      decipher.setAuthTag(Buffer.from(envelope.tag, "base64"))
      const plain = [decipher.update(Buffer.from(envelope.data, "base64")), decipher.final()]
      return Buffer.concat(plain).toString("utf8")
    } catch {
      throw new AppError(
        "unexpected_state",
        "secret_unreadable",
        "A stored secret was changed or belongs to another row."
      )
    }
  }

  #context(rowId: string): Buffer {
    return Buffer.from(`${this.#kid}:${rowId}`, "utf8")
  }
}
