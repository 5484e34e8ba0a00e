/**
 * Who is responsible for a company: the centres that the trust anchor states for the Land of its seat, and of
 * several those that advise companies of its kind.
 */
import { z } from 'zod'
import type { Centre } from '../federation/centre.ts'
import { type LandId, nameOfLand } from './lands.ts'

export const ResponsibleCentre = z.strictObject({
  entity_id: z.string(),
  name: z.string(),
  contact: z.url().describe('Where the address and telephone of whoever runs its node stand.'),
  why: z.string().describe('German, for people.'),
})
export type ResponsibleCentre = z.infer<typeof ResponsibleCentre>

type Known = Pick<
  Centre,
  'id' | 'organization_name' | 'regions' | 'status' | 'umbrella' | 'serves' | 'entries_endpoint'
>

/** What is known of the company's kind. */
export interface CompanyKind {
  /** Ids of the vocabularies. */
  size?: string | undefined
  sector?: string | undefined
}

/**
 * Every active centre that is responsible for one of these Länder, once; where several are for one Land, those that
 * advise such companies, or all of them where none or each of them does. Of Länder without a centre the umbrella
 * takes care.
 */
export const responsibleFor = (
  centres: Known[],
  lands: LandId[],
  kind: CompanyKind = {},
): ResponsibleCentre[] => {
  if (kind.size !== undefined || kind.sector !== undefined) return choose(centres, lands, kind)
  const chosen = chosenOf.get(centres) ?? new Map<string, ResponsibleCentre[]>()
  chosenOf.set(centres, chosen)
  const key = lands.join()
  const answer = chosen.get(key) ?? choose(centres, lands, kind)
  chosen.set(key, answer)
  return answer
}

/** Most ask without a kind of company, and the same Länder again and again: answered once per list of centres. */
const chosenOf = new WeakMap<Known[], Map<string, ResponsibleCentre[]>>()

const choose = (centres: Known[], lands: LandId[], kind: CompanyKind): ResponsibleCentre[] => {
  const active = centres.filter(({ status }) => status === 'active')
  const unserved = lands.filter((land) => !active.some(({ regions }) => regions.includes(land)))
  const chosen = new Set(lands.flatMap((land) => centresOf(active, land, kind)))
  const own = active.flatMap((centre) => {
    const mine = lands.filter((land) => centre.regions.includes(land))
    if (!chosen.has(centre)) return []
    return [responsible(centre, `zuständig für ${listOf(mine)}${limitOf(centre, kind)}`)]
  })
  const umbrella = active
    .filter((centre) => centre.umbrella && unserved.length > 0)
    .map((centre) =>
      responsible(centre, `vermittelt, weil es für ${listOf(unserved)} noch kein Zentrum gibt`),
    )
  return [...own, ...umbrella]
}

const centresOf = (active: Known[], land: LandId, kind: CompanyKind) => {
  const there = active.filter(({ regions }) => regions.includes(land))
  const fitting = there.filter((centre) => advises(centre, kind))
  return fitting.length > 0 ? fitting : there
}

/** Unless it says that it does not. */
const advises = ({ serves }: Known, { size, sector }: CompanyKind) =>
  (size === undefined || serves?.sizes?.includes(size) !== false) &&
  (sector === undefined || serves?.sectors?.includes(sector) !== false)

/** Whom it says to advise, and whether that is this company. */
const limitOf = (centre: Known, kind: CompanyKind) => {
  if (!centre.serves) return ''
  const said = `; berät ${centre.serves.words}`
  return advises(centre, kind) ? said : `${said} – das passt hier nicht`
}

const listed = new Intl.ListFormat('de', { type: 'conjunction' })
const listOf = (lands: LandId[]) => listed.format(lands.map(nameOfLand))

const responsible = (
  { id, organization_name, entries_endpoint }: Known,
  why: string,
): ResponsibleCentre => ({
  entity_id: id,
  name: organization_name,
  // Its id may be of a place that it has moved away from; its endpoints are where it is.
  contact: new URL('/impressum', entries_endpoint).href,
  why,
})
