import { createHmac } from 'node:crypto'
import {
  CompactEncrypt,
  type CryptoKey,
  compactDecrypt,
  importJWK,
  type JWK_EC_Private,
} from 'jose'
import type { KeyUse } from './keys.ts'

/**
 * Opens and closes this node's private keys. They are stored as compact JWE (`dir`, A256GCM) under
 * NODE_SECRET; an opened key cannot be exported again and stays in memory only.
 */
export class Keyring {
  readonly #secret: Uint8Array
  readonly #opened = new Map<string, Promise<CryptoKey>>()

  /** `secret`: NODE_SECRET, 32 random bytes as base64url. */
  constructor(secret: string) {
    this.#secret = Buffer.from(secret, 'base64url')
    if (this.#secret.length !== 32) throw new Error('NODE_SECRET must be 32 bytes, base64url')
  }

  /** A private key as it may be stored. */
  seal(jwk: JWK_EC_Private): Promise<string> {
    return new CompactEncrypt(Buffer.from(JSON.stringify(jwk)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.#secret)
  }

  /** The key to sign or decrypt with. Rejects when it was sealed under another secret. */
  open(kid: string, sealed: string, use: KeyUse = 'sig'): Promise<CryptoKey> {
    const opened = this.#opened.get(kid) ?? this.#asKey(sealed, use)
    this.#opened.set(kid, opened)
    // Sealed anew, it may open the next time.
    opened.catch(() => this.#opened.delete(kid))
    return opened
  }

  async #asKey(sealed: string, use: KeyUse) {
    const alg = use === 'enc' ? 'ECDH-ES+A256KW' : 'ES256'
    return (await importJWK(await this.unseal(sealed), alg, { extractable: false })) as CryptoKey
  }

  /**
   * A text that somebody else keeps for a while, as a browser does, and that only this node can read or make.
   * What is sealed for one purpose does not open for another.
   */
  sealText(purpose: string, text: string): Promise<string> {
    return new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.#keyFor(purpose))
  }

  /** The text sealed for this purpose; undefined where it was not. */
  async openText(purpose: string, sealed: string): Promise<string | undefined> {
    const opened = await compactDecrypt(sealed, this.#keyFor(purpose), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxDecompressedLength: 0,
    }).catch(() => undefined)
    return opened && new TextDecoder().decode(opened.plaintext)
  }

  #keyFor(purpose: string) {
    return createHmac('sha256', this.#secret).update(`transfernetz ${purpose}`).digest()
  }

  /** The private key itself, to be sealed in another way. */
  async unseal(sealed: string): Promise<JWK_EC_Private> {
    const { plaintext } = await compactDecrypt(sealed, this.#secret, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxDecompressedLength: 0,
    })
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK_EC_Private
  }
}
