/** Letters: what only their recipient reads (suite tn1: ECDH-ES+A256KW, A256GCM). */
import { CompactEncrypt, type CryptoKey, compactDecrypt } from 'jose'
import { z } from 'zod'
import { canonicalBytes, limits, passJsonGate } from './gate.ts'
import { coordinate, importLetterKey, type PublicJwk } from './keys.ts'

/** The types of what we encrypt, as `typ` in the header. */
export type LetterType = 'transfernetz-referral+jwe'

const suite = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' } as const

/** Encrypts bytes to one key of their recipient: compact JWE. */
export const encryptLetter = async (typ: LetterType, plaintext: Uint8Array, to: PublicJwk) =>
  new CompactEncrypt(plaintext)
    .setProtectedHeader({ ...suite, kid: to.kid, typ, cty: 'json' })
    .encrypt(await importLetterKey(to))

const Header = z.strictObject({
  alg: z.literal(suite.alg),
  enc: z.literal(suite.enc),
  kid: z.string().max(43),
  epk: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: coordinate,
    y: coordinate,
  }),
  typ: z.string(),
  cty: z.literal('json'),
})

/** The gate for letters: one form of bytes, and a header of exactly these members. Answers the key it names. */
export const passLetterGate = (letter: string, typ: LetterType): { kid: string } | undefined => {
  if (letter.length > limits.letter) return undefined
  const parts = letter.split('.').map((part) => (part === '' ? undefined : canonicalBytes(part)))
  if (parts.length !== 5 || parts.includes(undefined)) return undefined
  const header = Header.safeParse(passJsonGate(parts[0] as Buffer)).data
  return header?.typ === typ ? { kid: header.kid } : undefined
}

/** The plaintext; undefined where the letter was not encrypted to this key, or changed on the way. */
export const decryptLetter = async (
  letter: string,
  key: CryptoKey,
): Promise<Buffer | undefined> => {
  const opened = await compactDecrypt(letter, key, {
    keyManagementAlgorithms: [suite.alg],
    contentEncryptionAlgorithms: [suite.enc],
    maxDecompressedLength: 0,
  }).catch(() => undefined)
  return opened && Buffer.from(opened.plaintext)
}
