import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { connect } from '../src/database/connect.ts'
import { type EmbeddedDatabase, startEmbedded } from '../src/database/embedded.ts'
import type { NodeAnswer } from '../src/exchange/node-answer.ts'
import { silent, temporaryDirectory } from './support/database.ts'
import { pdfOf } from './support/files.ts'
import {
  endAll,
  endPostgres,
  eventually,
  freePorts,
  type Program,
  postgresIn,
  root,
  runCli,
  startCli,
  until,
} from './support/program.ts'

// Processes of their own need time where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const slugs = ['kiww', 'berlin', 'brandenburg'] as const
type Slug = (typeof slugs)[number]

interface Fixture {
  title: string
  solution?: string
  kind: string
  visibility: 'public' | 'members'
  centre: Slug
  then?: { op: 'withdraw' | 'erase' }
}

interface Shown {
  slug: string
  rid: string
  title: string
}

let place: string
let dataDir: string
let port: number
let demo: Program
let database: EmbeddedDatabase
let fixtures: Fixture[]

/** The demo's environment: all that the command line is told. */
const env = () => ({ DATA_DIR: dataDir })
const originOf = (slug: Slug) => `http://localhost:${port + slugs.indexOf(slug)}`
const centreOf = (slug: Slug) => `${originOf(slug)}/centres/${slug}`
const startDemo = async () => {
  demo = startCli(['demo'], { ...env(), DEMO_PORT: String(port) })
  await demo.says('Bereit nach')
}

beforeAll(async () => {
  place = await temporaryDirectory()
  dataDir = join(place, 'first')
  port = await freePorts(3)
  fixtures = await readFixtures()
  await startDemo()
  database = await startEmbedded({ directory: join(dataDir, 'postgres'), log: silent })
})
afterAll(async () => {
  await database?.stop()
  await endAll()
  await endPostgres(dataDir)
  await rm(place, { recursive: true, force: true })
})

const readJson = async (path: string) => JSON.parse(await readFile(join(root, path), 'utf8'))

const readFixtures = async (): Promise<Fixture[]> => {
  const list: { file: string; centre: Slug }[] = await readJson('fixtures/demo.json')
  return Promise.all(
    list.map(async ({ file, ...item }) => ({
      ...(await readJson(`fixtures/records/${file}`)),
      ...item,
    })),
  )
}

const isPublic = ({ visibility, then }: Fixture) => visibility === 'public' && !then

const get = (slug: Slug, path: string, accept = 'application/json') =>
  fetch(originOf(slug) + path, { headers: { accept } })

const getJson = async (slug: Slug, path: string) => (await get(slug, path)).json()

const page = async (slug: Slug, path: string) => (await get(slug, path, 'text/html')).text()

/** Every record that a node shows to the public. */
const shownAt = async (slug: Slug): Promise<Shown[]> => {
  const shown: Shown[] = []
  for (let next: string | null = ''; next !== null; ) {
    const answer = await getJson(slug, `/api/records?limit=7&after=${next}`)
    shown.push(...answer.records)
    next = answer.next
  }
  return shown
}

const find = async (slug: Slug, words: string): Promise<Shown[]> =>
  (await getJson(slug, `/api/search?q=${encodeURIComponent(words)}`)).hits

