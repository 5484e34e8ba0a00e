/** The search as people and programs meet it: page, interface, table, feed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { app } from '../../src/app.tsx'
import type { SearchAnswer } from '../../src/search/answer.ts'
import { followLog } from '../../src/search/follow.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'
import { dangersOf, headingsOf } from '../support/page.ts'
import { judgedRecords } from './relevance/corpus.ts'
import { asRecord, fillFeed, numbered } from './relevance/fill.ts'

type Answer = z.infer<typeof SearchAnswer>

let hub: TestHub

/** Every tenth record of the relevance suite, and what a mischievous centre might write. */
const records = judgedRecords().filter((_, n) => n % 10 === 0)
const mischief = '=HYPERLINK("https://example.org";"Klick"), <b>ganz</b> & gar'

beforeAll(async () => {
  hub = await openTestHub('berlin')
  const inputs = records.map(({ input }) => input)
  const [first] = inputs
  const all = [...inputs, { ...first, title: mischief, technologies: ['Unfugmaschine'] }]
  await fillFeed(
    hub.sql,
    all.map((input, n) => ({ rid: numbered(n), record: asRecord(input) })),
  )
  await followLog(hub)
})
afterAll(() => hub.close())

const get = (path: string, headers: { [name: string]: string } = { accept: 'text/html' }) =>
  app.request(path, { headers }, hub)

const search = async (query: string) => (await (await get(`/api/search?${query}`)).json()) as Answer

const countOf = (answer: Answer, name: keyof Answer['facets'], value: string) =>
  answer.facets[name]?.find((one) => one.value === value)?.count ?? 0

describe('narrowing', () => {
  test('counts tell what a filter would leave, and it leaves that much', async () => {
    const all = await search('q=KI')
    const lands = all.facets.land ?? []

    for (const { value, count } of lands.slice(0, 5)) {
      const { total } = await search(`q=KI&land=${value}`)
      expect(total).toBe(count)
    }
    expect(lands.length).toBeGreaterThan(5)
  })

  test('filters go together, and each still tells what its others would give', async () => {
    const all = await search('')
    const sector = all.facets.sector?.[0]?.value ?? ''
    const one = await search(`sector=${sector}`)
    const land = one.facets.land?.[0]?.value ?? ''

    const both = await search(`sector=${sector}&land=${land}`)

    expect(both.total).toBe(countOf(one, 'land', land))
    expect(both.total).toBe(countOf(both, 'sector', sector))
    expect(both.facets.land).toEqual(one.facets.land)
    expect(both.facets.sector?.length).toBeGreaterThan(1)
    for (const hit of both.hits) expect(hit.sectors).toContain(sector)
  })

  test.each([
    'kind',
    'topic',
    'sector',
    'size',
    'land',
    'centre',
    'technology',
    'maturity',
    'outcome',
    'year',
  ] as const)('by %s', async (name) => {
    const all = await search('')
    const [first] = all.facets[name] ?? []

    const { total } = await search(new URLSearchParams({ [name]: first?.value ?? '' }).toString())

    expect(total).toBe(first?.count)
    expect(total).toBeGreaterThan(0)
  })

  test.each(['land=DE-XX', 'sector=C', 'size=huge', 'topic=x', 'year=25', 'sort=x', 'maturity=x'])(
    '%s is refused with a sentence',
    async (query) => {
      const answer = await get(`/api/search?${query}`)

      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({
        faults: [{ message: expect.stringMatching(/\.$/) }],
      })
    },
  )
})

