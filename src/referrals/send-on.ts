/** Going on from a referral that was declined: to whom the recipient suggests, or somewhere else. */
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { newRecordId } from '../publications/record-id.ts'
import { saveDraft } from './draft.ts'
import { type ReadReferral, readReferral } from './reading.ts'
import { refer } from './refer.ts'
import { followUpOf, forgetDraft } from './store.ts'

interface From {
  centre: string
  id: string
  by: string
}

/** Whether the consent covers the centre that the recipient suggests. */
export const coversSuggestion = ({ referral, about, consent }: ReadReferral) =>
  referral.side === 'sender' &&
  referral.suggests !== null &&
  referral.suggests !== referral.centre &&
  about !== undefined &&
  consent?.passing_on === true &&
  consent.recipients.includes(referral.suggests)

/** Sends the case as it is to the centre that was suggested, once; answers the new referral's id. */
export const sendOn = async (hub: Hub, { centre, id, by }: From) => {
  const read = await readReferral(hub, centre, id)
  const { referral, about, consent } = read
  const to = referral.suggests ?? ''
  const [already] = await followUpOf(hub.sql, { centre, id, to })
  if (already) return already.id
  if (!coversSuggestion(read) || !about || !consent) throw new Problem('no-consent')
  const next = await beginAnew(hub, { centre, id, by })
  const { consent: _, ...case_ } = about
  const { company: __, ...record } = consent
  const choice = { ...about.choice, otherwise: 'Vorschlag des zuerst gefragten Zentrums.' }
  const reference = {
    centre,
    id: next,
    to,
    by,
    about: { ...case_, choice },
    consent: record,
    follows: id,
  }
  try {
    await refer(hub, reference)
    return next
  } catch (error) {
    await forgetDraft(hub.sql, { centre, id: next })
    // Another click was quicker.
    const [sent] = await followUpOf(hub.sql, { centre, id, to })
    if (!sent) throw error
    return sent.id
  }
}

/** A draft with what is known of the case; who gets it, and the consent, are to be settled anew. */
export const beginAnew = async (hub: Hub, { centre, id, by }: From) => {
  const { referral, about } = await readReferral(hub, centre, id)
  const over = ['declined', 'expired'].includes(referral.state)
  if (referral.side !== 'sender' || !over || !about) throw new Problem('conflict')
  const { name, size, sector, seat } = about.company
  const next = newRecordId(hub.now())
  await saveDraft(
    hub,
    { centre, id: next, by, follows: id },
    {
      company: { name, size, sector },
      seat: { plz: seat.plz ?? '', place: seat.place },
      land: seat.land,
      ...{ topics: about.topics, note: about.note, contact: about.contact, more: [] },
    },
  )
  return next
}
