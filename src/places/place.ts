import { z } from 'zod'
import { landIds } from './lands.ts'

/** A collection of places, and what must be said about where it comes from. */
export interface PlaceSet {
  id: string
  title: string
  version: string
  /** Of the data, not of the program that reads them. */
  licence: string
  attribution: string
  /** The day whose state it shows, ISO 8601; undefined where nobody says. */
  asOf?: string
}

/** A place as one source gives it. */
export interface Place {
  /** Five digits; undefined for what has several, such as a district. */
  plz?: string
  name: string
  /** What tells it from others of its name: `(Oder)`, `b Bautzen`. */
  addition?: string
  /** What it belongs to, where people name the part: Neukölln belongs to Berlin. */
  partOf?: string
  /** The place's other name, where this is its name in another language: Chóśebuz is Cottbus. */
  sameAs?: string
  /** Other places bear the name too, which no source lists: alone it decides nothing. */
  common?: true
  kreis?: string
  land: (typeof landIds)[number]
  /** Eight digits (Amtlicher Gemeindeschlüssel). */
  ags?: string
  set: string
}

export const Candidate = z.strictObject({
  place: z.string().describe('As it is written on letters.'),
  kreis: z.string().optional(),
  land: z.enum(landIds).describe('ISO 3166-2 code.'),
  ags: z.string().optional().describe('Amtlicher Gemeindeschlüssel, eight digits.'),
  sources: z.array(z.string()).min(1).describe('Ids of the data sets that say so.'),
  asOf: z.string().optional().describe('The newest day whose state any of them shows.'),
})
export type Candidate = z.infer<typeof Candidate>

export const statuses = ['decided', 'ambiguous', 'unknown', 'foreign'] as const

/** Why the answer is what it is. */
export const reasons = [
  'plz-and-name',
  'plz',
  'plz-and-unknown-name',
  'name',
  'plz-in-several-lands',
  'name-in-several-lands',
  'plz-and-name-disagree',
  'similar-name',
  'name-and-postal-area',
  'exclave',
  'abroad',
  'plz-without-places',
  'plz-never-assigned',
  'plz-malformed',
  'name-unknown',
  'nothing-asked',
] as const
export type ResolutionReason = (typeof reasons)[number]

/** In which Land a place lies: never a guess, never the first of several. */
export const Resolution = z.strictObject({
  status: z.enum(statuses),
  candidates: z.array(Candidate),
  reason: z.enum(reasons),
})
export type Resolution = z.infer<typeof Resolution>
