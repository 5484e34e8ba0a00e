import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWK_EC_Private,
  type JWK_EC_Public,
} from 'jose'
import { z } from 'zod'

/** What a key is for; never mixed. `fed` speaks for an entity, `sig` signs what it says, `enc` receives letters. */
export type KeyUse = 'fed' | 'sig' | 'enc'

/** 32 bytes in canonical base64url: with other spare bits one key would have several thumbprints. */
export const coordinate = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)

/** A public key of suite tn1 as it travels: P-256 (RFC 7518, 6.2), `kid` = thumbprint (RFC 7638). */
export const PublicJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
  kid: z.string(),
  use: z.enum(['sig', 'enc']).optional(),
})
export type PublicJwk = z.infer<typeof PublicJwk>

/** RFC 7638 thumbprint of a key, SHA-256, base64url: its `kid`. Always recomputed, never believed. */
export const thumbprint = (jwk: Pick<PublicJwk, 'kty' | 'crv' | 'x' | 'y'>) =>
  calculateJwkThumbprint({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y } as JWK)

/** A key to verify with, imported from its public members alone: no `alg`, `d` or `key_ops` of a stranger. */
export const importVerifyKey = async ({ kty, crv, x, y }: PublicJwk) =>
  (await importJWK({ kty, crv, x, y } as JWK_EC_Public, 'ES256')) as CryptoKey

/** A key to encrypt letters to, from its public members alone. */
export const importLetterKey = async ({ kty, crv, x, y }: PublicJwk) =>
  (await importJWK({ kty, crv, x, y } as JWK_EC_Public, 'ECDH-ES+A256KW')) as CryptoKey

export interface NewKey {
  kid: string
  publicJwk: PublicJwk
  privateJwk: JWK_EC_Private
}

/** A new key pair of suite tn1 for one use. */
export const makeKey = async (use: KeyUse): Promise<NewKey> => {
  const pair = await generateKeyPair(use === 'enc' ? 'ECDH-ES+A256KW' : 'ES256', {
    crv: 'P-256',
    extractable: true,
  })
  const privateJwk = (await exportJWK(pair.privateKey)) as JWK_EC_Private
  const { x, y } = privateJwk
  const bare = { kty: 'EC', crv: 'P-256', x, y } as const
  const kid = await thumbprint(bare)
  return { kid, publicJwk: { ...bare, kid, use: use === 'enc' ? 'enc' : 'sig' }, privateJwk }
}