const inDatabase = async <T>(
  slug: Slug,
  act: (sql: ReturnType<typeof connect>) => Promise<T>,
  of = database,
): Promise<T> => {
  const sql = connect(of.url(`transfernetz_${slug}`), { max: 1 })
  try {
    return await act(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const ask = <T extends object>(slug: Slug, query: string, from = database): Promise<T[]> =>
  inDatabase(slug, (sql) => sql.unsafe<T[]>(query), from)

/** Everything in every table of a node, as text. */
const everythingAt = (slug: Slug) =>
  inDatabase(slug, async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public'
    `
    const rows: object[] = []
    for (const { name } of tables) rows.push(await sql`select * from ${sql(name)}`)
    return JSON.stringify(rows, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString() : value,
    )
  })

const publications = (slug: Slug, from = database) =>
  ask<{ iss: string; count: number }>(
    slug,
    `select f.iss, count(*) as count from entries e join feeds f on f.id = e.feed_id
    where e.op = 'publish' group by f.iss order by f.iss`,
    from,
  )

const expectedPublications = (origin = originOf) =>
  slugs
    .map((slug) => ({
      iss: `${origin(slug)}/centres/${slug}`,
      count: fixtures.filter(({ centre }) => centre === slug).length,
    }))
    .toSorted((a, b) => (a.iss < b.iss ? -1 : 1))

const file = async (name: string, content: string | Buffer) => {
  const path = join(place, name)
  await writeFile(path, content)
  return path
}

/** A record of Berlin's that nothing is wrong with. */
const goodRecord = (): Promise<Record<string, unknown>> =>
  readJson('fixtures/records/berlin-hotel-dienstplan.json')

const publishGood = async (title: string, ...options: string[]) => {
  const path = await file(`${title}.json`, JSON.stringify({ ...(await goodRecord()), title }))
  const ran = await runCli(['publish', path, '--centre', 'berlin', ...options], env())
  expect(ran).toMatchObject({ code: 0, err: '' })
  return ran.out.match(/Beitrag ([0-9a-f-]{36})/)?.[1] ?? ''
}

test('at its first start the demo says what runs where, and answers on this machine by every name', async () => {
  for (const slug of slugs) expect(demo.said()).toContain(originOf(slug))
  expect(demo.said()).toContain('npx transfernetz publish')
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    for (const offset of slugs.keys()) {
      const ready = await fetch(`http://${host}:${port + offset}/readyz`)
      expect(await ready.json()).toEqual({ status: 'ready' })
    }
  }
})

test('every public record is shown and found at every node, once', async () => {
  const expected = fixtures.filter(isPublic).map(({ title }) => title)

  for (const slug of slugs) {
    await eventually(async () => {
      const shown = await shownAt(slug)
      expect(shown.map(({ title }) => title).toSorted()).toEqual(expected.toSorted())
    })
    for (const title of expected) {
      await eventually(async () => {
        expect((await find(slug, title))[0]).toMatchObject({ title })
      })
    }
    expect(await publications(slug)).toEqual(expectedPublications())
  }
})

test('records for centres alone are at every node, and on no public page', async () => {
  const secret = fixtures.filter(({ visibility }) => visibility === 'members')
  expect(secret.length).toBeGreaterThan(1)

  for (const slug of slugs) {
    const held = await ask<{ title: string; rid: string }>(
      slug,
      `select teaser ->> 'title' as title, rid from records where feed = 'members' and teaser is not null`,
    )
    expect(held.map(({ title }) => title).toSorted()).toEqual(
      secret.map(({ title }) => title).toSorted(),
    )
    const pages = await Promise.all(
      ['/', '/fallbeispiele', '/runde-tische'].map((p) => page(slug, p)),
    )
    const titles = (await shownAt(slug)).map(({ title }) => title)
    for (const { title, rid } of held) {
      const found = await find(slug, title)
      expect([...titles, ...found.map((hit) => hit.title)]).not.toContain(title)
      expect(pages.join()).not.toContain(title)
      for (const centre of slugs) {
        expect((await get(slug, `/api/records/${centre}/${rid}`)).status).toBe(404)
        expect((await get(slug, `/fallbeispiele/${centre}/${rid}`, 'text/html')).status).toBe(404)
      }
    }
  }
})

test('companies have been referred, and each stands at the same point on both sides', async () => {
  const states = (slug: Slug) =>
    ask<{ id: string; state: string }>(slug, 'select id, state from referrals order by id')
  const expected = ['received', 'completed', 'declined', 'received']

  await eventually(async () => {
    const [berlin, brandenburg] = [await states('berlin'), await states('brandenburg')]
    expect(berlin.map(({ state }) => state)).toEqual(expected)
    expect(brandenburg).toEqual(berlin)
  })
  expect(await states('kiww')).toEqual([])
})

