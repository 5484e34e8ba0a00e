/** The Beratungskompass: which offers fit a company, best first, and why. */
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { answerPlace } from '../places/answer.ts'
import type { Candidate, PlaceSet, Resolution } from '../places/place.ts'
import { germanDayOf } from '../publications/local-time.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { termOf } from '../publications/vocabulary.ts'
import { WellFormedText } from '../signing/json.ts'
import { type RankedOffer, rankOffers, type Wanted } from './store.ts'

export const CompassQuery = z.object({
  wo: WellFormedText.max(140, 'Die Ortsangabe ist zu lang: höchstens 140 Zeichen.').optional(),
  topic: z.enum(termOf(topics).options, 'Dieses Thema gibt es nicht.').optional(),
  size: z.enum(termOf(companySizes).options, 'Diese Betriebsgröße gibt es nicht.').optional(),
  sector: z.enum(termOf(sectors).options, 'Diesen Wirtschaftszweig gibt es nicht.').optional(),
})
export type CompassQuery = z.output<typeof CompassQuery>

export interface Advice {
  /** What the place was taken for; absent where none was given. */
  place?: Resolution
  /** What that rests on. */
  sets: PlaceSet[]
  /** Best first; none while the place is to be asked back. */
  offers: RankedOffer[]
}

/** So many are shown: who has read these has chosen, or asks differently. */
const most = 20

/** Offers for a company. Where its place may lie in several Länder nothing is proposed before that is decided. */
export const advise = async (hub: Hub, query: CompassQuery): Promise<Advice> => {
  const where = query.wo === undefined ? undefined : readWhere(query.wo)
  if (!where) return { sets: [], offers: await rankOffers(hub.sql, wantedOf(hub, query)) }
  const { answer, sets } = await answerPlace(hub, where)
  const { centres: _, ...place } = answer
  if (place.status !== 'decided') return { place, sets, offers: [] }
  const offers = await rankOffers(hub.sql, wantedOf(hub, query, place.candidates))
  return { place, sets, offers }
}

/** `03046 Cottbus`, `03046` or `Cottbus`. */
export const readWhere = (text: string): { plz?: string; ort?: string } => {
  const [, plz, ort] = text.trim().match(/^((?:d\s*-?\s*)?\d[\d ]*\d|\d)?[\s,]*(.*)$/is) ?? []
  return { ...(plz && { plz }), ...(ort && { ort }) }
}

const wantedOf = (hub: Hub, query: CompassQuery, candidates: Candidate[] = []): Wanted => {
  const [first] = candidates
  return {
    today: germanDayOf(hub.now()),
    most,
    ...(first && { land: first.land }),
    keys: distinct(candidates.map(({ ags }) => ags)),
    names: distinct(candidates.flatMap(({ place, kreis }) => [place, kreis])),
    topic: query.topic,
    size: query.size,
    sector: query.sector,
  }
}

const distinct = (values: (string | undefined)[]) => [
  ...new Set(values.filter((value) => value !== undefined)),
]
