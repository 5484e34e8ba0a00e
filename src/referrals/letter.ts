/** What travels between the two: an event and its payload, padded so that its length tells nothing. */
import { randomBytes } from 'node:crypto'
import type { CryptoKey } from 'jose'
import { z } from 'zod'
import { saltedDigest } from '../signing/digest.ts'
import { canonicalBytes, passJsonGate } from '../signing/gate.ts'
import type { PublicJwk } from '../signing/keys.ts'
import { decryptLetter, encryptLetter } from '../signing/letter.ts'
import { Held } from './referral.ts'

/** Bytes that a letter may have before it is encrypted. */
const sizes = [4, 16, 64].map((kib) => kib * 1024)

const base64url = z.string().refine((text) => canonicalBytes(text) !== undefined)

export const Letter = z
  .strictObject({
    event: z.string(),
    payload: base64url.optional(),
    salt: base64url.optional(),
    /** What the writer holds of this referral. */
    held: Held,
    /** The reader's own events that it has lost. */
    events: z.array(z.string()).min(1).max(99).optional(),
    pad: z.string().regex(/^0*$/),
  })
  .refine(({ payload, salt }) => (payload === undefined) === (salt === undefined))
export type Letter = z.infer<typeof Letter>

export const letterType = 'transfernetz-referral+jwe'

/** Payload and salt, base64url, as they are kept and travel. */
export interface Told {
  payload: string
  salt: string
}

/** A payload under a new salt, and the digest that the event carries. */
export const tell = (payload: object): Told & { dig: string } => {
  const bytes = Buffer.from(JSON.stringify(payload))
  const salt = randomBytes(16)
  return {
    payload: bytes.toString('base64url'),
    salt: salt.toString('base64url'),
    dig: saltedDigest(salt, bytes),
  }
}

/** What was told, as JSON; undefined where that is not what the digest was made from, or no canonical JSON. */
export const toldBy = ({ payload, salt }: Told, dig: string | undefined) => {
  const bytes = Buffer.from(payload, 'base64url')
  const salted = Buffer.from(salt, 'base64url')
  if (salted.length !== 16 || saltedDigest(salted, bytes) !== dig) return undefined
  return passJsonGate(bytes)
}

export const sealLetter = (letter: Omit<Letter, 'pad'>, to: PublicJwk) =>
  encryptLetter(letterType, padded(letter), to)

/** To the smallest of the sizes that it fits in. */
const padded = (letter: Omit<Letter, 'pad'>) => {
  const { length } = Buffer.from(JSON.stringify({ ...letter, pad: '' }))
  const size = sizes.find((each) => each >= length)
  if (size === undefined) throw new Error('a letter is too long')
  return Buffer.from(JSON.stringify({ ...letter, pad: '0'.repeat(size - length) }))
}

/** Undefined where it cannot be opened, for whatever reason: nobody shall learn which. */
export const openLetter = async (jwe: string, key: CryptoKey): Promise<Letter | undefined> => {
  const bytes = await decryptLetter(jwe, key)
  if (!bytes || !sizes.includes(bytes.length)) return undefined
  return Letter.safeParse(passJsonGate(bytes)).data
}
