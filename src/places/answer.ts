import { z } from 'zod'
import { knownCentres } from '../federation/known-centres.ts'
import type { Hub } from '../hub.ts'
import { hintOf } from './explanations.ts'
import { knownPlaces } from './known-places.ts'
import { landIds } from './lands.ts'
import { type PlaceSet, Resolution } from './place.ts'
import { resolve } from './resolve.ts'
import { ResponsibleCentre, responsibleFor } from './responsible.ts'

export const PlaceQuery = z.object({
  plz: z
    .string()
    .max(20)
    .optional()
    .describe('Postal code, also as `D-10115` or without its first 0.'),
  ort: z.string().max(120).optional().describe('Name of the place.'),
  strasse: z
    .string()
    .max(160)
    .optional()
    .describe('Taken, but it decides nothing: no source lists streets. The hint says so.'),
  groesse: z.string().max(20).optional().describe('Size of the company, by the vocabulary.'),
  branche: z
    .string()
    .max(20)
    .optional()
    .describe('Economic section of the company, with the scheme.'),
})
export type PlaceQuery = z.infer<typeof PlaceQuery>

/** In which Land a place lies, and who is responsible there. */
export const PlaceAnswer = Resolution.extend({
  hint: z
    .string()
    .describe('What the answer means, or what to add to the question; German, for people.'),
  centres: z.array(ResponsibleCentre),
})
export type PlaceAnswer = z.infer<typeof PlaceAnswer>

/** Nothing of the question is kept. `sets`: the data that it was answered from. */
export const answerPlace = async (
  hub: Hub,
  query: PlaceQuery,
): Promise<{ answer: PlaceAnswer; sets: PlaceSet[] }> => {
  const gazetteer = await knownPlaces(hub)
  const resolution = resolve(gazetteer, query)
  const named = new Set(resolution.candidates.map(({ land }) => land))
  const lands = landIds.filter((land) => named.has(land))
  const centres =
    lands.length > 0 ? responsibleFor(await knownCentres(hub), lands, kindOf(query)) : []
  const used = new Set(resolution.candidates.flatMap(({ sources }) => sources))
  return {
    answer: { ...resolution, hint: hintOf(resolution, Boolean(query.strasse?.trim())), centres },
    sets: gazetteer.sets.filter(({ id }) => used.has(id)),
  }
}

const kindOf = ({ groesse, branche }: PlaceQuery) => ({ size: groesse, sector: branche })
