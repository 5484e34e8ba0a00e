/** Sending a referral: with consent on record, to one centre. */
import type { Centre } from '../federation/centre.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import type { LandId } from '../places/lands.ts'
import { Problem } from '../problem.ts'
import { Consent, ReferredCase } from './case.ts'
import { companyKey, markCompany } from './company-mark.ts'
import {
  type ConsentRecord,
  consentFault,
  consentHash,
  consentLines,
  type KeptConsent,
  type Named,
} from './consent.ts'
import { dayOf, deadlinesFrom } from './deadlines.ts'
import { sealAtRest, signNext } from './event.ts'
import { referralOf, sendReferral } from './store.ts'

export interface Reference {
  /** Entity id of the own centre, and of the draft. */
  centre: string
  id: string
  to: string
  about: Omit<ReferredCase, 'consent'>
  consent: ConsentRecord
  /** Id of the person who sends it. */
  by: string
  follows?: string | undefined
}

/**
 * Turns a draft into a letter that waits to be delivered. Problems: `no-consent` with the reason; `no-recipient`
 * where the centre takes none, or was asked before in this chain; `conflict` where the draft was sent meanwhile.
 */
export const refer = async (
  hub: Hub,
  { centre, id, to, about, consent, by, follows }: Reference,
) => {
  const recipient = await recipientOf(hub, centre, to)
  await refuseLoop(hub, centre, to, follows)
  await refuseWithoutConsent(hub, centre, to, consent)
  const { recorded_by, recorded_at, ...shared } = consent
  const payload = ReferredCase.parse({ ...about, consent: Consent.parse(shared) })
  const { tell, ...deadlines } = deadlinesFrom(hub.now(), recipient.regions as LandId[])
  const said = { event: 'sent' as const, deadlines, ...(follows && { follows }) }
  const draft = { centre, id, side: 'sender' as const, other: to }
  const event = await signNext(hub, { referral: draft, events: [], by }, said, payload)
  const { name, seat } = about.company
  const kept: KeptConsent = { ...consent, company: markCompany(companyKey(name, seat)) }
  const row = {
    ...{ other: to, land: about.company.seat.land, topics: about.topics },
    ...{ deadlines: { tell, ...deadlines }, consent: await sealAtRest(hub, id, kept) },
  }
  const [sent] = await sendReferral(hub.sql, { centre, id, now: new Date(hub.now()) }, row, event)
  if (sent?.outcome !== 'done') throw new Problem('conflict')
  hub.wake?.('referred')
}

const recipientOf = async (hub: Hub, centre: string, to: string): Promise<Centre> => {
  const recipient = await centreById(hub.sql, to)
  if (recipient?.status === 'active' && recipient.referral_endpoint && to !== centre)
    return recipient
  throw new Problem('no-recipient')
}

/** Whoever has answered this case before does not get it again; who let it expire may have been away. */
const refuseLoop = async (hub: Hub, centre: string, to: string, follows: string | undefined) => {
  for (let id = follows; id !== undefined; ) {
    const [before] = await referralOf(hub.sql, centre, id)
    const answered = before?.other === to && before.state !== 'expired'
    if (before?.side !== 'sender' || answered) throw new Problem('no-recipient')
    id = before.follows ?? undefined
  }
}

const refuseWithoutConsent = async (hub: Hub, centre: string, to: string, consent: Consent) => {
  const recipients = await namedCentres(hub, consent.recipients)
  const sender = (await centreById(hub.sql, centre))?.organization_name ?? ''
  const hash = consentHash(consentLines(sender, recipients, consent.passing_on))
  const reason = consentFault(consent, { to, hash, today: dayOf(hub.now()) })
  if (reason) throw new Problem('no-consent', undefined, { reason })
}

/** Centres as the text of a consent names them; one that is not known is left out, and the text is another. */
export const namedCentres = async (hub: Hub, ids: string[]): Promise<Named[]> => {
  const centres = await Promise.all(ids.map((id) => centreById(hub.sql, id)))
  return Promise.all(
    centres
      .filter((each) => each !== undefined)
      .map(async ({ id, organization_name, operator }) => {
        const host = operator === id ? undefined : await centreById(hub.sql, operator)
        return { id, name: organization_name, hostedBy: host?.organization_name }
      }),
  )
}
