import { describe, expect, test } from 'vitest'
import { kindOf, kinds } from '../../src/publications/kinds.ts'
import {
  complete,
  readPublished,
  readRecord,
  searchedTexts,
  searchText,
  teaserOf,
} from '../../src/publications/record.ts'
import { outline, walk } from '../../src/publications/walk.ts'
import {
  caseFile,
  files,
  fixtureId,
  inputOf,
  issOf,
  type Loose,
  recordOf,
  tableFile,
  today,
} from './fixtures.ts'

const canary = 'kanarienvogel-bleibt-im-haus'

describe('what is local', () => {
  test.each(files)('%s keeps it out of record, teaser and index', (file) => {
    const local: Loose = { internalContact: canary, notes: canary }
    if (inputOf(file).kind === 'case-example') {
      local.consent = { givenOn: '2026-01-02', scope: canary, evidence: canary }
    }
    const reading = readRecord({ ...inputOf(file), local })

    if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
    const record = complete(reading.record, [], today)
    const views = [
      record,
      teaserOf(record),
      searchText(record),
      kindOf(record.kind).mapping(record),
    ]
    expect(JSON.stringify(reading.local)).toContain(canary)
    expect(JSON.stringify(views)).not.toContain(canary)
    expect(record).not.toHaveProperty('local')
  })

  test('is refused in a content that somebody signed', () => {
    const content = { ...recordOf(caseFile), local: { notes: canary } }

    expect(readPublished(content, 'case-example')).toEqual({ ok: false, reason: 'invalid-content' })
  })
})

describe('a pulled content', () => {
  test('of a kind of the future is left alone', () => {
    const judgement = readPublished({ kind: 'hologram' }, 'hologram')

    expect(judgement).toEqual({ ok: false, reason: 'unknown-kind' })
  })

  test.each<[string, (content: Loose) => unknown]>([
    ['an unknown member', (content) => (content.color = 'red')],
    ['no review date', (content) => delete content.reviewBy],
    ['another kind than its entry says', (content) => (content.kind = 'round-table')],
    ['an unknown term', (content) => (content.topics = ['astrology'])],
    ['a lone surrogate', (content) => (content.title = 'halb \ud83d')],
  ])('with %s is not displayed', (_, change) => {
    const content = recordOf(caseFile)
    change(content)

    expect(readPublished(content, 'case-example')).toEqual({ ok: false, reason: 'invalid-content' })
  })

  test('without a language is German', () => {
    const { language: _, ...content } = recordOf(caseFile)

    expect(readPublished(content, 'case-example')).toMatchObject({ record: { language: 'de' } })
  })
})

test('the review is due after twelve months unless the record says otherwise', () => {
  const reading = readRecord({ ...inputOf(caseFile), reviewBy: '2027-03-31' })

  expect(recordOf(caseFile).reviewBy).toBe('2027-11-23')
  expect(reading.ok && complete(reading.record, [], today).reviewBy).toBe('2027-03-31')
})

test('a teaser has what lists show and filter by', () => {
  expect(teaserOf(recordOf(caseFile))).toEqual({
    kind: 'case-example',
    title: 'Getränkegroßhandel: Lieferscheine auslesen, ohne die Buchhaltung zu überrollen',
    summary: expect.stringContaining('Zwei Sachbearbeiterinnen wurden zu Prüferinnen'),
    language: 'de',
    topics: ['ai-adoption', 'skilled-labour', 'co-determination'],
    sectors: ['wz2008:G', 'wz2025:G'],
    craft: false,
    companySizes: ['small', 'medium'],
    regions: ['DE-BE', 'DE-BB'],
    keywords: expect.arrayContaining(['Belegerfassung']),
    visibility: 'public',
    reviewBy: '2027-11-23',
    own: { outcome: 'succeeded', maturity: 'established' },
    refersTo: [
      {
        field: 'usedBuildingBlocks',
        iss: issOf('berlin'),
        rid: fixtureId('berlin-baustein-stichproben.json'),
      },
    ],
  })
})

