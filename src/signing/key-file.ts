/**
 * Private keys under a passphrase, to take them to another machine: a compact JWE, PBES2-HS512+A256KW with
 * A256GCM (RFC 7518, 4.8), whose content is a JWK Set (RFC 7517) with private keys and whose they are.
 */
import { CompactEncrypt, compactDecrypt } from 'jose'
import { z } from 'zod'
import { parseObject } from './json.ts'
import { PublicJwk } from './keys.ts'

/** Rounds of PBKDF2 with SHA-512: half again as many as OWASP asks for, a quarter of a second for every guess. */
const rounds = 315_000

/** One key, whose, for what, and what is known of its life, in milliseconds since 1970. */
export const ExportedKey = PublicJwk.omit({ use: true }).extend({
  d: PublicJwk.shape.x,
  owner: z.string(),
  purpose: z.enum(['fed', 'sig', 'enc']),
  generation: z.int().min(1),
  made_at: z.int(),
  stated_at: z.int().nullable(),
  retired_at: z.int().nullable(),
})
export type ExportedKey = z.infer<typeof ExportedKey>

const KeySet = z.object({ keys: z.array(ExportedKey).min(1) })

export const sealKeys = (keys: ExportedKey[], passphrase: string): Promise<string> =>
  new CompactEncrypt(Buffer.from(JSON.stringify({ keys })))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', cty: 'jwk-set+json' })
    .setKeyManagementParameters({ p2c: rounds })
    .encrypt(Buffer.from(passphrase))

/** The keys in a file, or undefined where the passphrase is another one or the file is none of ours. */
export const openKeys = async (
  text: string,
  passphrase: string,
): Promise<ExportedKey[] | undefined> => {
  const plain = await compactDecrypt(text, Buffer.from(passphrase), {
    keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
    contentEncryptionAlgorithms: ['A256GCM'],
    maxDecompressedLength: 0,
    maxPBES2Count: rounds,
  }).catch(() => undefined)
  const parsed = KeySet.safeParse(parseObject(Buffer.from(plain?.plaintext ?? []).toString()))
  return parsed.data?.keys
}
