/** What a referral tells about a company: as little as the other centre needs to call back (DSGVO, Art. 5). */
import { z } from 'zod'
import { SeatRule } from '../config.ts'
import { FederationUrl } from '../federation/statement.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { regions } from '../publications/vocabularies/regions.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { termOf } from '../publications/vocabulary.ts'
import { WellFormedText } from '../signing/json.ts'

const line = (most: number) => WellFormedText.trim().min(1).max(most)

export const Company = z.strictObject({
  name: line(160),
  seat: z.strictObject({
    plz: z
      .string()
      .regex(/^\d{5}$/)
      .optional(),
    place: line(120),
    land: termOf(regions),
  }),
  size: termOf(companySizes),
  sector: termOf(sectors),
})

/** One person, and the one way to reach her that she asked for. */
export const Contact = z.strictObject({
  name: line(120),
  channel: z.enum(['email', 'phone']),
  address: line(160),
})

/** Why it goes to this centre. */
export const Choice = z.strictObject({
  rule: SeatRule,
  /** The data sets by which the place was found, `id version`. */
  sources: z.array(z.string().max(120)).max(10),
  /** Why it goes elsewhere than to a centre that is responsible. */
  otherwise: line(300).optional(),
})

/** That the company agreed, as the recipient may see it. Who wrote it down stays with the sender. */
export const Consent = z.strictObject({
  text: z.string().max(40),
  version: z.string().max(20),
  /** base64url(SHA-256) of the text as the company was shown it. */
  hash: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  given_on: z.iso.date(),
  how: z.enum(['written', 'electronic', 'spoken']),
  purposes: z.array(z.enum(['advice', 'feedback'])).min(1),
  /** Entity ids of the centres that it covers. */
  recipients: z.array(FederationUrl).min(1).max(40),
  /** Whether the sender may send it on to a centre of these that the recipient suggests. */
  passing_on: z.boolean(),
})
export type Consent = z.infer<typeof Consent>

export const ReferredCase = z.strictObject({
  company: Company,
  topics: z.array(termOf(topics)).min(1).max(5),
  note: line(300).optional(),
  contact: Contact,
  choice: Choice,
  consent: Consent,
})
export type ReferredCase = z.infer<typeof ReferredCase>

/** What the recipient adds in words. */
export const Answer = z.strictObject({ note: line(300) })
export type Answer = z.infer<typeof Answer>
