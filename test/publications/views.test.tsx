import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Download } from '../../src/publications/downloads.ts'
import type { Envelope } from '../../src/publications/envelope.ts'
import type { Fields, Look } from '../../src/publications/field.ts'
import type { Kind } from '../../src/publications/kind.ts'
import { kindOf, kinds } from '../../src/publications/kinds.ts'
import type { Provenance } from '../../src/publications/provenance.ts'
import { RecordView } from '../../src/publications/record-view.tsx'
import type { RecordItem } from '../../src/publications/teaser.tsx'
import { TombstoneView } from '../../src/publications/tombstone-view.tsx'
import { type Count, HomeView, RecordListView } from '../../src/publications/views.tsx'
import { regions } from '../../src/publications/vocabularies/regions.ts'
import { topics } from '../../src/publications/vocabularies/topics.ts'
import { labelOf } from '../../src/publications/vocabulary.ts'
import { SearchQuery } from '../../src/search/query.ts'
import { SearchView } from '../../src/search/views.tsx'
import { dangersOf, headingsOf, leapsOf, render, tagsOf } from '../support/page.ts'
import { files, inputOf } from './fixtures.ts'

const caseExample = kindOf('case-example')
const site = { centre: 'Zukunftszentrum Brandenburg', path: '/' }

const item: RecordItem = {
  kind: 'case-example',
  iss: 'https://berlin.example/centres/berlin',
  slug: 'berlin',
  rid: '0195a0c0-0000-7000-8000-000000000001',
  centre: 'Zukunftszentrum Berlin',
  title: 'Pflegedokumentation per Sprache',
  summary: 'Ein Pflegedienst spart den Abend am Schreibtisch.',
  topics: ['ai-adoption'],
  regions: ['DE-BE'],
  published: Date.parse('2026-03-03T09:00:00Z') / 1000,
  ver: 1,
  feed: 'public',
  teaser: { outcome: 'failed' },
}

const provenance: Provenance = {
  centre: 'Zukunftszentrum Berlin',
  status: 'active',
  iss: item.iss,
  feed: 'public',
  epoch: 1,
  seq: 12,
  ver: 2,
  dig: 'DIGEST',
  kid: 'THUMBPRINT',
  n: 1,
  signedAt: item.published,
  receivedAt: item.published + 1,
  over: 'https://kiww.example',
  own: false,
  head: { size: 15, iat: item.published + 60 },
}

/** A record with something in every field of its kind; `text` wherever text is free. */
const recordOf = (kind: Kind, text: string) => ({ ...fill(kind.fields, text), language: 'de' })

const fill = (fields: Fields, text: string): object =>
  Object.fromEntries(Object.entries(fields).map(([name, { look }]) => [name, valueFor(look, text)]))

const valueFor = (look: Look, text: string): unknown => {
  if (look.as === 'date') return '2026-03-03'
  if (look.as === 'time') return '14:30'
  if (look.as === 'duration') return 'PT3H30M'
  if (look.as === 'number') return 1250.5
  if (look.as === 'flag') return true
  if (look.as === 'term') return look.vocabulary.terms[0]?.id
  if (look.as === 'class') return { scheme: 'wz2008', code: 'Q' }
  if (look.as === 'group') return fill(look.fields, text)
  if (look.as === 'list') return [valueFor(look.item, text), valueFor(look.item, text)]
  return text
}

const showRecord = (
  kind: Kind,
  record: object,
  more: { today?: string; from?: object; downloads?: Download[] } = {},
) =>
  render(
    <RecordView
      site={site}
      kind={kind}
      slug="berlin"
      rid={item.rid}
      // What a page gets has passed the schema of its kind; here it need not.
      record={record as Envelope}
      provenance={{ ...provenance, ...more.from }}
      related={[{ rel: 'see-also', title: 'Anderer Beitrag', path: '/runde-tische/kiww/x' }]}
      downloads={more.downloads ?? []}
      today={more.today ?? '2026-01-01'}
    />,
  )

const list = (props: Partial<Parameters<typeof RecordListView>[0]>) =>
  render(
    <RecordListView
      site={site}
      kind={caseExample}
      records={[item]}
      filter={{}}
      centres={[{ slug: 'berlin', name: 'Zukunftszentrum Berlin' }]}
      next={null}
      {...props}
    />,
  )

