/** What other centres say of a record: who of those that were asked signed with it, and whether it is on the shelf. */
import { z } from 'zod'
import type { Role } from '../exchange/entry.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { kindOf } from './kinds.ts'
import type { PublishedRecord } from './reading.ts'

/** The latest word of a centre on a version of a record, retractions taken out. */
export interface Word {
  iss: string
  slug: string
  /** Name of the centre. */
  centre: string
  /** Whether it is the nationwide umbrella. */
  umbrella: boolean
  role: Role
  word: 'endorse' | 'decline'
  /** When it was signed, in seconds since 1970. */
  at: number
}

const slug = z.string().describe('Short name of the centre.')
const at = z.int().min(0)

export const Endorsements = z.strictObject({
  parties: z
    .array(
      z.strictObject({
        slug,
        centre: z.string().nullable().describe('Its name; null for one that is not known here.'),
        answer: z.enum(['endorsed', 'declined']).nullable().describe('Null while it says nothing.'),
        at: at.nullable().describe('When it said so, in seconds since 1970.'),
      }),
    )
    .describe('The centres that this version asks to endorse it.'),
  shelf: z
    .array(z.strictObject({ slug, centre: z.string(), at }))
    .describe('Who put this version on the nationwide shelf.'),
})
export type Endorsements = z.infer<typeof Endorsements>

/** The centres that a version asks to endorse it, by their slugs. */
export const partiesIn = (kind: string, content: string): string[] => {
  if (!('parties' in kindOf(kind).own)) return []
  return (JSON.parse(content) as { parties?: string[] }).parties ?? []
}

/** Undefined where nobody was asked and nobody put it on the shelf. */
export const endorsementsOf = async (
  hub: Hub,
  { found, content }: PublishedRecord,
): Promise<Endorsements | undefined> => {
  const asked = partiesIn(found.kind ?? '', content)
  const words = found.words ?? []
  if (asked.length === 0 && words.length === 0) return undefined
  const names = new Map(asked.length === 0 ? [] : await namesBySlug(hub))
  const endorsements = count(words, asked, names)
  return endorsements.parties.length + endorsements.shelf.length > 0 ? endorsements : undefined
}

const namesBySlug = async (hub: Hub) =>
  (await allCentres(hub.sql)).map((centre) => [centre.slug, centre.organization_name] as const)

/** A party counts if this version names it, the shelf only from the umbrella. Anybody may say anything else. */
export const count = (
  words: Word[],
  asked: string[],
  names: Map<string, string> = new Map(),
): Endorsements => ({
  parties: [...new Set(asked)].map((slug) => {
    const said = words.find((word) => word.role === 'party' && word.slug === slug)
    return {
      slug,
      centre: said?.centre ?? names.get(slug) ?? null,
      answer: said ? answers[said.word] : null,
      at: said?.at ?? null,
    }
  }),
  shelf: words
    .filter(({ role, umbrella, word }) => role === 'shelf' && umbrella && word === 'endorse')
    .map(({ slug, centre, at }) => ({ slug, centre, at })),
})

const answers = { endorse: 'endorsed', decline: 'declined' } as const