test('what was withdrawn or erased says so at every node, and of what was erased nothing is left', async () => {
  const erased = fixtures.find(({ then }) => then?.op === 'erase')
  const kept = fixtures.find((fixture) => isPublic(fixture) && fixture.solution)

  for (const slug of slugs) {
    const gone = await ask<{ rid: string; centre: string }>(
      slug,
      `select r.rid, c.slug as centre from records r join centres c on c.entity_id = r.iss
      where state <> 'published'`,
    )
    expect(gone).toHaveLength(2)
    for (const { rid, centre } of gone) {
      const answer = await get(slug, `/fallbeispiele/${centre}/${rid}`, 'text/html')
      expect(answer.status).toBe(410)
      expect((await get(slug, `/api/records/${centre}/${rid}`)).status).toBe(410)
    }
    const everything = await everythingAt(slug)
    for (const words of [kept?.title, kept?.solution]) expect(everything).toContain(words)
    for (const words of [erased?.title, erased?.solution]) expect(everything).not.toContain(words)
  }
})

test('what is published beside the running demo is found at the others, and a new version replaces it', async () => {
  const rid = await publishGood('Quittenmarmelade aus dem Wedding')
  for (const slug of ['kiww', 'brandenburg'] as const) {
    await eventually(async () => {
      expect(await find(slug, 'Quittenmarmelade')).toMatchObject([{ rid, slug: 'berlin' }])
    })
    expect(await page(slug, `/fallbeispiele/berlin/${rid}`)).toContain('unterschrieben von')
  }

  expect(await publishGood('Birnenmus aus dem Wedding', '--record', rid)).toBe(rid)

  for (const slug of ['kiww', 'brandenburg'] as const) {
    await eventually(async () => {
      expect(await find(slug, 'Birnenmus')).toMatchObject([{ rid, ver: 2 }])
    })
    expect(await find(slug, 'Quittenmarmelade')).toEqual([])
  }
})

test('a round table is endorsed at the command line, and each node shows by whom', async () => {
  const { title } = await readJson('fixtures/records/berlin-runder-tisch-ki-kleinbetriebe.json')
  const { rid } = (await shownAt('berlin')).find((record) => record.title === title) as Shown
  const marks = (count: number) =>
    eventually(async () => {
      for (const slug of slugs) {
        const html = await page(slug, `/runde-tische/berlin/${rid}`)
        expect(html).toContain(`mitgezeichnet: ${count} von 2`)
        expect(html).toContain('Bundesweites Regal')
      }
    })
  await marks(1)

  const args = ['--centre', 'brandenburg', '--role', 'party']
  const again = await runCli(['endorse', rid, ...args], env())
  const back = await runCli(['retract', `berlin/${rid}`, ...args], env())
  await marks(0)
  const anew = await runCli(
    ['endorse', `${originOf('kiww')}/runde-tische/berlin/${rid}`, ...args],
    env(),
  )
  await marks(1)

  expect(again).toMatchObject({ code: 1, err: 'Das hat Ihr Zentrum schon erklärt.\n' })
  expect(back.out).toMatch(/^Mitzeichnung zurückgenommen: Beitrag \S+, Fassung 1; Eintrag \d+\.\n$/)
  expect(anew).toMatchObject({ code: 0, out: expect.stringMatching(/^Mitgezeichnet: /) })
})

test('a file that lies beside a record travels with it', async () => {
  await file('Prüfliste.pdf', pdfOf(300_000))
  const attachments = [{ file: 'Prüfliste.pdf', alt: 'Sieben Fragen' }]
  const record = { ...(await goodRecord()), title: 'Rübenkraut mit Anlage', attachments }
  const path = await file('anlage.json', JSON.stringify(record))

  const { code, out } = await runCli(['publish', path, '--centre', 'berlin'], env())
  const rid = out.match(/Beitrag ([0-9a-f-]{36})/)?.[1]

  expect(code).toBe(0)
  await eventually(async () => {
    const shown = await page('kiww', `/fallbeispiele/berlin/${rid}`)
    const link = shown.match(/<a href="(\/anlagen\/[^"]+)"><bdi>Prüfliste.pdf<\/bdi>/)?.[1]
    const answer = await fetch(originOf('kiww') + link)
    expect(Buffer.from(await answer.arrayBuffer()).equals(pdfOf(300_000))).toBe(true)
  })
})

