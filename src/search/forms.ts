/** A list of hits in the forms that other programs take: a table and a feed. */

import { csvOf } from '../csv.ts'
import { asItem } from '../publications/api.ts'
import { kindOf } from '../publications/kinds.ts'
import type { ListedRecord } from '../publications/store.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { regions } from '../publications/vocabularies/regions.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf, type Vocabulary } from '../publications/vocabulary.ts'

const labels = (vocabulary: Vocabulary, ids: readonly string[]) =>
  [...new Set(ids.map((id) => labelOf(vocabulary, id)))].join(', ')

const columns: { [title: string]: (record: ListedRecord, origin: string) => string } = {
  Titel: ({ teaser }) => teaser.title,
  Zusammenfassung: ({ teaser }) => teaser.summary,
  Beitragsart: ({ kind }) => kindOf(kind).label,
  Zentrum: ({ centre }) => centre,
  Veröffentlicht: ({ changed }) => new Date(changed * 1000).toISOString().slice(0, 10),
  Themen: ({ teaser }) => labels(topics, teaser.topics),
  Wirtschaftszweige: ({ teaser }) => labels(sectors, teaser.sectors),
  Betriebsgrößen: ({ teaser }) => labels(companySizes, teaser.companySizes),
  Länder: ({ teaser }) => labels(regions, teaser.regions),
  Schlagwörter: ({ teaser }) => teaser.keywords.join(', '),
  Adresse: (record, origin) => origin + asItem(record).page,
}

/** The hits as a table. */
export const asCsv = (hits: ListedRecord[], origin: string) => {
  const rows = hits.map((hit) => Object.values(columns).map((cell) => cell(hit, origin)))
  return csvOf([Object.keys(columns), ...rows])
}

interface FeedOf {
  title: string
  /** Of the node. */
  origin: string
  /** Path of the feed, and of the page that shows the same. */
  path: string
  page: string
  /** When nothing has changed yet, in seconds since 1970. */
  now: number
}

export interface TakenBack {
  iss: string
  rid: string
  /** Seconds since 1970. */
  at: number
}

/** The name of a record in feeds, the same at every node and for ever. */
const nameOf = ({ iss, rid }: { iss: string; rid: string }) => `${iss}#${rid}`

/** Atom (RFC 4287); what was taken back as its deleted entries (RFC 6721). */
export const asAtom = (hits: ListedRecord[], gone: TakenBack[], feed: FeedOf) => {
  const newest = Math.max(0, ...hits.map(({ changed }) => changed), ...gone.map(({ at }) => at))
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="de">',
    element('title', feed.title),
    element('id', feed.origin + feed.path),
    element('updated', timeOf(newest || feed.now)),
    `<link rel="self" type="application/atom+xml" href="${xml(feed.origin + feed.path)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(feed.origin + feed.page)}"/>`,
    ...hits.map((hit) => entryOf(hit, feed.origin)),
    ...gone.map((one) => `<at:deleted-entry ref="${xml(nameOf(one))}" when="${timeOf(one.at)}"/>`),
    '</feed>',
    '',
  ].join('\n')
}

const entryOf = (record: ListedRecord, origin: string) =>
  [
    '<entry>',
    element('title', record.teaser.title),
    element('id', nameOf(record)),
    element('published', timeOf(record.first_published)),
    element('updated', timeOf(record.changed)),
    `<author>${element('name', record.centre)}</author>`,
    element('summary', record.teaser.summary),
    ...record.teaser.topics.map(
      (topic) => `<category term="${xml(topic)}" label="${xml(labelOf(topics, topic))}"/>`,
    ),
    `<link rel="alternate" type="text/html" href="${xml(origin + asItem(record).page)}"/>`,
    '</entry>',
  ].join('')

const element = (name: string, text: string) => `<${name}>${xml(text)}</${name}>`

const timeOf = (at: number) => new Date(at * 1000).toISOString().replace('.000', '')

/** Signs that XML 1.0 does not know at all are left out. */
const xml = (text: string) =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)

const entities: { [sign: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
