import { type JsonObject, parseObject } from './json.ts'

/**
 * The payload that a compact JWS claims, with no check at all; undefined where it is no JSON object.
 * For what was verified before, or to find the key to verify it by.
 */
export const unverifiedPayload = (jws: string): JsonObject | undefined => unverifiedPart(jws, 1)

/** The key that a compact JWS claims to be signed by. */
export const unverifiedKid = (jws: string) => unverifiedPart(jws, 0)?.kid

const unverifiedPart = (jws: string, part: number) =>
  parseObject(Buffer.from(jws.split('.')[part] ?? '', 'base64url').toString())
