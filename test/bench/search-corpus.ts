/** As many German records as are wanted, with words as frequent as words are (Zipf). */
import { wordList } from '../../src/search/lexicon/words.ts'
import type { FilledRecord } from '../search/relevance/fill.ts'
import { asRecord, numbered } from '../search/relevance/fill.ts'
import { dice } from '../search/relevance/queries.ts'

const simple = wordList.split(/\s+/).filter((word) => word.length > 3)

/** Simple words, and compounds of two: the frequent ones first. */
const vocabulary = (() => {
  const random = dice(1)
  const pick = () => simple[Math.floor(random() * simple.length)] as string
  const compounds = Array.from({ length: 60_000 }, () => pick() + pick().toLowerCase())
  return [...new Set([...simple, ...compounds])]
})()

const filler =
  'der die und in den von zu das mit sich auf für ist im dem nicht ein eine als auch'.split(' ')

/** The word of this rank is so much rarer than the first. */
const zipf = (random: () => number) => {
  const rank = Math.exp(random() * Math.log(vocabulary.length)) - 1
  return vocabulary[Math.floor(rank)] as string
}

const sentence = (random: () => number) => {
  const words = Array.from({ length: 9 + Math.floor(random() * 8) }, (_, n) =>
    n % 2 === 1 ? (filler[Math.floor(random() * filler.length)] as string) : zipf(random),
  )
  const text = `${words.join(' ')}.`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const text = (random: () => number, sentences: number) =>
  Array.from({ length: sentences }, () => sentence(random)).join(' ')

const pickFrom = <T>(random: () => number, list: readonly T[]) =>
  list[Math.floor(random() * list.length)] as T

const lands = 'BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH'
  .split(' ')
  .map((code) => `DE-${code}`)
const topics = [
  'leadership',
  'agile-work',
  'ai-adoption',
  'digital-change',
  'skilled-labour',
  'sustainability',
]

/** Record number `n`, the same every time. */
export const benchRecord = (n: number): FilledRecord => {
  const random = dice(n + 1)
  const land = pickFrom(random, lands)
  const sector = { scheme: 'wz2008', code: pickFrom(random, [...'ACFGHIJMNQ']) }
  const size = pickFrom(random, ['solo', 'micro', 'small', 'medium'])
  const input = {
    kind: 'case-example',
    visibility: 'public',
    language: 'de',
    title: `${zipf(random)} und ${zipf(random)}: ${zipf(random)} ${n}`.slice(0, 160),
    summary: text(random, 2).slice(0, 300),
    initialSituation: text(random, 3),
    challenge: text(random, 2),
    solution: text(random, 4),
    employeeParticipation: text(random, 2),
    technologies: [pickFrom(random, simple), pickFrom(random, simple)],
    results: text(random, 3),
    lessons: [text(random, 1)],
    transferability: {
      conditions: text(random, 1),
      effort: 'Fünf Tage',
      forWhom: 'Kleine Betriebe',
    },
    maturity: pickFrom(random, ['idea', 'tried', 'proven', 'established']),
    outcome: pickFrom(random, ['succeeded', 'partly', 'failed']),
    period: { from: `${2019 + Math.floor(random() * 7)}-03-01` },
    company: { anonymous: true, size, sector, land },
    topics: [pickFrom(random, topics)],
    sectors: [sector],
    companySizes: [size],
    regions: [{ land }],
    keywords: [zipf(random), zipf(random)],
    contact: {
      role: 'Team',
      mailbox: 'team@zentrum.example',
      deputy: 'vertretung@zentrum.example',
    },
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    funding: { programme: 'Zukunftszentren', funder: 'BMAS' },
  }
  return { rid: numbered(n), record: asRecord(input) }
}

type Asker = (random: () => number) => { q: string; filters?: { [name: string]: string } }

const ranked = (random: () => number, from: number, to: number) =>
  vocabulary[from + Math.floor(random() * (to - from))] as string

const mistyped = (word: string, random: () => number) => {
  const at = 1 + Math.floor(random() * (word.length - 2))
  return word.slice(0, at) + word.slice(at + 1)
}

/** Every type of query, each as often as one likes. */
export const queryTypes: { [name: string]: Asker } = {
  'ein sehr häufiges Wort': (random) => ({ q: ranked(random, 0, 20) }),
  'ein Wort': (random) => ({ q: ranked(random, 100, 1000) }),
  'ein seltenes Wort': (random) => ({ q: ranked(random, 5_000, 40_000) }),
  'zwei Wörter': (random) => ({ q: `${ranked(random, 0, 300)} ${ranked(random, 0, 300)}` }),
  'drei Wörter': (random) => ({
    q: `${ranked(random, 0, 100)} ${ranked(random, 0, 1000)} ${ranked(random, 0, 5000)}`,
  }),
  Tippfehler: (random) => ({ q: mistyped(ranked(random, 2_000, 20_000), random) }),
  Wortanfang: (random) => ({ q: ranked(random, 0, 3000).slice(0, 3) }),
  Frage: (random) => ({
    q: `Wie lässt sich ${ranked(random, 0, 200)} mit ${ranked(random, 0, 2000)} bei ${ranked(random, 0, 2000)} verbessern?`,
  }),
  Wortfolge: (random) => ({ q: `"${ranked(random, 0, 20)} und ${ranked(random, 0, 20)}"` }),
  'mit Filtern': (random) => ({
    q: ranked(random, 0, 200),
    filters: { land: pickFrom(random, lands), topic: pickFrom(random, topics) },
  }),
  'nur Filter': (random) => ({ q: '', filters: { land: pickFrom(random, lands) } }),
}
