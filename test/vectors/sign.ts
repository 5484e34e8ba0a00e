/** Signing for the test vectors: what was signed before keeps its signature, which would otherwise be another each time. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { base64url } from '../support/token.ts'
import { folder, type TestKey } from './keys.ts'

/** Tokens of the vectors as they are committed, by what was signed. Some are forged. */
const known = new Map<string, string[]>()
for (const name of ['valid', 'invalid']) {
  const path = join(folder, name)
  for (const file of existsSync(path) ? readdirSync(path) : []) {
    const text = readFileSync(join(path, file), 'utf8')
    for (const [token] of text.matchAll(/[\w-]+\.[\w-]+\.[\w-]{86}/g)) {
      const input = token.slice(0, token.lastIndexOf('.'))
      known.set(input, [...(known.get(input) ?? []), token])
    }
  }
}

/** A token of any payload and header, given as values or as JSON texts, truly signed. */
export const signed = async (
  typ: string,
  payload: object | string,
  key: TestKey,
  header: object | string = { alg: 'ES256', kid: key.kid, typ },
) => {
  const input = [header, payload]
    .map((part) => base64url(typeof part === 'string' ? part : JSON.stringify(part)))
    .join('.')
  for (const token of known.get(input) ?? []) {
    if (await holds(token, key)) return token
  }
  const signature = await crypto.subtle.sign(algorithm, key.key, Buffer.from(input))
  const made = `${input}.${base64url(new Uint8Array(signature))}`
  known.set(input, [made])
  return made
}

const algorithm = { name: 'ECDSA', hash: 'SHA-256' }

const holds = (token: string, { publicKey }: TestKey) => {
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  return crypto.subtle.verify(algorithm, publicKey, signature, Buffer.from(token.slice(0, end)))
}
