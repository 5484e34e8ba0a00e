import { expect, test } from 'vitest'
import type { Copy, NodeAnswer, OwnFeed } from '../../src/exchange/node-answer.ts'
import { NodeView } from '../../src/exchange/node-view.tsx'
import { dangersOf, headingsOf, leapsOf, render } from '../support/page.ts'

const at = Date.parse('2026-03-02T09:00:00Z') / 1000
const kiww = { node: 'https://kiww.example', centres: ['KIWW'] }
const hessen = { node: 'https://hessen.example', centres: ['Hessen <b>', 'Zentrum am Main'] }
const home = { iss: 'https://berlin.example/centres/berlin', slug: 'berlin', name: 'Berlin' }

const ownFeed = (change: Partial<OwnFeed> = {}): OwnFeed => ({
  ...home,
  feed: 'public',
  epoch: 1,
  size: 1_217,
  heldBy: [{ ...kiww, size: 1_217, since: at, erasedThrough: 1_217, erasedSince: at, missing: 0 }],
  erasures: [],
  ...change,
})

const copy = (change: Partial<Copy> = {}): Copy => ({
  ...{ iss: 'https://kiww.example/centres/kiww', slug: 'kiww', name: 'KIWW', feed: 'public' },
  ...{ epoch: 1, size: 12, state: 'current', pending: 0, faults: [], withheld: [] },
  ...{ missingBlobs: 0, headIat: at, lastSuccess: at },
  ...change,
})

const show = (change: Partial<NodeAnswer> = {}, audience: 'public' | 'members' = 'public') => {
  const state: NodeAnswer = {
    origin: 'https://berlin.example',
    centres: [{ slug: 'berlin', name: 'Berlin' }],
    at,
    own: [ownFeed()],
    mirrored: [copy()],
    peers: [{ ...kiww, lastSuccess: at }],
    ...change,
  }
  const site = { centre: 'Berlin', path: '/knoten' }
  return render(<NodeView site={site} state={state} audience={audience} />)
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ')

const erasure = (seq: number, openAt: string[]) => ({
  seq,
  rid: '019cadf0-5c80-7a3e-9b51-2f4d8c6e7a10',
  at,
  confirmedBy: [kiww.node, hessen.node].filter((node) => !openAt.includes(node)),
  openAt,
})

const troubled = () =>
  show({
    own: [
      ownFeed({
        heldBy: [
          ...ownFeed().heldBy,
          { ...hessen, size: 1_215, since: at, missing: 2, missingSince: at - 3_600 },
        ],
        erasures: [erasure(900, [hessen.node]), erasure(12, [])],
      }),
    ],
    mirrored: [
      copy({ state: 'stopped', reason: 'prev', reasonSeq: 13, reasonSince: at }),
      copy({ state: 'behind', stated: 14, withheld: [3], missingBlobs: 1 }),
      copy({
        state: 'forked',
        forkedAt: 9,
        pending: 2,
        faults: [{ seq: 4, fault: 'member-unknown' }],
      }),
    ],
    peers: [kiww, { ...hessen, reason: 'unreachable', reasonSince: at }],
  })

test.each([
  ['all is well', () => show()],
  ['nothing is there yet', () => show({ own: [], mirrored: [], peers: [] })],
  ['there is trouble everywhere', troubled],
])('where %s, the page is sound', async (_, page) => {
  const html = await page()

  expect(dangersOf(html)).toEqual([])
  expect(headingsOf(html).filter((level) => level === 1)).toHaveLength(1)
  expect(leapsOf(headingsOf(html))).toEqual([])
})

test('every table says what it is about, and every value what it is, also where it is laid out as cards', async () => {
  const html = await troubled()
  const tables = html.match(/<table.*?<\/table>/gs) ?? []

  expect(tables).toHaveLength(4)
  for (const table of tables) {
    expect(table).toMatch(/^<table [^>]*role="table"><caption[^>]*>[^<]+/)
    const columns = [...table.matchAll(/<th scope="col"[^>]*role="columnheader">([^<]+)/g)]
    const rows = table.match(/<tr role="row"><th scope="row".*?<\/tr>/gs) ?? []
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const labels = [...row.matchAll(/<td [^>]*data-label="([^"]+)" role="cell"/g)]
      expect(labels.map(([, label]) => label)).toEqual(columns.slice(1).map(([, name]) => name))
    }
  }
})

test('where all is well, three sentences say so', async () => {
  const text = textOf(await show())

  expect(text).toContain('Eigene Beiträge: 1 anderer Knoten hat alle Einträge.')
  expect(text).toContain('Löschungen: bisher keine.')
  expect(text).toContain('Kopien anderer Zentren: 1, alle aktuell.')
  expect(text).toContain('alle Einträge seit 02.03.2026, 10:00 Uhr keine')
})

test('what is not well is said with number, time and reason', async () => {
  const html = await troubled()
  const text = textOf(html)

  for (const said of [
    'Eigene Beiträge: 1 von 2 anderen Knoten fehlen noch Einträge.',
    'Löschungen: 1 von 2 noch nicht überall bestätigt.',
    'Kopien anderer Zentren: 3 von 3 sind nicht aktuell.',
    '1.215 von 1.217 Einträgen 2 Einträge fehlen seit 02.03.2026, 09:00 Uhr 1 noch offen',
    '2 Löschungen, davon 1 offen',
    'Angehalten bei Eintrag 13 seit 02.03.2026, 10:00 Uhr: Der Eintrag schließt nicht an',
    'Das Zentrum meldet 14 Einträge, hier liegen 12.',
    'Der Inhalt von Eintrag 3 fehlt.',
    '1 Anlage fehlt noch.',
    'Ab Eintrag 9 hat das Zentrum zwei verschiedene Folgen unterschrieben.',
    '2 Einträge warten auf Bestätigung.',
    'Eintrag 4 ist nicht darstellbar (member-unknown).',
    'antwortet nicht Seit 02.03.2026, 10:00 Uhr: Der Knoten antwortet nicht.',
    'noch nicht gefragt',
  ]) {
    expect(text).toContain(said)
  }
  expect(html).toContain('Hessen &lt;b&gt;, Zentrum am Main')
  expect(html).toMatch(/<details class="tn-details" open/)
})

test('an own feed that contradicts itself is said above all else, and where it stands', async () => {
  const text = textOf(await show({ own: [ownFeed({ forkedAt: 1_204 }), ownFeed({ epoch: 2 })] }))

  expect(text).toContain('Eigene Beiträge: eine Beitragsfolge widerspricht sich; dort wird nichts')
  expect(
    text.match(/Ab Eintrag 1\.204 sind zwei verschiedene Folgen unterschrieben/g),
  ).toHaveLength(1)
})

test('confirmed erasures are folded away', async () => {
  const html = await show({ own: [ownFeed({ erasures: [erasure(12, [])] })] })

  expect(html).toMatch(/<details class="tn-details"><summary>/)
  expect(textOf(html)).toContain('Löschungen: 1, überall bestätigt.')
})

test('strangers are told that they see a part, and programs where the same is for them', async () => {
  const open = await show()
  const staff = await show({}, 'members')

  expect(open).toContain('Ohne Anmeldung sehen Sie nur öffentliche Beitragsfolgen.')
  expect(open).toContain('href="/api/node"')
  expect(staff).not.toContain('/api/node')
  expect(staff).toContain('noindex')
})
