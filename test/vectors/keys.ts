/** The keys of the test vectors. They are public, so nothing that they sign proves anything. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CryptoKey, importJWK, type JWK_EC_Private } from 'jose'
import { importVerifyKey, makeKey, thumbprint } from '../../src/signing/keys.ts'

export const folder = join(import.meta.dirname, '../../fixtures/exchange')
const file = join(folder, 'keys.json')

export interface TestKey {
  kid: string
  /** As it is stated, without `use` and `n`. */
  jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string; kid: string }
  key: CryptoKey
  publicKey: CryptoKey
}

type Stored = Record<string, JWK_EC_Private>

const stored: Stored = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}

/** The key of that name; made, and from then on the same for ever, if it is new. */
export const keyOf = async (name: string): Promise<TestKey> => {
  stored[name] ??= (await makeKey('sig')).privateJwk
  const { x, y, d } = stored[name]
  const bare = { kty: 'EC', crv: 'P-256', x, y } as const
  const kid = await thumbprint(bare)
  const key = (await importJWK({ ...bare, d }, 'ES256')) as CryptoKey
  return { kid, jwk: { ...bare, kid }, key, publicKey: await importVerifyKey({ ...bare, kid }) }
}

export const keepKeys = () => {
  const names = Object.keys(stored).sort()
  const sorted = Object.fromEntries(names.map((name) => [name, stored[name]]))
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
}