type SearchProps = Parameters<typeof SearchView>[0]

const search = ({ query, ...props }: Partial<Omit<SearchProps, 'query'>> & { query?: object }) =>
  render(
    <SearchView
      site={site}
      query={SearchQuery.parse({ ...query })}
      hits={[]}
      total={0}
      capped={false}
      facets={{}}
      centres={new Map()}
      unknown={[]}
      next={null}
      mayKeep={false}
      fewer={[]}
      own={[]}
      {...props}
    />,
  )

/** What a reader sees of it. */
const textOf = (html: string) => html.replace(/<[^>]+>/g, '')

const count: Count = {
  slug: 'berlin',
  centre: 'Zukunftszentrum Berlin',
  status: 'active',
  kind: 'case-example',
  count: 9,
}
const passages = [
  {
    in: 'Lösung',
    pieces: [
      { text: 'in der ', hit: false },
      { text: 'Pflege', hit: true },
    ],
  },
]
const found = { ...item, passages, why: ['„Pflege“ in Lösung'] }
const facets = {
  land: [
    { value: 'DE-BE', label: 'Berlin', count: 1 },
    { value: 'DE-BB', label: 'Brandenburg', count: 2 },
  ],
}
const gone = { op: 'withdraw', centre: 'Zukunftszentrum Berlin', at: item.published } as const

const pages: [string, () => Promise<string>][] = [
  ['home', () => render(<HomeView site={site} newest={[item]} counts={[count]} />)],
  ['home, nothing yet', () => render(<HomeView site={site} newest={[]} counts={[]} />)],
  ['list', () => list({ next: 'cursor' })],
  ['list, nothing found', () => list({ records: [], filter: { region: 'DE-SL' } })],
  ['case example', () => showRecord(caseExample, recordOf(caseExample, '## a\n\n#### b'))],
  [
    'round table',
    () => showRecord(kindOf('round-table'), recordOf(kindOf('round-table'), '# a\n\n##### b')),
  ],
  ['tombstone', () => render(<TombstoneView site={site} kind={caseExample} tombstone={gone} />)],
  [
    'search',
    () => search({ query: { q: 'Pflege', land: 'DE-BE' }, hits: [found], total: 1, facets }),
  ],
  ['search, nothing found', () => search({ query: { q: 'Pflege' }, didYouMean: 'Pfleger' })],
  ['search, not yet begun', () => search({})],
]

test.each(pages)('%s has one h1, headings in order and its landmarks', async (_, show) => {
  const html = await show()
  const headings = headingsOf(html)

  expect(headings.filter((level) => level === 1)).toHaveLength(1)
  expect(leapsOf(headings)).toEqual([])
  expect(tagsOf(html).filter((tag) => /^<(main|footer)[ >]/.test(tag))).toHaveLength(2)
})

test.each(pages)('%s names every id once and refers to ids that exist', async (_, show) => {
  const html = await show()
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
  const references = [...html.matchAll(/\s(?:for|aria-labelledby|href)="#?([^"/]+)"/g)]
    .filter(([all]) => !all.includes('href="') || all.includes('"#'))
    .map(([, id]) => id)

  expect(new Set(ids).size).toBe(ids.length)
  for (const id of references) expect(ids).toContain(id)
})

const hostile = `"'><script>alert(1)</script><img src=x onerror=y style=z>\u202e [x](javascript:alert(1)) javascript:alert(1)`

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  'no text in any field of a %s can do anything',
  async (_, kind) => {
    const evil = { centre: hostile, iss: hostile, dig: hostile, kid: hostile, over: hostile }

    const html = await showRecord(kind, recordOf(kind, hostile), { from: evil })

    expect(dangersOf(html)).toEqual([])
    expect(html).toContain('&lt;script&gt;')
  },
)

test('a record about all Länder says so in one word', async () => {
  const all = regions.terms.map(({ id }) => id)

  const html = await list({ records: [{ ...item, regions: all }] })
  const most = await list({ records: [{ ...item, regions: all.slice(1) }] })

  expect(html).toContain('<li>bundesweit</li>')
  expect(html).not.toContain('<li>Saarland</li>')
  expect(most).toContain('<li>Saarland</li>')
})