describe('the search text', () => {
  test('has every word of every field by its weight', () => {
    const record = recordOf(caseFile)

    const { A, B, C, D } = searchText(record)

    expect(A).toBe(record.title)
    expect(B).toContain('Texterkennung (OCR) mit Lernverfahren')
    expect(C).toContain('Musterquell Getränkegroßhandel GmbH')
    expect(D).toContain('Nasse Belege')
    const all = [A, B, C, D].join('\n')
    for (const leaf of walk(kindOf(record.kind).fields, record)) {
      if (leaf.as === 'line' || leaf.as === 'text') expect(all).toContain(leaf.value)
    }
  })

  test('has the German labels of terms, and Handwerk where it applies', () => {
    const { B, C } = searchText(recordOf(tableFile))

    expect(B).toContain('KI-Einführung')
    expect(C).toContain('Handwerk')
    const { C: gardeners } = searchText(recordOf('brandenburg-gartenbau-einsatzplanung.json'))
    expect(gardeners).not.toContain('Handwerk')
    expect(searchText(recordOf(caseFile)).D).toContain('Instandhaltung und Reparatur')
  })

  test('tells what somebody wrote from labels of terms, and names the part of the record', () => {
    const record = recordOf(tableFile)

    const texts = searchedTexts(record)

    expect(texts.slice(0, 2)).toEqual([
      { field: 'title', label: 'Titel', weight: 'A', text: record.title, written: true },
      {
        field: 'summary',
        label: 'Zusammenfassung',
        weight: 'B',
        text: record.summary,
        written: true,
      },
    ])
    const labels = ['KI-Einführung', 'Konsens', 'Berlin', 'Handwerk', '2026-03-19']
    const written = texts.filter((one) => one.written).map(({ text }) => text)
    expect(written.filter((text) => labels.includes(text))).toEqual([])
    expect(texts.find(({ text }) => text === 'Konsens')?.label).toBe('Erkenntnisse')
    for (const leaf of walk(kindOf(record.kind).fields, record)) {
      if (leaf.as === 'text' && leaf.weight) expect(written).toContain(leaf.value)
    }
  })

  test('has numbers as Germans write them and mailboxes, and no id', () => {
    const searched = ['brandenburg-gartenbau-einsatzplanung.json', caseFile].map((file) =>
      Object.values(searchText(recordOf(file))).join('\n'),
    )

    expect(searchText(recordOf('berlin-tischlerei-angebote.json')).D).toContain('2,5')
    expect(searched.join('\n')).toContain('transfer@zukunftszentrum-berlin.example')
    expect(searched.join('\n')).not.toMatch(/co-determination|wz2008|12060|CC BY|Öffentlich/)
  })
})

test('a walk names every value with its path and its field', () => {
  const record = recordOf(tableFile)

  const leaves = [...walk(kindOf(record.kind).fields, record)]

  expect(leaves.find(({ path }) => path === 'findings[1].consensus')).toMatchObject({
    as: 'term',
    value: 'consensus',
    weight: 'B',
    field: { label: 'Einigkeit' },
  })
  expect(leaves.map(({ path }) => path)).toEqual([...new Set(leaves.map(({ path }) => path))])
})

test('an outline keeps groups and lists and leaves out what is not there', () => {
  const { funding } = kindOf('case-example').fields
  const value = { funding: { programme: 'Zukunftszentren', funder: 'BMAS', coFunders: [] } }

  expect(outline({ funding } as Loose, value)).toMatchObject([
    {
      as: 'group',
      path: 'funding',
      parts: [{ path: 'funding.programme' }, { path: 'funding.funder', value: 'BMAS' }],
    },
  ])
})

test('a case example is an Article in the words of schema.org', () => {
  const record = recordOf(caseFile)

  expect(kindOf(record.kind).mapping(record)).toMatchObject({
    '@type': 'Article',
    inLanguage: 'de',
    license: 'https://creativecommons.org/licenses/by/4.0/',
    creator: [{ '@type': 'Organization', name: 'Beratungsteam, Zukunftszentrum Berlin' }],
    spatialCoverage: [{ name: 'Berlin', identifier: 'DE-BE' }, { name: 'Brandenburg' }],
    temporalCoverage: '2024-11-04/2025-08-29',
    'dcterms:accessRights': { '@id': expect.stringMatching(/PUBLIC$/) },
    about: expect.arrayContaining([
      expect.objectContaining({ '@id': 'https://w3id.org/transfernetz/vocab/topics/ai-adoption' }),
    ]),
  })
})

test('kinds have names, paths and questions of their own', () => {
  expect(new Set(kinds.map(({ id }) => id)).size).toBe(kinds.length)
  expect(new Set(kinds.map(({ path }) => path)).size).toBe(kinds.length)
  for (const { fields, local, own, teaser } of kinds) {
    for (const { label, question } of Object.values({ ...fields, ...local })) {
      expect(label).not.toBe('')
      expect(question).toMatch(/[.?]$/)
    }
    for (const name of teaser) expect(own).toHaveProperty(name)
    for (const name of Object.keys(local)) expect(fields).not.toHaveProperty(name)
  }
})
