/** Referrals as the advisers of a centre may read them: opened, with names. */
import { z } from 'zod'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { openReferral } from './act.ts'
import { Answer, ReferredCase } from './case.ts'
import { companyKey, isMarkOf } from './company-mark.ts'
import { KeptConsent } from './consent.ts'
import { dayOf } from './deadlines.ts'
import { Draft } from './draft.ts'
import { openAtRest } from './event.ts'
import { isFinal } from './referral.ts'
import {
  eventsOf,
  type KeptEvent,
  type ListedReferral,
  type Referral,
  referralsOf,
} from './store.ts'

const Told = z.object({ payload: z.string(), salt: z.string() })

/** What an event told, as it was signed; undefined where it is erased, or under another secret. */
const told = async (hub: Hub, id: string, sealed: string | null): Promise<unknown> => {
  const kept = sealed === null ? undefined : Told.safeParse(await openAtRest(hub, id, sealed)).data
  return kept && JSON.parse(Buffer.from(kept.payload, 'base64url').toString())
}

export interface ReadEvent extends KeptEvent {
  note: string | undefined
}

export interface ReadReferral {
  referral: Referral & { other: string }
  events: ReadEvent[]
  /** What is told of the company; undefined once it is erased. */
  about: ReferredCase | undefined
  consent: KeptConsent | undefined
  /** Names of centres by entity id. */
  names: Map<string, string>
}

/** Problem `not-found` where this centre has no such referral. */
export const readReferral = async (hub: Hub, centre: string, id: string): Promise<ReadReferral> => {
  const referral = await openReferral(hub, centre, id)
  const events = await eventsOf(hub.sql, centre, id)
  const sent = events.find(({ event }) => event === 'sent')
  const about = ReferredCase.safeParse(await told(hub, id, sent?.sealed ?? null)).data
  const consent = KeptConsent.safeParse(
    referral.consent && (await openAtRest(hub, id, referral.consent)),
  ).data
  const read = await Promise.all(
    events.map(async (each) => ({ ...each, note: await noteOf(hub, id, each) })),
  )
  return { referral, events: read, about, consent, names: await namesOf(hub) }
}

const noteOf = async (hub: Hub, id: string, { event, sealed }: KeptEvent) =>
  event === 'sent' ? undefined : Answer.safeParse(await told(hub, id, sealed)).data?.note

const namesOf = async ({ sql }: Hub) =>
  new Map((await allCentres(sql)).map(({ id, organization_name }) => [id, organization_name]))

export interface Line {
  referral: ListedReferral
  /** Name of the company; undefined once it is erased. */
  company: string | undefined
  other: string | undefined
  /** The day by which somebody must do something: `here` somebody of this centre. */
  due: { day: string; here: boolean } | undefined
}

/** All referrals of a centre: those that wait for somebody here first, then for somebody there, by what is due. */
export const listReferrals = async (hub: Hub, centre: string): Promise<Line[]> => {
  const names = await namesOf(hub)
  const rows = await referralsOf(hub.sql, centre)
  const lines = await Promise.all(
    rows.map(async (referral) => ({
      referral,
      company: await companyOf(hub, referral),
      other: referral.other ? (names.get(referral.other) ?? referral.other) : undefined,
      due: dueOf(referral),
    })),
  )
  return lines.toSorted((a, b) => rankOf(a).localeCompare(rankOf(b)))
}

const rankOf = ({ due }: Line) => (due ? `${due.here ? 0 : 1} ${due.day}` : '2')

const companyOf = async (hub: Hub, { id, draft, sealed }: ListedReferral) => {
  if (draft !== null) return Draft.safeParse(await openAtRest(hub, id, draft)).data?.company.name
  return ReferredCase.safeParse(await told(hub, id, sealed)).data?.company.name
}

/** What is expected next, and of whom. */
export const dueOf = ({ side, state, deadlines }: Referral): Line['due'] => {
  if (!deadlines || isFinal(state)) return undefined
  const here = side === 'recipient'
  if (state === 'sent') return { day: deadlines.delivery, here: false }
  if (state === 'received') return { day: deadlines.answer, here }
  return state === 'accepted' ? { day: deadlines.outcome, here } : undefined
}

/** What this centre holds about one company, in all its referrals (DSGVO, Art. 15 and 20). */
export const exportCompany = async (hub: Hub, centre: string, id: string) => {
  const { about } = await readReferral(hub, centre, id)
  const key = about && keyOf(about)
  const rows = await referralsOf(hub.sql, centre, null)
  const sent = await Promise.all(
    rows.filter(({ state }) => state !== 'draft').map((row) => readReferral(hub, centre, row.id)),
  )
  const same = sent.filter(({ referral, about: of, consent }) => {
    if (referral.id === id || key === undefined) return referral.id === id
    return of ? keyOf(of) === key : consent !== undefined && isMarkOf(consent.company, key)
  })
  const drafts = (await draftsIn(hub, rows)).filter(
    ({ told: { company, seat } }) => companyKey(company.name, seat) === key,
  )
  return { made_on: dayOf(hub.now()), centre, referrals: [...same.map(asExported), ...drafts] }
}

const keyOf = ({ company: { name, seat } }: ReferredCase) => companyKey(name, seat)

const draftsIn = async (hub: Hub, rows: ListedReferral[]) => {
  const read = rows.map(async ({ id, draft }) => {
    const told = draft && Draft.safeParse(await openAtRest(hub, id, draft)).data
    return told ? [{ id, state: 'draft', told }] : []
  })
  return (await Promise.all(read)).flat()
}

const asExported = ({ referral, events, about, consent }: ReadReferral) => ({
  id: referral.id,
  sender: referral.side === 'sender' ? referral.centre : referral.other,
  recipient: referral.side === 'sender' ? referral.other : referral.centre,
  state: referral.state,
  ...(about && { told: about }),
  ...(consent && { consent }),
  events: events.map(({ event, side, at, note }) => ({
    ...{ event, by: side, at: at.toISOString() },
    ...(note && { note }),
  })),
})
