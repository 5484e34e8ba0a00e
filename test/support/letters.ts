/** Letters as nobody of ours would write them: every part can be another. */
import { app } from '../../src/app.tsx'
import { centreById } from '../../src/federation/store.ts'
import { type Hub, seconds } from '../../src/hub.ts'
import { eventType, keyOf } from '../../src/referrals/event.ts'
import { sealLetter, tell } from '../../src/referrals/letter.ts'
import { tokenDigest } from '../../src/signing/digest.ts'
import { seal } from '../../src/signing/seal.ts'
import type { TestHub } from './hub.ts'
import { about, consentTo } from './referrals.ts'

export const newId = () => crypto.randomUUID()

/** An event as this hub's centre would sign it. */
export const signEvent = async (hub: TestHub, claims: object) => {
  const common = { iss: hub.iss, jti: newId(), iat: seconds(hub), seq: 1, prev: '' }
  return seal(eventType, { ...common, ...claims }, await keyOf(hub, hub.iss))
}

export const deadlines = { delivery: '2026-03-09', answer: '2026-03-16', outcome: '2026-05-31' }

/** A good `sent` of Berlin's, with what it tells; both may be changed. */
export const sentEvent = async (
  hub: TestHub,
  aud: string,
  changes: { claims?: object; payload?: object } = {},
) => {
  const consent = await consentTo(hub, [aud])
  const { recorded_by, recorded_at, ...shared } = consent
  const { dig, ...told } = tell({ ...about, consent: shared, ...changes.payload })
  const claims = { aud, sub: newId(), event: 'sent', dig, deadlines, ...changes.claims }
  const event = await signEvent(hub, claims)
  return { event, ...told, dig: tokenDigest(event), sub: claims.sub }
}

interface Parts {
  event: string
  payload?: string | undefined
  salt?: string | undefined
  held?: { own: number; other: number }
}

/** Encrypts it to a centre's newest key. */
export const sealTo = async (
  hub: Hub,
  to: string,
  { event, payload, salt, held = { own: 1, other: 0 } }: Parts,
) => {
  const key = (await centreById(hub.sql, to))?.jwks.keys.findLast(({ use }) => use === 'enc')
  if (!key) throw new Error(`no key of ${to}`)
  return sealLetter({ event, ...(payload && salt && { payload, salt }), held }, key)
}

export const post = (hub: Hub, letter: string, type = 'application/jose') =>
  app.request(
    '/exchange/v1/referrals',
    { method: 'POST', body: letter, headers: { 'content-type': type } },
    hub,
  )

/** The status and code of what a letter is answered with. */
export const codeOf = async (answer: Response) => {
  const { code, expected } = (await answer.json()) as { code?: string; expected?: number }
  return [answer.status, code, expected].filter((each) => each !== undefined).join(' ')
}
