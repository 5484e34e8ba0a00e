/** A referral while it is written: what is known of the company, and who may get it. */
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { landIds } from '../places/lands.ts'
import { Problem } from '../problem.ts'
import { Company, Contact, ReferredCase } from './case.ts'
import { openAtRest, sealAtRest } from './event.ts'
import { keepDraft, referralOf } from './store.ts'

/** Read through `ReferredCase` when it is sent. */
export const Draft = z.strictObject({
  company: Company.omit({ seat: true }),
  seat: z.strictObject({ plz: z.string(), place: z.string() }),
  topics: ReferredCase.shape.topics,
  note: ReferredCase.shape.note,
  contact: Contact,
  /** In which Land, where PLZ and place do not decide it. */
  land: z.enum(landIds).optional(),
  to: z.string().optional(),
  otherwise: z.string().optional(),
  /** Centres that it may be sent to as well, should the first suggest so. */
  more: z.array(z.string()).default([]),
})
export type Draft = z.infer<typeof Draft>

interface Whose {
  /** Entity id of the own centre. */
  centre: string
  id: string
}

/** The draft and what it follows on. Problem `not-found` where there is none (any more), or none that this node can read. */
export const openDraft = async (hub: Hub, { centre, id }: Whose) => {
  const [referral] = await referralOf(hub.sql, centre, id)
  if (referral?.state !== 'draft' || referral.draft === null) throw new Problem('not-found')
  const draft = Draft.safeParse(await openAtRest(hub, id, referral.draft)).data
  if (!draft) throw new Problem('not-found')
  return { draft, follows: referral.follows ?? undefined }
}

/** Problem `conflict` where it was sent meanwhile. */
export const saveDraft = async (
  hub: Hub,
  { centre, id, by, follows }: Whose & { by: string; follows?: string | undefined },
  draft: Draft,
) => {
  const sealed = await sealAtRest(hub, id, draft)
  const of = { centre, id, now: new Date(hub.now()) }
  const [kept] = await keepDraft(hub.sql, of, { sealed, by, follows })
  if (!kept) throw new Problem('conflict')
}
