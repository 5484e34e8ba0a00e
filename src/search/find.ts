/** Searching: what was asked is understood, an engine finds candidates, they are ranked and shown. */
import type { Hub } from '../hub.ts'
import type { Record } from '../publications/record.ts'
import type { Audience, ListedRecord } from '../publications/store.ts'
import { type Counts, type Engine, limits, type Wanted } from './engine.ts'
import { engineOf } from './engines.ts'
import { type Filters, facetTerm } from './facets.ts'
import { readListed, readRecords, type ShownRecord } from './hits-store.ts'
import { all, any, lexeme, type Match } from './match.ts'
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
  /** One of these kinds, where several will do. */
  kinds?: string[] | undefined
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
  /** Where these are too much of what was asked for to find anything: what else was looked for. */
  withoutUnknown?: string
  /** Where the next page begins; null on the last one. */
  next: string | null
}

export const pageSize = 20

const nothing: Found = { hits: [], total: 0, capped: false, facets: {}, unknown: [], next: null }

/** Records that hold every word asked for; if these are few, also such as hold most of them, behind. */
export const find = async (hub: Hub, audience: Audience, input: SearchInput): Promise<Found> => {
  const asked = await ask(hub, audience, input.q)
  if (!asked) return nothing
  const [told, shown] = await Promise.all([
    asked === 'everything' ? {} : tellingOf(hub, audience, asked),
    lookAndShow(hub, audience, asked, input),
  ])
  return { ...shown, ...told }
}

/** The same records for a list that shows neither passages nor counts. */
export const findListed = async (
  hub: Hub,
  audience: Audience,
  input: SearchInput,
): Promise<ListedRecord[]> => {
  const asked = await ask(hub, audience, input.q)
  const looked = asked && (await lookFor(hub, audience, asked, { ...input, counted: false }))
  if (!looked) return []
  const { ranked } = pageOf(looked, input)
  const records = await readListed(hub.sql, audience, ranked.map(keyOf))
  return ranked.flatMap((one) => records.find((record) => isSame(record, one)) ?? [])
}

type Asked = 'everything' | { question: Question; understood: Understood; plan: Plan | undefined }

/** What is asked for; undefined where something was typed that holds no word. */
const ask = async (hub: Hub, audience: Audience, q: string): Promise<Asked | undefined> => {
  const question = readQuestion(q)
  if (question.wanted.length === 0) return q.trim() === '' ? 'everything' : undefined
  const understood = await understand(hub.sql, audience, question)
  return { question, understood, plan: planOf(understood) }
}

const tellingOf = async (
  hub: Hub,
  audience: Audience,
  { question, understood, plan }: Exclude<Asked, string>,
) => {
  const { corrected, unknown, withoutUnknown } = understood
  const didYouMean = corrected ? undefined : await proposeOther(hub.sql, audience, question)
  return {
    unknown,
    ...(!plan && withoutUnknown && { withoutUnknown }),
    // Where so little is known that nothing was looked for, nothing was looked for instead.
    ...(plan && corrected && { correctedTo: corrected }),
    ...(didYouMean && { didYouMean }),
  }
}

const lookAndShow = async (hub: Hub, audience: Audience, asked: Asked, input: SearchInput) => {
  const looked = await lookFor(hub, audience, asked, input)
  if (!looked) return nothing
  const { ranked, next } = pageOf(looked, input)
  const terms = asked === 'everything' ? [] : asked.understood.terms
  const hits = await showHits(hub, audience, ranked, terms)
  return { ...nothing, hits, ...looked.counts, next }
}

interface Looked {
  ranked: Ranked[]
  counts: Counts
  /** Whether there are more to show than these. */
  more: boolean
}

const lookFor = async (hub: Hub, audience: Audience, asked: Asked, input: SearchInput) => {
  const engine = await engineOf(hub)
  const { filters } = input
  if (asked === 'everything') {
    const match = kindsOf(input, all([]))
    return lookForNewest(engine, { match, lexemes: [], filters, audience }, input)
  }
  const { plan, understood } = asked
  if (!plan) return undefined
  const wanted: Wanted = { ...plan.every, filters, audience }
  return look(engine, { ...wanted, match: kindsOf(input, wanted.match) }, plan, understood, input)
}

const kindsOf = ({ kinds }: SearchInput, match: Match): Match =>
  kinds ? all([match, any(kinds.map((kind) => lexeme(facetTerm('kind', kind))))]) : match

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
    { ...wanted, ...plan.most, match: kindsOf(input, plan.most.match) },
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

/** Of what was found the part that is asked for, and where the next one begins: null where nobody may go on. */
const pageOf = (
  { ranked, more }: Looked,
  { sort, q, after, limit = pageSize }: SearchInput,
): { ranked: Ranked[]; next: string | null } => {
  const isPage = sort === 'newest' || q.trim() === ''
  const goesOn = isPage ? more : ranked.length > after + limit
  const isPossible = after + limit <= limits.candidates
  return {
    ranked: isPage ? ranked : ranked.slice(after, after + limit),
    next: goesOn && isPossible ? String(after + limit) : null,
  }
}

/** Records as hits, with their passages; `terms` is all that was looked for. */
export const showHits = async (
  hub: Hub,
  audience: Audience,
  ranked: Ranked[],
  terms: Term[],
): Promise<FoundRecord[]> => {
  const records = await readRecords(hub.sql, audience, ranked.map(keyOf))
  return ranked.flatMap((one) => {
    const record = records.find((each) => isSame(each, one))
    return record ? [shown(record, one, terms)] : []
  })
}

type Key = Pick<Ranked, 'iss' | 'rid' | 'feed'>

const keyOf = ({ iss, rid, feed }: Key): Key => ({ iss, rid, feed })

const isSame = (one: Key, other: Key) =>
  one.iss === other.iss && one.rid === other.rid && one.feed === other.feed

const shown = ({ content, ...record }: ShownRecord, one: Ranked, terms: Term[]): FoundRecord => {
  // Judged by the schema of its kind when it came in.
  const read = JSON.parse(content) as Record
  return { ...record, ...tellHit(read, one.terms, terms) }
}
