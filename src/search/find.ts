/** Searching: what was asked is understood, an engine finds candidates, they are ranked and shown. */
import type { Hub } from '../hub.ts'
import type { Record } from '../publications/record.ts'
import type { Audience, ListedRecord } from '../publications/store.ts'
import { type Counts, type Engine, limits, type Wanted } from './engine.ts'
import { engineOf } from './engines.ts'
import type { Filters } from './facets.ts'
import { readRecords, type ShownRecord } from './hits-store.ts'
import { all } from './match.ts'
import { type Passage, tellHit } from './passages.ts'
import { enough, least, type Plan, planOf } from './plan.ts'
import { proposeOther } from './propose.ts'
import { type Question, readQuestion } from './question.ts'
import { type Ranked, rank } from './rank.ts'
import { type Understood, understand } from './understand.ts'
import type { Term } from './way.ts'

export interface SearchInput {
  q: string
  filters: Filters
  sort: 'relevance' | 'newest'
  /** How many hits were shown before. */
  after: number
  limit?: number
  /** Whether facets are wanted, and how many hits there are where these are many. Yes, unless told otherwise. */
  counted?: boolean
}

export type FoundRecord = ListedRecord & { passages: Passage[]; why: string[] }

export interface Found {
  hits: FoundRecord[]
  total: number
  /** Whether there are more than were counted. */
  capped: boolean
  /** How many hits have each facet, by its term in the index. */
  facets: Counts['facets']
  /** What was looked for instead of what was typed. */
  correctedTo?: string
  /** What was perhaps meant, though what was typed has hits. */
  didYouMean?: string
  /** Words that stand in no record. */
  unknown: string[]
  /** Where these are too much of what was asked for to find anything: the rest of it. */
  withoutUnknown?: string
  /** Where the next page begins; null on the last one. */
  next: string | null
}

export const pageSize = 20

const nothing: Found = { hits: [], total: 0, capped: false, facets: {}, unknown: [], next: null }

/** Records that hold every word asked for; if these are few, also such as hold most of them, behind. */
export const find = async (hub: Hub, audience: Audience, input: SearchInput): Promise<Found> => {
  const question = readQuestion(input.q)
  if (question.wanted.length === 0) {
    return input.q.trim() === '' ? browse(hub, audience, input) : nothing
  }
  const understood = await understand(hub.sql, audience, question)
  const plan = planOf(understood)
  const { withoutUnknown } = understood
  const [told, shown] = await Promise.all([
    tellingOf(hub, audience, question, understood),
    plan ? lookAndShow(hub, audience, plan, understood, input) : nothing,
  ])
  return { ...shown, ...told, ...(!plan && withoutUnknown && { withoutUnknown }) }
}

const lookAndShow = async (
  hub: Hub,
  audience: Audience,
  plan: Plan,
  understood: Understood,
  input: SearchInput,
) => {
  const wanted: Wanted = { ...plan.every, filters: input.filters, audience }
  const found = await look(await engineOf(hub), wanted, plan, understood, input)
  return show(hub, audience, found, understood.terms, input)
}

/** The newest records that the filters leave. */
const browse = async (hub: Hub, audience: Audience, input: SearchInput): Promise<Found> => {
  const wanted: Wanted = { match: all([]), lexemes: [], filters: input.filters, audience }
  const found = await lookForNewest(await engineOf(hub), wanted, input)
  return { ...nothing, ...(await show(hub, audience, found, [], input)) }
}

const tellingOf = async (hub: Hub, audience: Audience, question: Question, found: Understood) => {
  const { corrected, unknown } = found
  const didYouMean = corrected ? undefined : await proposeOther(hub.sql, audience, question)
  return {
    unknown,
    ...(corrected && { correctedTo: corrected }),
    ...(didYouMean && { didYouMean }),
  }
}

interface Looked {
  ranked: Ranked[]
  counts: Counts
  /** Whether there are more to show than these. */
  more: boolean
}

const look = async (
  engine: Engine,
  wanted: Wanted,
  plan: Plan,
  understood: Understood,
  input: SearchInput,
): Promise<Looked> => {
  if (input.sort === 'newest') return lookForNewest(engine, wanted, input, understood)
  const count = input.counted === false ? uncounted : engine.count
  const every = await lookOnce({ ...engine, count }, wanted, understood, 0)
  if (!plan.most || every.counts.total >= enough) return every
  const most = await lookOnce(
    { ...engine, count },
    { ...wanted, ...plan.most },
    understood,
    least.ofKnown,
  )
  return { ...most, ranked: inOrder(every.ranked, most.ranked) }
}

const uncounted = async (): Promise<Counts> => ({
  total: limits.candidates,
  capped: true,
  facets: {},
})

/** What has every word stands before what has most of them. */
const inOrder = (every: Ranked[], most: Ranked[]) => {
  const keyOf = ({ iss, rid, feed }: Ranked) => `${iss} ${rid} ${feed}`
  const first = new Set(every.map(keyOf))
  return [...every, ...most.filter((one) => !first.has(keyOf(one)))]
}

const lookOnce = async (
  engine: Engine,
  wanted: Wanted,
  understood: Understood,
  share: number,
): Promise<Looked> => {
  const [found, counted] = await Promise.all([engine.find(wanted), engine.count(wanted)])
  const ranked = rank(found.candidates, understood.terms, understood, share)
  const isAll = found.total !== undefined && found.candidates.length < limits.ranked
  const total = isAll ? ranked.length : (found.total ?? counted.total)
  return { ranked, counts: { ...counted, total }, more: false }
}

const lookForNewest = async (
  engine: Engine,
  wanted: Wanted,
  { after, limit = pageSize, counted }: SearchInput,
  understood?: Understood,
): Promise<Looked> => {
  const [candidates, counts] = await Promise.all([
    engine.newest(wanted, after, limit + 1),
    counted === false ? uncounted() : engine.count(wanted),
  ])
  const ranked = candidates.map((candidate) => {
    const [one] = rank([candidate], understood?.terms ?? [], understood ?? empty, 0)
    return one as Ranked
  })
  return { ranked: ranked.slice(0, limit), counts, more: candidates.length > limit }
}

const empty = { documents: 0, averageLength: 0 }

const show = async (
  hub: Hub,
  audience: Audience,
  { ranked, counts, more }: Looked,
  terms: Term[],
  { sort, q, after, limit = pageSize }: SearchInput,
) => {
  const isPage = sort === 'newest' || q.trim() === ''
  const page = isPage ? ranked : ranked.slice(after, after + limit)
  const goesOn = isPage ? more : ranked.length > after + limit
  const hits = await showHits(hub, audience, page, terms)
  return { hits, ...counts, next: goesOn ? String(after + limit) : null }
}

/** Records as hits, with their passages; `terms` is all that was looked for. */
export const showHits = async (
  hub: Hub,
  audience: Audience,
  ranked: Ranked[],
  terms: Term[],
): Promise<FoundRecord[]> => {
  const records = await readRecords(
    hub.sql,
    audience,
    ranked.map(({ iss, rid, feed }) => ({ iss, rid, feed })),
  )
  return ranked.flatMap((one) => {
    const record = records.find(
      ({ iss, rid, feed }) => iss === one.iss && rid === one.rid && feed === one.feed,
    )
    return record ? [shown(record, one, terms)] : []
  })
}

const shown = ({ content, ...record }: ShownRecord, one: Ranked, terms: Term[]): FoundRecord => {
  // Judged by the schema of its kind when it came in.
  const read = JSON.parse(content) as Record
  return { ...record, ...tellHit(read, one.terms, terms) }
}
