/**
 * Records to judge the search by: each is put together from what people wrote about a business and about an
 * undertaking (fixtures/search), so that what a record is about is known without looking at its words.
 */
import { readFileSync } from 'node:fs'
import * as pool from './pools.ts'

export interface JudgedRecord {
  /** What `transfernetz publish` takes. */
  input: { [field: string]: unknown }
  /** What it is about, such as `business=hotel`, `theme=roster`, `wording=schichtplan`, `land=DE-SN`. */
  about: Set<string>
}

interface Business {
  id: string
  name: string
  /** How a sentence begins with it, how it goes on with it, and where things happen. */
  ein: string
  der: string
  in: string
  wo: string
  leute: string
  kunden: string
  sector: string
  craft: boolean
  size: number
  about: string
}

interface Wording {
  tag: string
  title: string
  summary: string
  challenge: string
  solution: string
  results: string
  tech: string[]
  keywords: string[]
  outcome?: string
}

interface Theme {
  id: string
  topics: string[]
  ai: string[]
  fits: string[]
  lessons: string[]
  wordings: Wording[]
}

interface Table {
  id: string
  topics: string[]
  title: string
  question: string
  findings: string[]
  recommendations: string[]
  open: string[]
  keywords: string[]
}

const folder = new URL('../../../fixtures/search/', import.meta.url)
const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as T

/** 276 case examples and 32 results of round tables. */
export const judgedRecords = (): JudgedRecord[] => [...cases(), ...tables()]

const cases = () => {
  const businesses = new Map(read<Business[]>('businesses').map((one) => [one.id, one]))
  const themes = [...read<Theme[]>('themes-work'), ...read<Theme[]>('themes-change')]
  const pairs = themes.flatMap((theme) => theme.fits.map((id, n) => ({ theme, id, n })))
  return pairs.map(({ theme, id, n }, number) => {
    const business = businesses.get(id)
    const wording = theme.wordings[n % theme.wordings.length]
    if (!business || !wording) throw new Error(`${theme.id}: ${id}`)
    return caseOf(theme, wording, business, number)
  })
}

const pick = <T>(list: readonly T[], number: number) => list[number % list.length] as T

const caseOf = (theme: Theme, wording: Wording, business: Business, number: number) => {
  const { land, centre, places } = pick(pool.lands, number * 7 + 3)
  const place = pick(places, number)
  const say = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: keyof Business | 'ort') =>
      name === 'ort' ? `${business.name} ${place}` : String(business[name]),
    )
  const size = pool.sizeOf(business.size)
  const input = {
    ...pool.envelope(land, centre, number),
    kind: 'case-example',
    title: `${business.name} in ${place}: ${say(wording.title)}`,
    summary: say(wording.summary),
    initialSituation: `${business.about} ${pool.headcount(business.size)}`,
    challenge: say(wording.challenge),
    goals: [pick(pool.goals, number), pick(pool.goals, number + 3)],
    solution: say(wording.solution),
    steps: [0, 1, 2].map((step) => pick(pool.steps, number + step * 3)),
    employeeParticipation: say(pick(pool.participation, number)),
    technologies: wording.tech,
    ...(theme.ai.length > 0 && { aiUse: { kind: theme.ai, origin: pick(pool.origins, number) } }),
    period: pool.period(number),
    resources: { days: 3 + (number % 9), costBand: pick(pool.costs, number) },
    results: say(wording.results),
    lessons: [pick(theme.lessons, number), pick(theme.lessons, number + 1)],
    transferability: pick(pool.transferability, number),
    maturity: pick(['tried', 'proven', 'established', 'idea'], number),
    outcome:
      wording.outcome ?? pick(['succeeded', 'succeeded', 'partly', 'succeeded', 'partly'], number),
    company: {
      anonymous: true,
      size,
      sector: { scheme: 'wz2008', code: business.sector },
      land,
    },
    topics: theme.topics,
    sectors: [{ scheme: 'wz2008', code: business.sector }],
    craft: business.craft,
    companySizes: [size],
    regions: [{ land }],
    keywords: wording.keywords,
  }
  const about = [
    ...[`business=${business.id}`, `theme=${theme.id}`, `wording=${wording.tag}`],
    `land=${land}`,
  ]
  return { input, about: new Set(about) }
}

/** Every table once, and a third of them a second time in another Land. */
const tables = () => {
  const first = read<Table[]>('round-tables')
  const second = first.filter((_, n) => n % 3 === 0)
  return [...first.map(tableOf(0)), ...second.map(tableOf(1))]
}

const tableOf = (meeting: number) => (table: Table, number: number) => {
  const { land, centre, places } = pick(pool.lands, number * 5 + meeting * 9)
  const input = {
    ...pool.envelope(land, centre, number),
    kind: 'round-table',
    title: `Runder Tisch: ${table.title}${meeting === 0 ? '' : ' – zweites Treffen'}`,
    summary: `${pick(pool.attendance, number + meeting)} berieten in ${pick(places, meeting)}. ${pick(table.findings, meeting)}`,
    question: table.question,
    date: `202${4 + meeting}-0${1 + (number % 9)}-1${number % 10}`,
    place: pick(places, meeting),
    groups: ['companies', 'chambers', 'unions', 'centres'],
    attendance: 12 + number,
    findings: table.findings.map((text, n) => ({
      text,
      topic: pick(table.topics, n),
      consensus: pick(['consensus', 'majority', 'open'], number + n),
    })),
    recommendations: table.recommendations.map((text) => ({ text, to: 'kiww' })),
    openQuestions: table.open,
    topics: table.topics,
    regions: [{ land }],
    keywords: table.keywords,
  }
  return { input, about: new Set([`table=${table.id}`, `land=${land}`]) }
}
