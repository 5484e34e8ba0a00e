/** What the round tables of all centres say on a topic: who stands behind it, and what is still to be done. */
import type { Centre } from '../federation/centre.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import type { agreementStates } from '../publications/vocabularies/agreement-states.ts'
import { closenessTo, groupAlike } from './alike.ts'
import { type PublishedResult, type RoundTable, resultsOn } from './synthesis-store.ts'

type Said<N extends 'findings' | 'recommendations' | 'agreements'> = NonNullable<
  RoundTable[N]
>[number]

/** The result that something stands in. */
export interface Source {
  iss: string
  rid: string
  ver: number
  title: string
  path: string
  feed: 'public' | 'members'
}

/** `key`: which of them, in which version. */
type From<T> = T & { key: string; source: Source }

/** A finding, with the centres that signed it: whose result it is, and who countersigned. */
export type Finding = From<Said<'findings'>> & {
  centres: { slug: string; name: string }[]
  /** The Länder of these. */
  lands: string[]
  /** Who was asked and declined. */
  declined: string[]
}

export interface Gathering {
  findings: Finding[]
  recommendations: From<Said<'recommendations'>>[]
  /** Those that nobody has done or given up. */
  agreements: From<Said<'agreements'>>[]
  sources: Source[]
}

/** More than these nobody compares. */
const most = 100

export const gather = async (hub: Hub, topic: string): Promise<Gathering> => {
  const [results, centres] = await Promise.all([
    resultsOn(hub.sql, topic, most),
    allCentres(hub.sql),
  ])
  const each = [...results].map((result) => saidIn(result, centres))
  return {
    findings: each.flatMap(({ findings }) => findings),
    recommendations: withoutRepeats(each.flatMap(({ recommendations }) => recommendations)),
    agreements: each.flatMap(({ agreements }) => agreements),
    sources: each.map(({ source }) => source),
  }
}

const saidIn = (result: PublishedResult, centres: Centre[]) => {
  const { iss, slug, rid, ver, feed, content } = result
  const source: Source = {
    ...{ iss, rid, ver, feed, title: content.title },
    path: `/runde-tische/${slug}/${rid}`,
  }
  const keyed = <T extends object>(what: string, said: readonly T[] = []): From<T>[] =>
    said.map((each, n) => ({ ...each, key: `${slug}/${rid}/${ver}/${what}/${n}`, source }))
  const behind = whoStandsBehind(result, centres)
  return {
    source,
    findings: keyed('f', content.findings).map((finding): Finding => ({ ...finding, ...behind })),
    recommendations: keyed('e', content.recommendations),
    agreements: keyed('v', content.agreements).filter(({ state }) => !isOver(state)),
  }
}

const isOver = (state: (typeof agreementStates.terms)[number]['id']) =>
  state === 'done' || state === 'dropped'

const whoStandsBehind = ({ iss, words, content }: PublishedResult, centres: Centre[]) => {
  const asked = (words ?? []).filter(
    ({ role, slug }) => role === 'party' && content.parties?.includes(slug),
  )
  const signed = [iss, ...asked.filter(({ word }) => word === 'endorse').map((word) => word.iss)]
  const behind = centres.filter(({ id }) => signed.includes(id))
  return {
    centres: behind.map(({ slug, organization_name: name }) => ({ slug, name })),
    lands: [...new Set(behind.flatMap(({ regions }) => regions))],
    declined: asked.filter(({ word }) => word === 'decline').map(({ centre }) => centre),
  }
}

const withoutRepeats = (all: Gathering['recommendations']) =>
  [
    ...new Map(all.toReversed().map((each) => [`${each.to} ${each.text}`, each])).values(),
  ].toReversed()

/** By the key of each finding the number of the one that it belongs to, from 1. */
export type Arrangement = ReadonlyMap<string, number>

/**
 * A proposal: what is said in nearly the same words is one. First what answers the question, then what many say. What
 * is about another topic stays out.
 */
export const arrange = (all: Finding[], topic: string, question: string): Arrangement => {
  const findings = all.filter((finding) => (finding.topic ?? topic) === topic)
  const texts = findings.map(({ text }) => text)
  const near = closenessTo(question, texts)
  const groups = groupAlike(texts).toSorted(
    (a, b) => Math.max(...pick(near, b)) - Math.max(...pick(near, a)) || b.length - a.length,
  )
  return new Map(
    groups.flatMap((group, n) => pick(findings, group).map(({ key }) => [key, n + 1] as const)),
  )
}

const pick = <T>(all: T[], which: number[]) => which.flatMap((n) => all[n] ?? [])

/** Several findings that an editor takes for one. */
export interface Joined {
  number: number
  /** The one that most centres stand behind first: its words count. */
  findings: Finding[]
  consensus: Finding['consensus']
  centres: Finding['centres']
  lands: string[]
  declined: string[]
}

/** In the order of their numbers; what has none is left out. */
export const join = (findings: Finding[], arrangement: Arrangement): Joined[] => {
  const numbers = [...new Set(findings.flatMap(({ key }) => arrangement.get(key) ?? []))]
  return numbers
    .toSorted((a, b) => a - b)
    .map((number) =>
      joinedOf(
        number,
        findings.filter(({ key }) => arrangement.get(key) === number),
      ),
    )
}

const joinedOf = (number: number, findings: Finding[]): Joined => ({
  number,
  findings: findings.toSorted((a, b) => b.centres.length - a.centres.length),
  consensus: leastOf(findings),
  centres: [
    ...new Map(findings.flatMap(({ centres }) => centres.map((one) => [one.slug, one]))).values(),
  ],
  lands: [...new Set(findings.flatMap(({ lands }) => lands))],
  declined: [...new Set(findings.flatMap(({ declined }) => declined))],
})

/** What one round table left open, several do not agree on. */
const leastOf = (findings: Finding[]) =>
  (['open', 'majority'] as const).find((each) =>
    findings.some(({ consensus }) => consensus === each),
  ) ?? 'consensus'