describe('the interface', () => {
  test('says why a record is a hit and shows where', async () => {
    const { hits } = await search('q=Textbausteine')

    const [hit] = hits
    expect(hit?.why[0]).toMatch(/^„Textbausteine“/)
    expect(hits.flatMap(({ passages }) => passages).length).toBeGreaterThan(0)
    for (const { passages } of hits) {
      for (const { pieces } of passages) expect(pieces.some((piece) => piece.hit)).toBe(true)
    }
  })

  test('corrects what stands nowhere, and what is in quotes never', async () => {
    const corrected = await search('q=Unfugmaschnie')
    const quoted = await search('q="Unfugmaschnie"')

    expect(corrected).toMatchObject({ corrected_to: 'Unfugmaschine', total: 1 })
    expect(quoted).toMatchObject({ total: 0, hits: [] })
    expect(quoted.corrected_to).toBeUndefined()
  })

  test('pages go on where the one before ended, without a gap or a double', async () => {
    const rids: string[] = []
    for (let after: string | null = '0'; after !== null; ) {
      const page: Answer = await search(`q=Zukunftszentrum&after=${after}`)
      rids.push(...page.hits.map(({ rid }) => rid))
      after = page.next
    }

    const { total } = await search('q=Zukunftszentrum')
    expect(rids.length).toBe(total)
    expect(new Set(rids).size).toBe(total)
    expect(total).toBeGreaterThan(20)
  })

  test('behind the last hit the page leads back to the first', async () => {
    const page = await (await get('/suche?q=Zukunftszentrum&after=400')).text()

    expect(page).toContain('So weit reicht die Liste nicht.')
    expect(page).toContain('<a href="/suche?q=Zukunftszentrum">Zum ersten Treffer</a>')
    expect(page).not.toContain('Prüfen Sie die Schreibweise')
  })

  test('who says a word twice means it once', async () => {
    expect(await search('q=KI KI ki')).toEqual(await search('q=KI'))
  })

  test('newest first is newest first', async () => {
    const { hits } = await search('q=Zukunftszentrum&sort=newest')

    const times = hits.map(({ published }) => published)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(times.length).toBe(20)
  })
})