test('a record is withdrawn, another erased: gone at the others too', async () => {
  const [outdated, revoked] = await Promise.all([
    publishGood('Ein Zwetschgendatschi'),
    publishGood('Ein Holundersirup'),
  ])
  await eventually(async () => {
    expect(await find('kiww', 'Zwetschgendatschi')).toHaveLength(1)
    expect(await find('kiww', 'Holundersirup')).toHaveLength(1)
  })

  const take = (verb: string, rid: string, reason: string) =>
    runCli([verb, rid, '--centre', 'berlin', '--reason', reason], env())
  const [withdrawn, erased] = await Promise.all([
    take('withdraw', outdated, 'outdated'),
    take('erase', revoked, 'consent-revoked'),
  ])

  expect(withdrawn).toMatchObject({ code: 0, out: expect.stringContaining('Zurückgezogen') })
  expect(erased).toMatchObject({ code: 0, out: expect.stringContaining('Gelöscht') })
  await eventually(async () => {
    for (const rid of [outdated, revoked]) {
      expect((await get('kiww', `/api/records/berlin/${rid}`)).status).toBe(410)
    }
  })
  const kept = await everythingAt('kiww')
  expect(kept).toContain('Zwetschgendatschi')
  expect(kept).not.toContain('Holundersirup')
  const refused = await Promise.all([
    take('withdraw', revoked, 'outdated'),
    take('withdraw', 'abc', 'outdated'),
    take('erase', outdated, 'langweilig'),
  ])
  expect(refused).toMatchObject([
    { code: 1, err: 'Dieser Beitrag ist nicht veröffentlicht.\n' },
    { code: 1, err: '„abc“ ist keine Kennung eines Beitrags (UUID der Version 7).\n' },
    { code: 1, err: expect.stringMatching(/^Als Grund gilt nur: consent-revoked, /) },
  ])
})

test('a bad file gets every fault with its path, and nothing is stored', async () => {
  const good = await goodRecord()
  const files: [string, string | Buffer, string[]][] = [
    ['no-json', 'hallo', ['Das ist kein gültiges JSON']],
    ['half', '{"kind":\n "case-ex', ['Das ist kein gültiges JSON (Zeile 2, Spalte 10)']],
    ['twice', JSON.stringify(good).replace('{', '{"title":"A",'), ['mehrfach']],
    [
      'several',
      JSON.stringify({
        ...good,
        foo: 1,
        title: 'TITLE',
        summary: 'a\u0000b',
        challenge: 'a\ud800b',
        solution: 'x'.repeat(9_000),
        steps: [{ title: 7 }],
        lessons: 5,
        topics: ['nope'],
      }).replace('"TITLE"', '9007199254740992'),
      [
        '8 Fehler',
        'foo: Ein Feld „foo“ gibt es hier nicht.',
        'title: Das Feld „Titel“ muss ein Text sein, angegeben ist eine Zahl.',
        'summary: ',
        'Steuerzeichen',
        'challenge: ',
        'unvollständige Schriftzeichen',
        'solution: Das Feld „Lösung“ ist zu lang: 9.000 Zeichen',
        'steps[0].title: ',
        'lessons: ',
        'topics[0]: ',
      ],
    ],
    ['large', JSON.stringify({ ...good, solution: 'x'.repeat(1 << 20) }), ['zu groß']],
    ['latin-1', Buffer.from(JSON.stringify(good), 'latin1'), ['nicht in UTF-8']],
    [
      'without-file',
      JSON.stringify({ ...good, attachments: [{ file: 'nirgends.pdf', alt: 'Nichts' }] }),
      ['attachments[0].file: Die Datei „nirgends.pdf“ liegt nicht neben dem Beitrag.'],
    ],
    ['list', '[]', ['Ein Beitrag ist ein JSON-Objekt.']],
  ]
  const before = await publications('berlin')

  await Promise.all(
    files.map(async ([name, content, faults]) => {
      const path = await file(`${name}.json`, content)
      const { code, out, err } = await runCli(['publish', path, '--centre', 'berlin'], env())
      expect({ name, code, out }).toEqual({ name, code: 1, out: '' })
      for (const fault of [path, 'nichts wurde veröffentlicht', ...faults]) {
        expect(err).toContain(fault)
      }
      expect(err).not.toContain('    at ')
    }),
  )

  expect(await publications('berlin')).toEqual(before)
})

