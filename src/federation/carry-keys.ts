/** Taking a node's private keys elsewhere, and bringing them back. */
import { anchorIdAt, ownCentreIds } from '../config.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { type ExportedKey, openKeys, sealKeys } from '../signing/key-file.ts'
import { thumbprint } from '../signing/keys.ts'
import { type CarriedKey, importKeys, keysToCarry } from './keys-store.ts'

/** Fewer characters can be guessed from a file that fell into wrong hands. */
export const shortestPassphrase = 12

/** Every private key that this node still needs, under a passphrase. Problem `invalid-input` for a short one. */
export const exportKeyFile = async (hub: Hub, passphrase: string): Promise<string> => {
  refuseShort(passphrase)
  const rows = await keysToCarry(hub.sql)
  const keys = rows.map(async ({ public: { use: _, ...jwk }, sealed, use, ...row }) => {
    const { d } = await hub.keys.unseal(sealed)
    return { ...jwk, d, ...row, purpose: use }
  })
  return sealKeys(await Promise.all(keys), passphrase)
}

/**
 * Keeps the keys of a file under this node's own secret: keys that are here already too, so that they outlive a
 * change of the secret. Problems: `invalid-input` (passphrase or file), `conflict` (of another node, or this one
 * has other keys).
 */
export const importKeyFile = async (
  hub: Hub,
  text: string,
  passphrase: string,
): Promise<number> => {
  refuseShort(passphrase)
  const keys = await openKeys(text, passphrase)
  if (!keys || !(await areNamedRight(keys))) {
    throw new Problem(
      'invalid-input',
      'Die Passphrase stimmt nicht, oder die Datei ist beschädigt.',
    )
  }
  const own = [...ownCentreIds(hub.config), anchorIdAt(hub.config.origin)]
  const foreign = keys.find(({ owner }) => !own.includes(owner))
  if (foreign) {
    throw new Problem(
      'conflict',
      `Diese Schlüssel gehören zu ${foreign.owner}, nicht zu diesem Knoten.`,
    )
  }
  const rows = await Promise.all(keys.map((key) => asRow(hub, key)))
  const [answer] = await importKeys(hub.sql, rows)
  if (answer?.imported) return rows.length
  throw new Problem(
    'conflict',
    'Diese Datenbank hat schon andere Schlüssel, die der Vertrauensanker bestätigt hat.',
  )
}

const refuseShort = (passphrase: string) => {
  if (passphrase.length >= shortestPassphrase) return
  throw new Problem(
    'invalid-input',
    `Die Passphrase braucht mindestens ${shortestPassphrase} Zeichen.`,
  )
}

const areNamedRight = async (keys: ExportedKey[]) => {
  const named = await Promise.all(keys.map(async (jwk) => (await thumbprint(jwk)) === jwk.kid))
  return named.every(Boolean)
}

const asRow = async (
  hub: Hub,
  { kty, crv, x, y, d, kid, purpose, ...row }: ExportedKey,
): Promise<CarriedKey> => ({
  ...row,
  kid,
  use: purpose,
  public: { kty, crv, x, y, kid, use: purpose === 'enc' ? 'enc' : 'sig' },
  sealed: await hub.keys.seal({ kty, crv, x, y, d }),
})