describe('the page', () => {
  test.each([
    '/suche',
    '/suche?q=Telefon',
    '/suche?q=Telefon&land=DE-BE&size=small',
    '/suche?q=Quastenflosser&land=DE-BE',
    '/suche?q=Unfugmaschnie',
    '/suche?topic=ai-adoption&sort=newest',
    '/suche/betrieb',
    '/suche/betrieb?sector=wz2008:Q&size=small',
    `/suche?q=${encodeURIComponent(mischief)}`,
  ])('%s is a whole page that can do no harm', async (path) => {
    const answer = await get(path)
    const html = await answer.text()

    expect(answer.status).toBe(200)
    expect(dangersOf(html)).toEqual([])
    expect(headingsOf(html).filter((level) => level === 1)).toHaveLength(1)
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('says what it looked for instead, and how to look for what was typed', async () => {
    const html = await (await get('/suche?q=Unfugmaschnie')).text()

    expect(html).toContain('gesucht wurde nach')
    expect(html).toContain('href="/suche?q=%22Unfugmaschnie%22"')
  })

  test('helps on where nothing is found: which filter to drop, and how many hits that brings', async () => {
    const html = await (await get('/suche?q=Unfugmaschine&land=DE-HH&kind=case-example')).text()
    const nothing = await (await get('/suche?q=Quastenflosser&land=DE-HH&kind=case-example')).text()

    const text = html.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')
    expect(html).toContain('href="/suche?q=Unfugmaschine&amp;kind=case-example"')
    expect(text).toContain('Ohne „Hamburg“ suchen: 1 Treffer')
    expect(text).not.toContain('Ohne „Fallbeispiel“ suchen')
    expect(nothing).toContain('Ohne Eingrenzung suchen')
    expect(nothing).toContain('href="/fachfragen"')
  })

  test('a record leads to similar ones, and not to itself', async () => {
    const html = await (await get(`/fallbeispiele/berlin/${numbered(0)}`)).text()

    const [, section = ''] = html.split('id="aehnlich"')
    const links = [...(section.split('</section>')[0]?.matchAll(/href="([^"]+)"/g) ?? [])]
    expect(links.length).toBeGreaterThan(0)
    expect(links.map(([, path]) => path)).not.toContain(`/fallbeispiele/berlin/${numbered(0)}`)
  })
})

test('cases for a company: the more they have in common the further up, and they say what', async () => {
  const answer = await get('/api/search/company?sector=wz2008:Q&land=DE-BE&size=small')
  const { hits } = (await answer.json()) as Answer

  const shared = hits.map(({ why }) => why.join())
  const scores = shared.map(
    (why) =>
      (/Wirtschaftszweig/.test(why) ? 4 : 0) +
      (/größe/.test(why) ? 2 : 0) +
      (/Land/.test(why) ? 1 : 0),
  )
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  expect(scores[0]).toBeGreaterThan(4)
  expect(hits.every(({ kind }) => kind === 'case-example')).toBe(true)
})

test('nothing known of a company, no cases', async () => {
  const answer = await get('/api/search/company')

  expect(await answer.json()).toEqual({ hits: [] })
})

describe('the list in other forms', () => {
  test('a table holds what the page shows, and no formula', async () => {
    const answer = await get('/suche.csv?q=Klick')
    const text = await answer.text()

    expect(answer.headers.get('content-type')).toContain('text/csv')
    const [head, ...rows] = text.replace('\ufeff', '').trimEnd().split('\r\n')
    expect(head?.split(';')[0]).toBe('Titel')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatch(/^"'=HYPERLINK\(""https/)
    expect(rows[0]).toContain('https://berlin.example/fallbeispiele/berlin/')
  })

  const rowsOf = async (query: string) =>
    (await (await get(`/suche.csv?${query}`)).text()).trimEnd().split('\r\n').slice(1)

  test('a table holds the whole list, in its order', async () => {
    const { total, hits } = await search('q=Zukunftszentrum')

    const rows = await rowsOf('q=Zukunftszentrum')

    expect(rows).toHaveLength(total)
    expect(total).toBeGreaterThan(hits.length)
    for (const [n, { page }] of hits.entries()) expect(rows[n]).toContain(page)
  })

  test('as JSON the list comes in the pages of the interface', async () => {
    const first = await search('q=Zukunftszentrum')
    const [one, next] = await Promise.all(
      ['', `&after=${first.next}`].map(async (more) =>
        (await get(`/suche.json?q=Zukunftszentrum${more}`)).json(),
      ),
    )

    expect(one).toEqual(first)
    expect(first.hits).toHaveLength(20)
    expect(next).toEqual(await search(`q=Zukunftszentrum&after=${first.next}`))
  })

  test('what has no pages is asked for none', async () => {
    const answers = await Promise.all(['csv', 'atom'].map((form) => get(`/suche.${form}?after=20`)))

    expect(answers.map(({ status }) => status)).toEqual([400, 400])
  })

  test('a feed has the newest, in well-formed XML, and says what was taken back', async () => {
    const gone = numbered(1)
    await hub.sql`
      update records set state = 'withdrawn', teaser = null, changed = ${Math.floor(hub.now() / 1000)}
      where rid = ${gone}
    `

    const answer = await get('/suche.atom?q=Zukunftszentrum')
    const text = await answer.text()

    expect(answer.headers.get('content-type')).toContain('application/atom+xml')
    expect(text).toContain('=HYPERLINK(&quot;https://example.org&quot;')
    expect(text).not.toMatch(/<b>|& |&(?!(amp|lt|gt|quot|#39);)/)
    expect(text).toContain(`<at:deleted-entry ref="https://berlin.example/centres/berlin#${gone}"`)
    expect(text).not.toContain(`<id>https://berlin.example/centres/berlin#${gone}</id>`)
    const times = [...text.matchAll(/<entry>.*?<updated>([^<]+)/g)].map(([, time = '']) => time)
    expect(times).toEqual(times.toSorted().reverse())
    expect(times.length).toBeGreaterThan(20)
  })

  test('as one types, titles of some kinds are proposed, and little else', async () => {
    const titles = async (query: string) => {
      const answer = await get(`/suche/titel.json?${query}`)
      return (await answer.json()) as Pick<Answer, 'hits'>
    }
    const { facets } = await search('q=Betrieb')
    const [one, other] = (facets.kind ?? []).map(({ value }) => value)

    const [some, all, none] = await Promise.all([
      titles(`q=Betrieb&kinds=${one},${other}`),
      titles('q=Betrieb'),
      titles('q='),
    ])

    expect(new Set(some.hits.map(({ kind }) => kind))).toEqual(new Set([one, other]))
    expect(all.hits.map(({ rid }) => rid)).toEqual(
      (await search('q=Betrieb')).hits.slice(0, 8).map(({ rid }) => rid),
    )
    expect(all.hits[0]).not.toHaveProperty('passages')
    expect(none.hits).toHaveLength(8)
    expect((await get('/suche/titel.json?q=Betrieb&kinds=x')).status).toBe(400)
  })

  test('the page names its other forms', async () => {
    const html = await (await get('/suche?q=Telefon&land=DE-BE')).text()

    for (const form of ['atom', 'csv', 'json']) {
      const [, path = ''] = html.match(`href="(/suche\\.${form}[^"]+)"`) ?? []
      expect((await get(path.replaceAll('&amp;', '&'))).status).toBe(200)
    }
  })
})
