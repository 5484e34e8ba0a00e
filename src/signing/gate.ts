/**
 * The gate: what a token must be before anyone looks at its signature (schemas/EXCHANGE.md, section 3).
 *
 * jose accepts many byte forms of one token; two nodes that keep different bytes of "the same" entry
 * would disagree about its digest. So one form only: canonical base64url, canonical JSON, exact header.
 */
import {
  fatalUtf8,
  hasDuplicateMembers,
  type JsonFault,
  type JsonObject,
  jsonFault,
  parseObject,
} from './json.ts'

export const limits = {
  /** Bytes of an entry, head or assertion. */
  token: 8 * 1024,
  /** Bytes of a statement: a centre's keys and cuts over many years. */
  statement: 256 * 1024,
  /** Bytes of holdings: a row for each epoch of every feed there is. */
  holdings: 256 * 1024,
  /** Bytes of a letter: 64 KiB of plaintext, encrypted. */
  letter: 96 * 1024,
} as const

export type GateReason =
  | 'token-size'
  | 'token-parts'
  | 'token-base64url'
  | 'token-utf8'
  | 'token-json'
  | 'token-canonical'
  | 'token-duplicate-member'
  | 'header-members'
  | 'header-typ'
  | 'header-alg'
  | 'header-refused-member'
  | JsonFault

export interface Passed {
  ok: true
  header: { alg: string; kid: string; typ: string }
  payload: JsonObject
}
export type GateResult = Passed | { ok: false; reason: GateReason }

const no = (reason: GateReason) => ({ ok: false, reason }) as const

/** The gate for our own types, `transfernetz-*`. `typ` is the one the place expects. */
export const passGate = (
  token: string,
  typ: string,
  maxBytes: number = limits.token,
): GateResult => {
  const opened = openParts(token, maxBytes, canonicalFault)
  if (!opened.ok) return opened
  if (Object.keys(opened.header).sort().join() !== 'alg,kid,typ') return no('header-members')
  return passHeader(opened, typ)
}

const refusedInStatements = ['crit', 'jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'trust_chain']

/** The gate for statements of OpenID Federation: foreign members are ignored, dangerous ones refused. */
export const passStatementGate = (token: string, typ = 'entity-statement+jwt'): GateResult => {
  const opened = openParts(token, limits.statement, duplicateFault)
  if (!opened.ok) return opened
  if (refusedInStatements.some((name) => name in opened.header)) return no('header-refused-member')
  return passHeader(opened, typ)
}

/** The gate for JSON that comes inside a letter: bytes as the object that they canonically write. */
export const passJsonGate = (bytes: Buffer): JsonObject | undefined => {
  const opened = openJson(bytes, canonicalFault)
  return opened.ok ? opened.value : undefined
}

type TextRule = (text: string, value: JsonObject) => GateReason | undefined

/** One comparison catches duplicate members, white space, other escapes and other forms of numbers. */
const canonicalFault: TextRule = (text, value) =>
  jsonFault(value, true) ?? (JSON.stringify(value) === text ? undefined : 'token-canonical')

const duplicateFault: TextRule = (text, value) =>
  jsonFault(value, false) ?? (hasDuplicateMembers(text) ? 'token-duplicate-member' : undefined)

const openParts = (token: string, maxBytes: number, rule: TextRule) => {
  if (token.length > maxBytes) return no('token-size')
  const parts = token.split('.')
  if (parts.length !== 3 || parts.includes('')) return no('token-parts')
  const [header, payload, signature] = parts.map(canonicalBytes)
  if (!header || !payload || !signature) return no('token-base64url')
  const openedHeader = openJson(header, rule)
  if (!openedHeader.ok) return openedHeader
  const openedPayload = openJson(payload, rule)
  if (!openedPayload.ok) return openedPayload
  return { ok: true, header: openedHeader.value, payload: openedPayload.value } as const
}

/** The bytes of a base64url text in its one canonical form (decoded and encoded again it is the same). */
export const canonicalBytes = (text: string) => {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

const openJson = (bytes: Buffer, rule: TextRule) => {
  const text = fatalUtf8(bytes)
  if (text === undefined) return no('token-utf8')
  const value = parseObject(text)
  if (!value) return no('token-json')
  const fault = rule(text, value)
  return fault ? no(fault) : ({ ok: true, value } as const)
}

const passHeader = (
  { header, payload }: { header: JsonObject; payload: JsonObject },
  typ: string,
): GateResult => {
  const { alg, kid } = header
  if (typeof kid !== 'string') return no('header-members')
  if (header.typ !== typ) return no('header-typ')
  if (alg !== 'ES256') return no('header-alg')
  return { ok: true, header: { alg, kid, typ }, payload }
}
