/** Showing who asks: a bearer token for one request to one node (schemas/EXCHANGE.md, section 10). */
import { z } from 'zod'
import { type Centre, verifyKeysOf } from '../federation/centre.ts'
import { FederationUrl, skew } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { passGate } from '../signing/gate.ts'
import { open, seal } from '../signing/seal.ts'
import { callerOf } from './speaker.ts'
import { useAssertion } from './store.ts'

/** Seconds that an assertion lives. */
const lifetime = 60

/** Good for one request to one node: `aud` is its origin, `exp` at most 60 seconds after `iat`. */
export const Assertion = z.strictObject({
  iss: FederationUrl,
  sub: FederationUrl,
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(16).max(64),
})

/** The Authorization header for a request to `url`, or none while the anchor has not vouched for a key of ours. */
export const assertionFor = async (hub: Hub, url: string): Promise<Record<string, string>> => {
  const caller = await callerOf(hub)
  if (!caller) return {}
  const { iss, key } = caller
  const iat = seconds(hub)
  const payload = {
    iss,
    sub: iss,
    aud: new URL(url).origin,
    iat,
    exp: iat + lifetime,
    jti: crypto.randomUUID(),
  }
  const token = await seal('transfernetz-assertion+jwt', payload, key)
  return { authorization: `Bearer ${token}` }
}

/**
 * Who asks. Undefined without an Authorization header; a Problem `unauthorized` where there is one that proves
 * nothing: form, audience, age, key, signature, or used before.
 */
export const readAssertion = async (
  hub: Hub,
  authorization: string | undefined,
): Promise<Centre | undefined> => {
  if (authorization === undefined) return undefined
  const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(authorization)?.[1]
  if (!token) throw refused('form')
  const passed = passGate(token, 'transfernetz-assertion+jwt')
  if (!passed.ok) throw refused(passed.reason)
  const assertion = Assertion.safeParse(passed.payload).data
  if (!assertion) throw refused('form')
  refuseClaims(hub, assertion)

  const caller = await centreById(hub.sql, assertion.iss)
  // Also long after the anchor was last heard of: then the last known keys count.
  if (!caller) throw refused('iss')
  const keys = await verifyKeysOf(caller)
  const opened = await open(token, 'transfernetz-assertion+jwt', (kid) => {
    const key = keys.get(kid)
    // A suspended centre may still ask: it gets entries without contents, so that erasures reach it.
    return key && !key.retired ? key.key : undefined
  })
  if (!opened.ok) throw refused(opened.reason)
  // Its last second is still good.
  const until = new Date((assertion.exp + skew + 1) * 1000)
  const [use] = await useAssertion(hub.sql, { ...assertion, until }, new Date(hub.now()))
  if (use?.answer === 'full') throw new Problem('too-many-requests')
  if (use?.answer !== 'fresh') throw refused('jti')
  return caller
}

const refuseClaims = (hub: Hub, { iss, sub, aud, iat, exp }: z.infer<typeof Assertion>) => {
  const now = seconds(hub)
  if (iss !== sub) throw refused('sub')
  if (aud !== hub.config.origin) throw refused('aud')
  if (exp <= iat || exp - iat > lifetime) throw refused('exp')
  if (iat > now + skew || exp < now - skew) throw refused('time')
}

const refused = (reason: string) => new Problem('unauthorized', undefined, { reason })
