import { entryLimits } from '../exchange/entry.ts'
import type { Fault } from '../problem.ts'
import type { Attachment } from './attachment.ts'
import { type Envelope, envelopeRules } from './envelope.ts'
import { faultsOf } from './faults.ts'
import type { Weight } from './field.ts'
import type { Kind } from './kind.ts'
import { findKind, kindOf, kinds, type Local, type Record, type Submission } from './kinds.ts'
import { soundParts } from './sound-parts.ts'
import { visibility } from './vocabularies/visibility.ts'
import { labelOf } from './vocabulary.ts'
import { type Leaf, namings, walk } from './walk.ts'

export type { Local, Record, Submission } from './kinds.ts'

export type RecordReading =
  | { ok: true; record: Submission; local: Local }
  | { ok: false; faults: Fault[] }

/** Reads what `transfernetz publish FILE` takes: `{kind, visibility, local?, …}`. */
export const readRecord = (input: unknown): RecordReading => {
  const kind = kindIn(input)
  if ('message' in kind) return { ok: false, faults: [kind] }

  const { data, error } = kind.submission.safeParse(input, { reportInput: true })
  const single = faultsOf(kind, error?.issues ?? [])
  const { local = {}, ...content } = data ?? soundParts(input, error.issues)
  // The schema has just made sure of both, or of what is left; the registry forgets which kind has which type.
  const record = content as unknown as Submission
  const together = [
    ...envelopeRules(record),
    ...wrongFeed(kind, record),
    ...kind.rules(record, local as Local, record),
    ...tooLarge(record),
  ].filter(({ path }) => single.every((fault) => !isWithin(path, fault.path)))
  const faults = [...single, ...together]
  return faults.length ? { ok: false, faults } : { ok: true, record, local: local as Local }
}

/** Fills in what only the day of publishing knows, and its files. `now` in milliseconds since 1970. */
export const complete = (
  { attachments: submitted, ...record }: Submission,
  attachments: Attachment[],
  now: number,
): Record => {
  const inTwelveMonths = new Date(now)
  inTwelveMonths.setUTCFullYear(inTwelveMonths.getUTCFullYear() + 1)
  const reviewBy = record.reviewBy ?? inTwelveMonths.toISOString().slice(0, 10)
  return { ...record, ...(submitted && { attachments }), reviewBy }
}

export type Judgement =
  | { ok: true; record: Record }
  | { ok: false; reason: 'unknown-kind' | 'invalid-content' }

/** Judges the parsed content of an entry of this kind, our own or pulled: one parse, no words. */
export const readPublished = (content: unknown, kind: string): Judgement => {
  const found = findKind(kind)
  if (!found) return { ok: false, reason: 'unknown-kind' }
  const reading = found.published.safeParse(content)
  return reading.success
    ? { ok: true, record: reading.data as unknown as Record } // as above
    : { ok: false, reason: 'invalid-content' }
}

/** What lists show and filter by. */
export interface Teaser extends Pick<Envelope, 'title' | 'summary' | 'language' | 'topics'> {
  kind: Record['kind']
  visibility: Envelope['visibility']
  reviewBy: string
  /** Ids such as `wz2008:C`. */
  sectors: string[]
  craft: boolean
  companySizes: NonNullable<Envelope['companySizes']>
  /** ISO 3166-2 codes. */
  regions: string[]
  keywords: string[]
  /** The kind's own fields that lists show, such as its outcome. */
  own: { [field: string]: unknown }
  /** The records that it names. */
  refersTo: Reference[]
}

/** What a record says of another one. */
export interface Reference {
  /** The field that names it, such as `derivedFrom`. */
  field: string
  iss: string
  rid: string
  ver?: number
}

export const teaserOf = (record: Record): Teaser => ({
  kind: record.kind,
  title: record.title,
  summary: record.summary,
  language: record.language,
  topics: record.topics,
  sectors: (record.sectors ?? []).map(({ scheme, code }) => `${scheme}:${code}`),
  craft: record.craft ?? false,
  companySizes: record.companySizes ?? [],
  regions: [...new Set((record.regions ?? []).map(({ land }) => land))],
  keywords: record.keywords ?? [],
  visibility: record.visibility,
  reviewBy: record.reviewBy,
  own: ownTeaser(record),
  refersTo: referencesOf(record),
})