test('what is no file, and a centre that nobody knows, are said in one sentence', async () => {
  const path = await file('good.json', JSON.stringify(await goodRecord()))
  const publish = async (name: string, centre: string) => {
    const { code, err } = await runCli(['publish', name, '--centre', centre], env())
    expect(code).toBe(1)
    return err
  }

  const said = await Promise.all([
    publish(place, 'berlin'),
    publish('/nowhere.json', 'berlin'),
    publish(path, 'hessen'),
  ])
  expect(said).toEqual([
    `Die Datei ${place} lässt sich nicht lesen.\n`,
    'Die Datei /nowhere.json lässt sich nicht lesen.\n',
    'Für das Zentrum „hessen“ spricht dieser Knoten nicht, nur für: kiww, berlin, brandenburg.\n',
  ])
})

test('the status names every feed at every node, and no trouble', async () => {
  const { code, out } = await runCli(['status'], env())

  expect(code).toBe(0)
  for (const slug of slugs) expect(out).toContain(originOf(slug))
  expect(out.match(/Zukunftszentrum Berlin +öffentlich/g)).toHaveLength(3)
  expect(out.match(/eigene Beitragsfolge/g)).toHaveLength(6)
  expect(out).not.toContain('!')
})

test('the status says as JSON, too, who holds what Berlin has written, at every node', async () => {
  await eventually(async () => {
    // However much there is to log, what a program reads is JSON and nothing else.
    const { out } = await runCli(['status', '--json'], { ...env(), LOG_LEVEL: 'info' })
    const nodes: NodeAnswer[] = JSON.parse(out)
    const berlin = nodes.find(({ origin }) => origin === originOf('berlin'))
    expect(nodes.map(({ origin }) => origin)).toEqual(slugs.map(originOf))
    expect(berlin?.own.map(({ feed }) => feed)).toEqual(['public', 'members'])
    for (const { heldBy, size } of berlin?.own ?? []) {
      expect(heldBy).toMatchObject([
        { centres: ['KIWW'], size, missing: 0, erasedThrough: size },
        { centres: ['Zukunftszentrum Brandenburg'], size, missing: 0, erasedThrough: size },
      ])
    }
  })
})

test('a feed is verified from any node; without proof there is a reason', async () => {
  const verify = (...args: string[]) => runCli(['verify', ...args], env())
  const berlin = centreOf('berlin')
  const down = `http://localhost:${await freePorts()}`

  const proofs = await Promise.all([
    verify(berlin),
    ...slugs.map((slug) => verify(berlin, '--from', originOf(slug))),
  ])
  const shared = await verify(berlin, '--feed', 'members', '--from', originOf('brandenburg'))
  const [unknown, absent, noAddress] = await Promise.all([
    verify(`${originOf('berlin')}/centres/hessen`),
    verify(berlin, '--from', down),
    verify(berlin, '--from', 'foo:bar'),
  ])

  for (const { code, out } of proofs) {
    const proof = expect.stringMatching(
      /^Bestätigt: Zukunftszentrum Berlin.*„öffentlich“.*\n.*\n.*lückenlos.*\n.*\n {2}Anlagen +\d+ vorhanden/,
    )
    expect({ code, out }).toEqual({ code: 0, out: proof })
  }
  const sources = proofs.map(({ out }) => out.match(/geholt von (.*)/)?.[1])
  expect(sources).toEqual([originOf('berlin'), ...slugs.map(originOf)])
  expect(shared).toMatchObject({ code: 0, out: expect.stringContaining('„nur für Zentren“') })
  expect(unknown).toEqual({ code: 1, out: '', err: expect.stringContaining('centre-unknown') })
  expect(absent).toEqual({ code: 1, out: '', err: expect.stringContaining('unreachable') })
  expect(noAddress).toMatchObject({ code: 1, err: expect.stringMatching(/^„foo:bar“ ist keine/) })
})

