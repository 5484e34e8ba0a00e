import { CompactSign, type CryptoKey, compactVerify } from 'jose'
import { type GateReason, type Passed, passGate, passStatementGate } from './gate.ts'

/** The types of what we sign, as `typ` in the header. */
export type TokenType =
  | 'entity-statement+jwt'
  | 'jwk-set+jwt'
  | 'transfernetz-entry+jwt'
  | 'transfernetz-head+jwt'
  | 'transfernetz-assertion+jwt'
  | 'transfernetz-holdings+jwt'
  | 'transfernetz-referral+jwt'
  | 'transfernetz-receipt+jwt'
  | 'transfernetz-counts+jwt'

export interface SigningKey {
  kid: string
  key: CryptoKey
}

/** Signs a payload: compact JWS, ES256, header exactly `alg, kid, typ`, members in the order given. */
export const seal = (typ: TokenType, payload: object, { kid, key }: SigningKey) =>
  new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid, typ })
    .sign(key)

/** Whether the token's signature is this key's. Only for a token that has passed the gate. */
export const signatureHolds = async (token: string, key: CryptoKey) => {
  try {
    await compactVerify(token, key, { algorithms: ['ES256'] })
    return true
  } catch {
    return false
  }
}

export type OpenReason = GateReason | 'key-unknown' | 'signature'
export type Opened = Passed | { ok: false; reason: OpenReason }

/** How the place that receives a token finds the key its header names. */
export type KeyFinder = (kid: string) => CryptoKey | undefined | Promise<CryptoKey | undefined>

/** Gate, key, signature: the payload of one of our own tokens. */
export const open = (token: string, typ: TokenType, find: KeyFinder, maxBytes?: number) =>
  verifyPassed(token, passGate(token, typ, maxBytes), find)

/** Gate, key, signature: the payload of an OpenID Federation statement. */
export const openStatement = (token: string, find: KeyFinder) =>
  verifyPassed(token, passStatementGate(token), find)

const verifyPassed = async (
  token: string,
  passed: ReturnType<typeof passGate>,
  find: KeyFinder,
): Promise<Opened> => {
  if (!passed.ok) return passed
  const key = await find(passed.header.kid)
  if (!key) return { ok: false, reason: 'key-unknown' }
  return (await signatureHolds(token, key)) ? passed : { ok: false, reason: 'signature' }
}
