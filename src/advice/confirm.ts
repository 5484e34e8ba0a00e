/** Providers say themselves that their offer still stands, by a link that works once. */
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { amend } from '../publications/amend.ts'
import { germanDayOf } from '../publications/local-time.ts'
import { readOne } from '../publications/reading.ts'
import type { Record } from '../publications/record.ts'

/** Milliseconds for which a link is good. */
const lifetime = 30 * 24 * 60 * 60_000

const purpose = 'offer to be confirmed'

/** Nothing of it is kept: once there is a newer version, nothing is to be confirmed of this one. */
const Asked = z.strictObject({
  slug: z.string(),
  rid: z.string(),
  ver: z.int(),
  until: z.int(),
})

export type Offer = Extract<Record, { kind: 'offer' }>

/**
 * A link for the provider of an offer that this node's centre published. Problems: `not-found` (the centre has no such
 * offer), `gone`.
 */
export const confirmationLink = async (hub: Hub, slug: string, rid: string) => {
  const { found, offer } = await offerOf(hub, slug, rid)
  const until = hub.now() + lifetime
  const sealed = await hub.keys.sealText(
    purpose,
    JSON.stringify({ slug, rid, ver: found.ver, until }),
  )
  return { offer, until, link: `${hub.config.origin}/kompass/bestaetigen/${sealed}` }
}

/** The offer that a link asks about. Problem `confirmation-over` where it was used or its time is over. */
export const askedOffer = async (hub: Hub, link: string) => {
  const text = await hub.keys.openText(purpose, link)
  const asked = text === undefined ? undefined : Asked.parse(JSON.parse(text))
  if (!asked || asked.until < hub.now()) throw over()
  const { found, offer } = await offerOf(hub, asked.slug, asked.rid)
  if (found.ver !== asked.ver) throw over()
  return { iss: found.iss, rid: asked.rid, ver: asked.ver, offer }
}

const over = () => new Problem('confirmation-over')

/** The provider confirms: a new version, checked today and to be checked again in a year. */
export const confirmOffer = async (hub: Hub, link: string) => {
  const { iss, rid, ver } = await askedOffer(hub, link)
  const inTwelveMonths = new Date(hub.now())
  inTwelveMonths.setUTCFullYear(inTwelveMonths.getUTCFullYear() + 1)
  return amend(hub, {
    iss,
    rid,
    after: ver,
    change: (record) => ({
      ...record,
      checkedOn: germanDayOf(hub.now()),
      checkedBy: (record as Offer).provider,
      basis: 'confirmed',
      reviewBy: germanDayOf(inTwelveMonths.getTime()),
    }),
  })
}

const offerOf = async (hub: Hub, slug: string, rid: string) => {
  const one = await readOne(hub, 'members', slug, rid)
  if (one.state !== 'published') throw new Problem('gone')
  const offer = JSON.parse(one.content) as Record
  if (offer.kind !== 'offer') throw new Problem('not-found')
  return { found: one.found, offer }
}