test('what a liar on the way changes is found out, with the first reason', async () => {
  type Page = { entries: { entry: string; content?: string }[]; head: string; next_after: number }
  const lies: [string[], (page: Page) => void][] = [
    [
      ['bei Eintrag 2:', 'content-digest'],
      ({ entries }) => {
        const [, second] = entries
        const content = Buffer.from(second?.content ?? '', 'base64url').toString()
        Object.assign(second ?? {}, {
          content: Buffer.from(content.replace('a', 'b')).toString('base64url'),
        })
      },
    ],
    [
      ['bei Eintrag 3:', 'signature'],
      ({ entries }) => {
        const third = entries[2] ?? { entry: '' }
        const end = third.entry.lastIndexOf('.')
        const signature = Buffer.from(third.entry.slice(end + 1), 'base64url')
        signature.writeUInt8(signature.readUInt8(5) ^ 1, 5)
        third.entry = `${third.entry.slice(0, end)}.${signature.toString('base64url')}`
      },
    ],
    [
      ['bei Eintrag 1:', 'seq'],
      ({ entries }) => {
        entries.reverse()
      },
    ],
    [
      ['head: beyond'],
      (page) => {
        page.entries.pop()
        page.next_after--
      },
    ],
  ]
  for (const [reasons, lie] of lies) {
    const liar = createServer(async (request, response) => {
      const answer = await fetch(originOf('kiww') + request.url)
      const told = (await answer.json()) as Page
      lie(told)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(told))
    })
    onTestFinished(() => void liar.close())
    await once(liar.listen(0, '127.0.0.1'), 'listening')
    const from = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`

    const { code, out, err } = await runCli(['verify', centreOf('berlin'), '--from', from], env())

    expect({ code, out }).toEqual({ code: 1, out: '' })
    for (const reason of reasons) expect(err).toContain(reason)
  }
})

test('what keeps the demo from starting is said in one sentence', async () => {
  const start = (change: Record<string, string>) => runCli(['demo'], { ...env(), ...change })
  const other = join(place, 'other')
  const said = async (change: Record<string, string>) => {
    const { code, err } = await start(change)
    expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
    return err
  }

  expect(await said({ DEMO_PORT: String(port + 10) })).toContain(`gehören zu Port ${port}`)
  expect(await said({ DATA_DIR: other, DEMO_PORT: String(port + 1) })).toContain(
    `Der Port ${port + 1} ist schon belegt.`,
  )
  // Nothing was made that would hold the next start to the port that was taken.
  expect(await postgresIn(other)).toBeUndefined()
  expect(await readFile(join(other, 'demo.json')).catch(() => 'none')).toBe('none')
  expect(await said({ DEMO_PORT: '65534' })).toContain('DEMO_PORT muss eine Zahl zwischen 1 und')
  const inFile = join(await file('file', ''), 'data')
  expect(await said({ DATA_DIR: inFile })).toContain(`In ${inFile} lässt sich nichts speichern`)
  expect(await said({ DATA_DIR: '/proc/transfernetz' })).toContain('lässt sich nichts speichern')
  await mkdir(join(place, 'broken'))
  await file('broken/demo.json', '{"port":')
  expect(await said({ DATA_DIR: join(place, 'broken') })).toContain('demo.json lässt sich nicht')
})

test('stopped by a service manager, it leaves nothing behind; what is published meanwhile travels after the next start', async () => {
  await database.stop()
  expect(await demo.end('SIGTERM')).toEqual({ code: 0, signal: null })
  expect(await postgresIn(dataDir)).toBeUndefined()

  const rid = await publishGood('Rhabarberkompott über Nacht')
  expect(await postgresIn(dataDir)).toBeUndefined()
  await startDemo()

  for (const slug of slugs) {
    await eventually(async () => {
      expect(await find(slug, 'Rhabarberkompott')).toMatchObject([{ rid }])
      expect(await find(slug, 'Birnenmus')).toHaveLength(1)
    })
  }
})

test('killed without warning, it starts again with all its data, and Ctrl-C ends it with its database', async () => {
  await demo.end('SIGKILL')
  const orphan = await postgresIn(dataDir)
  expect(orphan).toBeGreaterThan(0)

  await startDemo()

  expect(await find('brandenburg', 'Rhabarberkompott')).toHaveLength(1)
  await publishGood('Mirabellen nach dem Sturm')
  await eventually(async () => expect(await find('kiww', 'Mirabellen')).toHaveLength(1))
  // As npm does it: it passes on what the terminal has sent already.
  process.kill(demo.pid, 'SIGINT')
  await demo.says('wird beendet')
  expect(await demo.end('SIGINT')).toEqual({ code: 0, signal: null })
  expect(await postgresIn(dataDir)).toBeUndefined()
})

test('killed twice and stopped once during its first start, it has every record exactly once in the end', async () => {
  const own = { DATA_DIR: join(place, 'interrupted'), DEMO_PORT: String(await freePorts(3)) }
  onTestFinished(() => endPostgres(own.DATA_DIR))
  const exists = (path: string) => () =>
    readFile(join(own.DATA_DIR, path)).then(
      () => true,
      () => false,
    )
  const signed = (centre: string) => async () => {
    const [entry] = await journalOf(join(own.DATA_DIR, centre, 'journal'))
    return (entry?.seq ?? 0) >= 2
  }
  const interrupt = async (signal: NodeJS.Signals, when: () => Promise<boolean>) => {
    const program = startCli(['demo'], own)
    await until(when, 'the moment to interrupt')
    const { code } = await program.end(signal)
    expect(program.said()).not.toContain('Bereit')
    return code
  }

  await interrupt('SIGKILL', exists('demo.json'))
  await interrupt('SIGKILL', signed('berlin'))
  expect(await interrupt('SIGINT', signed('brandenburg'))).toBe(0)
  expect(await postgresIn(own.DATA_DIR)).toBeUndefined()
  const last = startCli(['demo'], own)
  await last.says('Bereit nach')

  const joined = await startEmbedded({ directory: join(own.DATA_DIR, 'postgres'), log: silent })
  onTestFinished(() => joined.stop())
  const origin = (slug: Slug) => `http://localhost:${Number(own.DEMO_PORT) + slugs.indexOf(slug)}`
  for (const slug of slugs) {
    await eventually(async () => {
      expect(await publications(slug, joined)).toEqual(expectedPublications(origin))
    })
    const states = await ask<{ state: string; count: number }>(
      slug,
      'select state, count(*) from records group by state order by state',
      joined,
    )
    expect(states).toEqual([
      { state: 'erased', count: 1 },
      { state: 'published', count: fixtures.length - 2 },
      { state: 'withdrawn', count: 1 },
    ])
  }
  await joined.stop()
  expect(await last.end('SIGTERM')).toMatchObject({ code: 0 })
})

/** What the signer's journal in a directory holds, the longest feed first. */
const journalOf = async (directory: string): Promise<{ seq: number }[]> => {
  const names = await readdir(directory).catch(() => [])
  const entries = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readFile(join(directory, name))),
  )
  return entries
    .map((entry) => JSON.parse(entry.toString()) as { seq?: number } | null)
    .flatMap((entry) => (entry?.seq === undefined ? [] : [{ seq: entry.seq }]))
    .toSorted((a, b) => b.seq - a.seq)
}