test('no text in a list can do anything', async () => {
  const evil = {
    ...item,
    slug: hostile,
    rid: hostile,
    centre: hostile,
    title: hostile,
    summary: hostile,
    topics: [hostile],
    regions: [hostile],
    teaser: { outcome: hostile },
  }
  const filter = { topic: hostile, centre: hostile, region: hostile }
  const centres = [{ slug: hostile, name: hostile }]
  const counts = [{ ...count, slug: hostile, centre: hostile }]
  const tombstone = { ...gone, centre: hostile, reason: hostile, replacedBy: '/x"><script>' }
  const pieces = [{ text: hostile, hit: true }]
  const evilHit = { ...evil, passages: [{ in: hostile, pieces }], why: [hostile] }
  const query = { q: hostile, centre: hostile.slice(0, 40), technology: hostile.slice(0, 120) }
  const words = { correctedTo: hostile, didYouMean: hostile, unknown: [hostile] }
  const values = { technology: [{ value: hostile, label: hostile, count: 1 }] }

  const outputs = [
    await render(<HomeView site={{ ...site, centre: hostile }} newest={[evil]} counts={counts} />),
    await list({ records: [evil], filter, centres, next: hostile }),
    await search({ query, hits: [evilHit], total: 1, facets: values, next: hostile, ...words }),
    await search({ query, ...words }),
    await render(<TombstoneView site={site} kind={caseExample} tombstone={tombstone} />),
  ]

  for (const html of outputs) {
    expect(dangersOf(html)).toEqual([])
    expect(html).toMatch(/&lt;script&gt;|%3Cscript%3E/)
  }
})

test('the check for dangers bites', () => {
  const bad = [
    '<script>',
    '<p style="x">',
    '<p onclick="x">',
    '<img src="https://example.org">',
    '<a href="javascript:x">',
    '<a href="//example.org">',
  ]

  for (const html of bad) expect(dangersOf(html)).not.toEqual([])
})

test('a record carries a visible mark that leads to its provenance', async () => {
  const html = await showRecord(caseExample, recordOf(caseExample, 'Text'))

  expect(html).toMatch(/href="#herkunft".*geprüft: unterschrieben von <bdi>Zukunftszentrum Berlin/s)
  const proof = html.slice(html.indexOf('id="herkunft"'))
  for (const fact of ['DIGEST', 'THUMBPRINT', item.iss, 'Eintrag 12', 'Nr. 1', 'kiww.example']) {
    expect(proof).toContain(fact)
  }
})

test('a record that was written here does not claim to have been fetched', async () => {
  const html = await showRecord(caseExample, recordOf(caseExample, 'Text'), {
    from: { own: true, over: null },
  })

  expect(html).toContain('auf diesem Knoten entstanden')
  expect(html).not.toContain('geholt (über')
})

test('a record is shown whole: every field with its label and its value', async () => {
  for (const kind of kinds) {
    const html = await showRecord(kind, recordOf(kind, 'Wert'))

    for (const field of Object.values(kind.own)) expect(html).toContain(field.label)
    expect(html).toContain('Gefördert durch')
    expect(html).toContain(`/api/records/berlin/${item.rid}`)
  }
})

test('what a record does not say leaves no trace', async () => {
  const {
    initialSituation: _,
    evidence: __,
    ...rest
  } = recordOf(caseExample, 'Wert') as {
    [name: string]: unknown
  }

  const html = await showRecord(caseExample, { ...rest, goals: [] })

  for (const label of ['Ausgangslage', 'Belege', 'Ziele']) expect(html).not.toContain(label)
})

test('a sector that both editions call the same is named once', async () => {
  const both = ['wz2008', 'wz2025'].map((scheme) => ({ scheme, code: 'F' }))
  const sectors = [...both, { scheme: 'wz2008', code: 'C' }]

  const html = await showRecord(caseExample, { ...recordOf(caseExample, 'Wert'), sectors })

  expect(html.match(/<bdi>Baugewerbe<\/bdi>/g)).toHaveLength(1)
  expect(html).toContain('Verarbeitendes Gewerbe')
})