export const referencesOf = (record: Record): Reference[] =>
  namings(kindOf(record.kind).fields, record).map(({ field, value: { iss, rid, ver } }) => ({
    field,
    iss,
    rid,
    ...(ver !== undefined && { ver }),
  }))

const ownTeaser = (record: Record) => {
  const own: Teaser['own'] = {}
  const content: { [field: string]: unknown } = record
  const { teaser, kept } = kindOf(record.kind)
  for (const name of [...teaser, ...kept]) {
    if (content[name] !== undefined) own[name] = content[name]
  }
  return own
}

/** One text of a record as a search engine takes it in. */
export interface SearchedText {
  /** Name of the record's member, such as `solution`; of a list or group, all have the same. */
  field: string
  /** What readers know it as: `Lösung`. */
  label: string
  /** How much a hit counts. */
  weight: Weight
  text: string
  /** Whether somebody wrote it as running text, so that a passage may be shown from it. */
  written: boolean
}

/** Every text of a record that may be searched for, in the order of its fields. */
export const searchedTexts = (record: Record): SearchedText[] => {
  const { fields } = kindOf(record.kind)
  return [...walk(fields, record)].flatMap((leaf) => {
    const text = wordsOf(leaf)
    if (!leaf.weight || !text) return []
    const [field = ''] = leaf.path.split(/[.[]/)
    const written = leaf.as === 'line' || leaf.as === 'text'
    return [{ field, label: fields[field]?.label ?? '', weight: leaf.weight, text, written }]
  })
}

/** Every word of a record by what a hit counts, for any full-text engine. */
export const searchText = (record: Record) => {
  const words = { A: [] as string[], B: [] as string[], C: [] as string[], D: [] as string[] }
  for (const { weight, text } of searchedTexts(record)) words[weight].push(text)
  const { A, B, C, D } = words
  const text = (said: string[]) => said.join('\n')
  return { A: text(A), B: text(B), C: text(C), D: text(D) }
}

/** What one would type to find a value: labels instead of ids, and numbers as Germans write them. */
const wordsOf = (leaf: Leaf) => {
  switch (leaf.as) {
    case 'term':
      return labelOf(leaf.look.vocabulary, leaf.value)
    case 'class':
      return labelOf(leaf.look.vocabulary, `${leaf.value.scheme}:${leaf.value.code}`)
    case 'flag':
      return leaf.value ? leaf.field.label : undefined
    case 'number':
      return String(leaf.value).replace('.', ',')
    default:
      return leaf.value
  }
}

const kindIn = (input: unknown) => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { path: '', message: 'Ein Beitrag ist ein JSON-Objekt.' }
  }
  const named = 'kind' in input ? input.kind : undefined
  const kind = typeof named === 'string' ? findKind(named) : undefined
  const known = kinds.map(({ id, label }) => `${id} (${label})`).join(', ')
  return (
    kind ?? {
      path: 'kind',
      message: `Die Beitragsart fehlt oder ist unbekannt. Möglich sind: ${known}.`,
    }
  )
}

/** Some kinds are for the centres alone. */
const wrongFeed = ({ only, plural }: Kind, { visibility: chosen }: Submission): Fault[] =>
  only && chosen && chosen !== only
    ? [
        {
          path: 'visibility',
          message: `${plural} gibt es nur mit der Sichtbarkeit „${labelOf(visibility, only)}“.`,
        },
      ]
    : []

/** Whether a place is the other, or lies in it: `local.consent` in `local`, `regions[0]` in `regions`. */
const isWithin = (path: string, around: string) =>
  path === around || path.startsWith(`${around}.`) || path.startsWith(`${around}[`)

const tooLarge = (record: Submission): Fault[] => {
  // With the review date that is still to come, and what will be said about each file.
  const { attachments = [] } = record
  const files = attachments.map((each) => ({ ...each, about: 'x'.repeat(256) }))
  const content = JSON.stringify({ reviewBy: '2000-01-01', ...record, attachments: files })
  const size = new TextEncoder().encode(content).length
  if (size <= entryLimits.content) return []
  const message = `Der Beitrag ist mit ${Math.ceil(size / 1024)} KiB zu groß, erlaubt sind höchstens ${entryLimits.content / 1024} KiB.`
  return [{ path: '', message }]
}
