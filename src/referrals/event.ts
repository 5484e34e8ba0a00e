/** Making and opening the signed events of a referral. */
import { ownCentreId } from '../config.ts'
import type { Centre } from '../federation/centre.ts'
import { isLive, verifyKeysOf } from '../federation/centre.ts'
import { signingKey, whyNoKey } from '../federation/keys.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { tokenDigest } from '../signing/digest.ts'
import { passGate } from '../signing/gate.ts'
import { open, seal, signatureHolds } from '../signing/seal.ts'
import { type Told, tell } from './letter.ts'
import { Receipt, ReferralEvent, type Said } from './referral.ts'
import type { KeptEvent, NewEvent, Referral } from './store.ts'

export const eventType = 'transfernetz-referral+jwt'
export const receiptType = 'transfernetz-receipt+jwt'

/** Under a key of its own for each referral: what is copied into the row of another cannot be read there. */
const atRest = (id: string) => `referral ${id}`

export const sealAtRest = ({ keys }: Pick<Hub, 'keys'>, id: string, value: object) =>
  keys.sealText(atRest(id), JSON.stringify(value))

/** What was encrypted so; undefined where it was under another NODE_SECRET, or for another referral. */
export const openAtRest = async (
  { keys }: Pick<Hub, 'keys'>,
  id: string,
  sealed: string,
): Promise<unknown> => {
  const text = await keys.openText(atRest(id), sealed)
  return text === undefined ? undefined : JSON.parse(text)
}

/** The key that an own centre signs with. Problem `cannot-sign` where it has none. */
export const keyOf = async (hub: Hub, iss: string) => {
  const centre = await centreById(hub.sql, iss)
  const key = await signingKey(hub, centre)
  if (!key) throw new Problem('cannot-sign', whyNoKey(centre))
  return key
}

interface Next {
  referral: Pick<Referral, 'centre' | 'id' | 'side'> & { other: string }
  /** All there are so far. */
  events: KeptEvent[]
  /** Id of the person, or `node`. */
  by: string
}

/** Signs the next own event of a referral. */
export const signNext = async (
  hub: Hub,
  { referral, events, by }: Next,
  said: Said,
  payload: object | undefined,
): Promise<NewEvent> => {
  const { centre: iss, other: aud, id: sub, side } = referral
  const own = events.filter((each) => each.side === side)
  const before = own.at(-1) ?? events.find(({ event }) => event === 'sent')
  const told = payload && tell(payload)
  const claims = {
    ...{ iss, aud, sub, jti: crypto.randomUUID(), iat: seconds(hub), seq: own.length + 1 },
    ...{ prev: before?.dig ?? '', ...said, ...(told && { dig: told.dig }) },
  }
  const event = ReferralEvent.parse(JSON.parse(JSON.stringify(claims)))
  const jws = await seal(eventType, event, await keyOf(hub, iss))
  return {
    ...said,
    seq: event.seq,
    jws,
    dig: tokenDigest(jws),
    sealed: told && (await sealAtRest(hub, sub, bare(told))),
    ...{ slug: slugOf(hub, iss), actor: by },
  }
}

/** The short name of an own centre. */
export const slugOf = ({ config }: Pick<Hub, 'config'>, iss: string) =>
  config.centres.find((own) => ownCentreId(config, own) === iss)?.slug ?? ''

const bare = ({ payload, salt }: Told): Told => ({ payload, salt })

export type OpenedEvent = { jws: string; dig: string; event: ReferralEvent; writer: Centre }

/** Gate, form, a writer that the anchor states as active, and its signature under a key that counts. */
export const openEvent = async (hub: Hub, jws: string): Promise<OpenedEvent | undefined> => {
  const passed = passGate(jws, eventType)
  const event = passed.ok ? ReferralEvent.safeParse(passed.payload).data : undefined
  const writer = event && (await centreById(hub.sql, event.iss))
  if (!event || !writer || writer.status !== 'active' || !beginsWell(event)) return undefined
  const keys = await verifyKeysOf(writer)
  const opened = await open(jws, eventType, (kid) => {
    const key = keys.get(kid)
    return key && isLive(key) ? key.key : undefined
  })
  return opened.ok ? { jws, dig: tokenDigest(jws), event, writer } : undefined
}

/** `sent` is the sender's first event and nothing comes before it. */
const beginsWell = ({ event, seq, prev }: ReferralEvent) =>
  (event === 'sent') === (prev === '') && (event !== 'sent' || seq === 1)

/** An event that this centre itself once signed, under whatever key of its own. */
export const openOwnEvent = async (hub: Hub, jws: string, iss: string) => {
  const passed = passGate(jws, eventType)
  const event = passed.ok ? ReferralEvent.safeParse(passed.payload).data : undefined
  const centre = await centreById(hub.sql, iss)
  if (!passed.ok || !event || !centre || event.iss !== iss) return undefined
  const key = (await verifyKeysOf(centre)).get(passed.header.kid)
  if (!key || !(await signatureHolds(jws, key.key))) return undefined
  return { jws, dig: tokenDigest(jws), event }
}

export const signReceipt = async (hub: Hub, receipt: Receipt) =>
  seal(receiptType, receipt, await keyOf(hub, receipt.iss))

/** A receipt that the other centre signed for an event of ours; undefined where it proves nothing. */
export const openReceipt = async (
  hub: Hub,
  jws: string,
  expected: Pick<Receipt, 'iss' | 'aud' | 'sub' | 'seq'>,
): Promise<Receipt | undefined> => {
  const passed = passGate(jws, receiptType)
  const receipt = passed.ok ? Receipt.safeParse(passed.payload).data : undefined
  if (!receipt) return undefined
  const fits = (['iss', 'aud', 'sub', 'seq'] as const).every(
    (name) => receipt[name] === expected[name],
  )
  const centre = await centreById(hub.sql, expected.iss)
  if (!fits || !centre || centre.status !== 'active') return undefined
  const keys = await verifyKeysOf(centre)
  const opened = await open(jws, receiptType, (kid) => {
    const key = keys.get(kid)
    return key && isLive(key) ? key.key : undefined
  })
  return opened.ok ? receipt : undefined
}