test('no two facts of a record bear the same name', async () => {
  for (const kind of kinds) {
    const html = await showRecord(kind, recordOf(kind, 'Wert'))
    const panel = html.slice(html.indexOf('id="eckdaten"'), html.indexOf('</aside>'))
    const names = [...panel.matchAll(/<dt>([^<]+)<|tn-muted">([^<]+):</g)].map(
      ([, term, part]) => term ?? part,
    )

    expect(names.length).toBeGreaterThan(5)
    expect(new Set(names).size).toBe(names.length)
  }
})

test('the facts of a record are read before its text', async () => {
  const html = await showRecord(caseExample, recordOf(caseExample, 'Wert'))

  expect(html.indexOf('id="eckdaten"')).toBeLessThan(html.indexOf('tn-record__body'))
})

test('Leichte Sprache keeps its lines', async () => {
  const easyLanguage = 'Eine Tischlerei baut Möbel.\nDas dauert lange.'
  const css = readFileSync(
    new URL('../../src/web/assets/transfernetz.css', import.meta.url),
    'utf8',
  )

  const html = await showRecord(caseExample, { ...recordOf(caseExample, 'Wert'), easyLanguage })

  expect(html).toContain(`<p>${easyLanguage}</p>`)
  expect(css).toMatch(/\.tn-easy p \{\s*white-space: pre-line;/)
})

test('a step is a heading, and those in its text stand below it', async () => {
  const steps = [{ title: 'Zuhören', text: '# Wie\n\nIm Gespräch.' }]

  const html = await showRecord(caseExample, { ...recordOf(caseExample, 'Wert'), steps })

  expect(html).toMatch(/<h3 class="tn-statements__title"><bdi>Zuhören<\/bdi><\/h3>.*<h4>Wie<\/h4>/s)
})

test('the funding stands in pairs', async () => {
  const funding = {
    programme: 'Zukunftszentren',
    funder: 'Bundesministerium für Arbeit und Soziales',
    coFunders: ['Europäische Union', 'Land Berlin'],
  }

  const html = await showRecord(caseExample, { ...recordOf(caseExample, 'Wert'), funding })

  expect(textOf(html)).toContain(
    'Programm: Zukunftszentren · Gefördert durch: Bundesministerium für Arbeit und Soziales · Kofinanziert durch: Europäische Union, Land Berlin',
  )
})

test('what only centres may read says so in one wording', async () => {
  const html = await showRecord(caseExample, recordOf(caseExample, 'Wert'), {
    from: { feed: 'members' },
  })

  expect(html).toContain('<span class="tn-badge">nur für Zentren</span>')
  expect(html).toContain('members (nur für Zentren)')
})

test('only a record whose review is overdue says so', async () => {
  const record = { ...recordOf(caseExample, 'Wert'), reviewBy: '2026-03-03' }

  expect(await showRecord(caseExample, record, { today: '2026-03-04' })).toContain('steht noch aus')
  expect(await showRecord(caseExample, record, { today: '2026-03-03' })).not.toContain(
    'steht noch aus',
  )
})

test('a table can be reached and is named', async () => {
  const html = await showRecord(caseExample, recordOf(caseExample, 'Wert'))

  expect(html).toMatch(/<section class="tn-scroll" aria-label="Tabelle: Belege" tabindex="0">/)
  expect(html).toContain('<th scope="col"')
})

test('a file is offered with its type, its size and what is in it, once it is here', async () => {
  const file: Download = {
    name: 'Prüfliste <1>.pdf',
    alt: 'Sieben Fragen',
    type: 'application/pdf',
    len: 1_340_000,
  }
  const path = `/anlagen/berlin/${item.rid}/abc`
  const record = recordOf(caseExample, 'Wert')

  const here = await showRecord(caseExample, record, { downloads: [{ ...file, path }] })
  const coming = await showRecord(caseExample, record, { downloads: [file] })

  const link = here.slice(here.indexOf(`<a href="${path}">`), here.indexOf('Sieben Fragen'))
  expect(textOf(link)).toBe('Prüfliste &lt;1&gt;.pdf (PDF-Dokument, 1,3\u00a0MB)')
  expect(coming).not.toContain('/anlagen/')
  expect(textOf(coming)).toContain('wird noch von einem anderen Knoten geholt')
})

test('a text in another language is marked as such', async () => {
  const html = await showRecord(caseExample, { ...recordOf(caseExample, 'Wert'), language: 'ar' })

  expect(html).toContain('<h1 lang="ar" dir="auto">')
})

test('a list keeps its filter when one asks for more', async () => {
  const html = await list({ filter: { topic: 'ai-adoption' }, next: 'cursor' })

  expect(html).toContain('href="/fallbeispiele?topic=ai-adoption&amp;after=cursor"')
  expect(html).toContain('<option value="ai-adoption" selected="">')
})

test('a narrowed list says to what, and how to see all again', async () => {
  const filter = { topic: 'privacy-and-ai', centre: 'berlin', region: 'DE-BE' }

  const narrowed = await list({ filter })

  const title = `Fallbeispiele: ${labelOf(topics, 'privacy-and-ai')}, Zukunftszentrum Berlin, Berlin`
  expect(narrowed).toContain(`<title>${title} – Transfernetz</title>`)
  expect(textOf(narrowed.slice(narrowed.indexOf('<h1>'), narrowed.indexOf('</h1>')))).toBe(title)
  expect(narrowed).toContain('<a href="/fallbeispiele">Filter aufheben</a>')
})

test('a list that is not narrowed offers no way back', async () => {
  const html = await list({ filter: { centre: '' } })

  expect(html).toContain('<title>Fallbeispiele – Transfernetz</title>')
  expect(html).not.toContain('Filter aufheben')
})

test('the title of a list repeats no centre that is not known', async () => {
  const html = await list({ filter: { centre: 'erfunden' }, records: [] })

  expect(html).toContain('<title>Fallbeispiele – Transfernetz</title>')
})

test('a centre that rests or has ended is marked where it stands among the others', async () => {
  const counts = (status: Count['status']) => [{ ...count, status }]
  const home = async (status: Count['status']) =>
    textOf(await render(<HomeView site={site} newest={[]} counts={counts(status)} />))

  expect(await home('suspended')).toMatch(/Zukunftszentrum Berlin\s*ruht/)
  expect(await home('ended')).toMatch(/Zukunftszentrum Berlin\s*beendet/)
  expect(await home('active')).not.toMatch(/ruht|beendet/)
})

test.each([
  [
    'suspended',
    'Dieses Zentrum ruht zurzeit. Der Beitrag gilt weiter, wird aber vorerst nicht gepflegt.',
  ],
  ['ended', 'Dieses Zentrum ist beendet. Der Beitrag gilt weiter, wird aber nicht mehr gepflegt.'],
] as const)('a record of a centre that is %s says so', async (status, sentence) => {
  const said = async (now: Provenance['status']) => {
    const record = recordOf(caseExample, 'Text')
    const html = await showRecord(caseExample, record, { from: { status: now } })
    return textOf(html).replaceAll(/\s+/g, ' ')
  }

  expect(await said(status)).toContain(sentence)
  expect(await said('active')).not.toContain('Dieses Zentrum')
})

test('links of equal look say to whom they lead', async () => {
  const counts = [count, { ...count, slug: 'kiww', centre: 'KIWW' }]

  const html = await render(<HomeView site={site} newest={[]} counts={counts} />)

  const links = [...html.matchAll(/<a href="[^"]*centre=[^"]*">.*?<\/a>/gs)].map(([a]) => textOf(a))
  expect(links).toEqual([
    '9\u00a0Fallbeispiele, Zukunftszentrum Berlin',
    '9\u00a0Fallbeispiele, KIWW',
  ])
})

test('a passage marks what was looked for', async () => {
  const html = await search({ query: { q: 'Pflege' }, hits: [found], total: 1 })

  expect(html).toContain('in der <mark>Pflege</mark>')
})

test('a tombstone says who took the record back, why, and what stands in its place', async () => {
  const tombstone = { ...gone, reason: 'outdated', replacedBy: '/fallbeispiele/berlin/neu' }

  const html = await render(<TombstoneView site={site} kind={caseExample} tombstone={tombstone} />)

  expect(html).toContain('Zukunftszentrum Berlin')
  expect(html).toContain('überholt')
  expect(html).toContain('href="/fallbeispiele/berlin/neu"')
})

test.each(files)('the fixture %s makes a sound page', async (name) => {
  const record = inputOf(name)

  const html = await showRecord(kindOf(record.kind), {
    reviewBy: '2027-01-01',
    language: 'de',
    ...record,
  })

  expect(dangersOf(html)).toEqual([])
  expect(leapsOf(headingsOf(html))).toEqual([])
  expect(html).not.toMatch(/undefined|\[object|NaN/)
})
