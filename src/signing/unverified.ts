import { type JsonObject, parseObject } from './json.ts'

/**
 * The payload that a compact JWS claims, with no check at all; undefined where it is no JSON object.
 * For what was verified before, or to find the key to verify it by.
 */
export const unverifiedPayload = (jws: string): JsonObject | undefined =>
  parseObject(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())
