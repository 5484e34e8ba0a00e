/** How much the centres share, by what it is about: what a report counts. */
import { z } from 'zod'
import type { Centre } from '../federation/centre.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { landIds, lands } from '../places/lands.ts'
import { kindOf, kinds } from '../publications/kinds.ts'
import { germanDayOf } from '../publications/local-time.ts'
import type { Audience } from '../publications/store.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { maturity } from '../publications/vocabularies/maturity.ts'
import { outcome } from '../publications/vocabularies/outcome.ts'
import { regions } from '../publications/vocabularies/regions.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import type { Vocabulary } from '../publications/vocabulary.ts'
import { adoptedMost, type Counted, countEach } from './store.ts'

const day = z.iso.date()

/** What is counted; the names are those of the address. */
export const Cut = z.strictObject({
  kind: z.enum(kinds.map(({ id }) => id)).optional(),
  centre: z.string().max(40).optional(),
  land: z.enum(landIds).optional(),
  topic: z.enum(topics.terms.map(({ id }) => id)).optional(),
  /** Days in Germany on which records were first published, both included. */
  von: day.optional(),
  bis: day.optional(),
})
export type Cut = z.infer<typeof Cut>

/** One row of a table: how many records have this value. */
export interface Figure {
  value: string
  label: string
  count: number
}

/** What records are counted by. A record with two topics counts for both. */
export const dimensions = {
  kind: 'Beitragsart',
  centre: 'Zentrum',
  topic: 'Thema',
  sector: 'Wirtschaftszweig',
  size: 'Betriebsgröße',
  land: 'Land',
  outcome: 'Ausgang',
  maturity: 'Reifegrad',
  month: 'Monat',
} as const
export type Dimension = keyof typeof dimensions
export const dimensionNames = Object.keys(dimensions) as Dimension[]

/** What is held against the Länder. */
export type Across = 'topic' | 'sector'

export interface Cell {
  land: string
  /** The topic or the sector. */
  value: string
  count: number
}

export interface Figures {
  total: number
  by: Record<Dimension, Figure[]>
  /** Case examples, or records of the kind that was asked for, by Land and topic or sector; what is missing is nought. */
  coverage: Record<Across, Cell[]>
  /** Per centre: records whose day of review is past. */
  overdue: Figure[]
  /** What was taken over most by other centres; `value` is the path of the record. */
  adopted: Figure[]
}

export const figuresOf = async (hub: Hub, audience: Audience, cut: Cut): Promise<Figures> => {
  const [counted, adopted, centres] = await Promise.all([
    countEach(hub.sql, audience, cut, germanDayOf(hub.now())),
    adoptedMost(hub.sql, audience, cut, mostAdopted),
    allCentres(hub.sql),
  ])
  const of = (dimension: string) => counted.filter((row) => row.dimension === dimension)
  const named = (rows: Counted[]) => byCentre(rows, centres)
  return {
    total: of('all')[0]?.count ?? 0,
    by: {
      kind: kinds.map(({ id, plural }) => ({
        value: id,
        label: plural,
        count: countOf(of('kind'), id),
      })),
      centre: named(of('centre')),
      topic: closed(topics, of('topic')),
      sector: closed(sectors, of('sector')).map(withEdition),
      size: closed(companySizes, of('size')),
      land: closed(regions, of('land')).sort((a, b) => a.label.localeCompare(b.label, 'de')),
      outcome: closed(outcome, of('outcome')),
      maturity: closed(maturity, of('maturity')),
      month: months(of('month')),
    },
    coverage: { topic: cells(of('land topic')), sector: cells(of('land sector')) },
    overdue: named(of('overdue')),
    adopted: adopted.map(({ kind, slug, centre, rid, title, count }) => ({
      value: `/${kindOf(kind).path}/${slug}/${rid}`,
      label: `${title} (${kindOf(kind).label}, ${centre})`,
      count,
    })),
  }
}

/** So many are named of what was taken over. */
const mostAdopted = 10

const cells = (rows: Counted[]): Cell[] =>
  rows.map(({ value: both, count }) => {
    const [land = '', value = ''] = both.split(' ')
    return { land, value, count }
  })

/** The most first. */
const byCentre = (rows: Counted[], centres: Centre[]): Figure[] =>
  rows
    .map(({ value, count }) => {
      const centre = centres.find(({ slug }) => slug === value)
      return { value, label: centre?.organization_name ?? value, count }
    })
    .sort((a, b) => b.count - a.count)

const countOf = (rows: Counted[], value: string) =>
  rows.find((row) => row.value === value)?.count ?? 0

/** Every term of the list, and whatever a newer peer has written beside it. */
const closed = (vocabulary: Vocabulary, rows: Counted[]): Figure[] => {
  const terms = vocabulary.terms.filter(({ replacedBy }) => !replacedBy)
  const known = terms.map(({ id, de }) => ({ value: id, label: de, count: countOf(rows, id) }))
  const others = rows.filter(({ value }) => !terms.some(({ id }) => id === value))
  return [...known, ...others.map(({ value, count }) => ({ value, label: value, count }))]
}

/** Letters moved between the editions of the classification: the same word is not the same sector. */
const withEdition = ({ value, label, count }: Figure): Figure => ({
  value,
  label: `${label} (${value.startsWith('wz2025:') ? 'WZ 2025' : 'WZ 2008'})`,
  count,
})

/** Every month from the first to the last: a gap is a figure too. */
const months = (rows: Counted[]): Figure[] => {
  const [first] = rows.map(({ value }) => value).sort()
  const last = rows
    .map(({ value }) => value)
    .sort()
    .at(-1)
  const all: Figure[] = []
  for (let month = first; month && last && month <= last; month = next(month)) {
    all.push({ value: month, label: monthOf(month), count: countOf(rows, month) })
  }
  return all
}

const next = (month: string) => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

const monthFormat = new Intl.DateTimeFormat('de-DE', {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const monthOf = (month: string) => monthFormat.format(Date.parse(`${month}-01`))

/** What coverage is shown of. Of sectors only the older edition, which all know. */
const across: Record<Across, Vocabulary> = {
  topic: topics,
  sector: { ...sectors, terms: sectors.terms.filter(({ id }) => id.startsWith('wz2008:')) },
}

export const termsAcross = (name: Across) => across[name].terms

/** Lands, and the topics of which nobody there has published a case. */
export const gapsIn = ({ coverage }: Figures, name: Across = 'topic') =>
  lands.flatMap(({ id, name: land }) => {
    const missing = termsAcross(name).filter(
      (term) => !coverage[name].some((cell) => cell.land === id && cell.value === term.id),
    )
    return missing.length > 0 ? [{ land, missing: missing.map(({ de }) => de) }] : []
  })
