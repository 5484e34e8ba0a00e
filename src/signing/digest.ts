import { hash } from 'node:crypto'

/** SHA-256 of some bytes (or of a text's UTF-8), as base64url without padding: 43 characters. */
export const digest = (input: string | Uint8Array) => hash('sha256', input, 'base64url')

/** The digest of a token: of its signing input `header.payload`, never of the signature, which has many forms. */
export const tokenDigest = (token: string) => digest(token.slice(0, token.lastIndexOf('.')))

/** The digest that a content is signed by: SHA-256(salt ‖ content). */
export const saltedDigest = (salt: Uint8Array, content: Uint8Array) =>
  digest(Buffer.concat([salt, content]))
