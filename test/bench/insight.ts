/** The nationwide view over 50,000 records of 14 centres: each page as the server makes it. */
import { join } from 'node:path'
import { connect } from '../../src/database/connect.ts'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { nodeState } from '../../src/exchange/node-state.ts'
import type { Db, Hub } from '../../src/hub.ts'
import { latestArrivals } from '../../src/insight/arrivals-store.ts'
import { candidatesPage } from '../../src/insight/candidates.ts'
import { figuresOf } from '../../src/insight/figures.ts'
import { followLog } from '../../src/insight/follow.ts'
import { draftNewsletter } from '../../src/insight/newsletter.ts'
import { recountFigures } from '../../src/insight/store.ts'

/** Pages are built: Node runs no JSX by itself. */
const { app } = (await import('../../dist/app.js' as string)) as typeof import('../../src/app.tsx')

const records = 50_000
const rounds = 100
const month = { von: '2025-09-01', bis: '2025-09-30' }

export const benchInsight = async (database: EmbeddedDatabase) => {
  await database.ensureDatabase('insight')
  const sql = connect(database.url('insight'), { max: 4 })
  try {
    await migrate(sql, join(import.meta.dirname, '../../migrations'))
    await fill(sql)
    const hub = hubOn(sql)
    const following = await lasting(() => followLog(hub))
    const recounting = await lasting(() => recountFigures(sql))
    const { total } = await figuresOf(hub, 'members', {})
    if (total !== records) throw new Error(`counted ${total}`)
    const pages: Awaited<ReturnType<typeof measure>>[] = []
    for (const [name, ask] of Object.entries(asking(hub))) pages.push(await measure(name, ask))
    // Of the whole run, which also made up the records.
    const mostRss = process.resourceUsage().maxRSS * 1024
    return { following, recounting, pages, mostRss }
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Pages need no more of a hub than this. */
const hubOn = (sql: Db) =>
  ({
    sql,
    now: () => Date.parse('2026-03-02T09:00:00Z'),
    config: { origin: 'https://z1.example', centres: [{ slug: 'z1', name: 'Z1', regions: [] }] },
    log: console,
  }) as unknown as Hub

/** What staff alone may see is asked for below its page. */
const asking = (hub: Hub): Record<string, () => Promise<unknown>> => ({
  '/zahlen': () => page(hub, '/zahlen'),
  '/zahlen?kind': () => page(hub, '/zahlen?kind=case-example'),
  '/zahlen?land&topic': () => page(hub, '/zahlen?land=DE-BE&topic=ai-adoption'),
  '/zahlen?centre&von&bis': () => page(hub, '/zahlen?centre=z3&von=2025-03-01&bis=2025-06-30'),
  '/zahlen.csv': () => page(hub, '/zahlen.csv'),
  '/zahlen.xlsx': () => page(hub, '/zahlen.xlsx'),
  '/zahlen/bericht': () => page(hub, '/zahlen/bericht?von=2025-01-01&bis=2025-12-31'),
  '/regal': () => page(hub, '/regal'),
  '/synthesen': () => page(hub, '/synthesen'),
  'shelf, candidates': () => candidatesPage(hub, 'https://z1.example/centres/z1', {}),
  'figures for members': () => figuresOf(hub, 'members', {}),
  newsletter: () => draftNewsletter(hub, month, 'Neues'),
  'wall, state of feeds': () => nodeState(hub, 'members'),
  wall: () => latestArrivals(hub.sql, {}, 60),
  'wall, narrowed': () =>
    latestArrivals(hub.sql, { centre: 'z3', topic: 'sustainability', land: 'DE-SN' }, 60),
  'wall, nothing': () => latestArrivals(hub.sql, { land: 'DE-HH' }, 60),
})

const page = async (hub: Hub, path: string) => {
  const answer = await app.request(path, { headers: { accept: 'text/html' } }, hub)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  await answer.arrayBuffer()
}

const lasting = async (act: () => PromiseLike<unknown>) => {
  const began = performance.now()
  await act()
  return performance.now() - began
}

const measure = async (name: string, ask: () => Promise<unknown>) => {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await lasting(ask))
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0)
  return { name, p50: at(0.5), p99: at(0.99) }
}

/** Teasers and entries as publishing makes them; every seventh takes over another one. */
const fill = async (sql: Db) => {
  await sql`
    insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
    select 'https://z' || n || '.example/centres/z' || n, 'z' || n, 'Zukunftszentrum ' || n, '', 0, 0, '{"status": "active", "nudge_endpoint": "https://z.example/n", "entries_endpoint": "https://z.example/e", "feeds": {"public": [], "members": []}}'
    from generate_series(1, 14) n
  `
  await sql`
    insert into feeds (iss, feed, epoch, dig, size)
    select entity_id, feed, 1, '', 0 from centres, unnest(array['public', 'members']) feed
  `
  await sql`
    create table made as
    select n, 'https://z' || 1 + n % 14 || '.example/centres/z' || 1 + n % 14 as iss,
      case when n % 10 = 0 then 'members' else 'public' end as feed, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid as rid,
      case when n % 7 = 0 then 'adoption' when n % 3 = 0 then 'round-table' else 'case-example' end as kind,
      1700000000 + n * 1200 as at
    from generate_series(1, ${records}::int) n
  `
  await sql`
    insert into entries
      (feed_id, seq, position, dig, jws, op, rid, ver, kind, iat, kid, key_number, status, received_at)
    select f.id, n, n, 'dig' || n, repeat('x', 1200), 'publish', m.rid, 1, m.kind, m.at, '', 1, 'present',
      to_timestamp(m.at)
    from made m join feeds f on f.iss = m.iss and f.feed = m.feed
  `
  await sql`update log_end set position = ${records}`
  await sql`
    insert into records (iss, feed, rid, ver, state, closed, kind, feed_id, seq, changed, first_published, teaser)
    select m.iss, m.feed, m.rid, 1, 'published', false, m.kind, f.id, n, m.at, m.at,
      jsonb_build_object(
        'kind', m.kind, 'title', 'Beitrag ' || n, 'summary', repeat('Was ein Betrieb gelernt hat. ', 9), 'language', 'de',
        'topics', jsonb_build_array((array['ai-adoption', 'leadership', 'digital-change'])[1 + n % 3],
          (array['co-determination', 'skilled-labour', 'resilience', 'sustainability'])[1 + n % 4]),
        'sectors', jsonb_build_array('wz2008:' || chr(65 + n % 21)), 'craft', n % 2 = 0,
        'companySizes', jsonb_build_array((array['micro', 'small', 'medium'])[1 + n % 3]),
        'regions', jsonb_build_array((array['DE-BE', 'DE-BB', 'DE-BY', 'DE-NW', 'DE-SN'])[1 + n % 5]),
        'keywords', jsonb_build_array('KI', 'Betriebsrat', 'Schulung'), 'visibility', m.feed,
        'reviewBy', to_char(to_timestamp(m.at) + interval '2 years', 'YYYY-MM-DD'),
        'own', jsonb_build_object('outcome', 'succeeded', 'maturity', (array['idea', 'tried', 'proven'])[1 + n % 3]),
        'refersTo', case when m.kind = 'adoption'
          then jsonb_build_array(jsonb_build_object(
            'field', 'what', 'iss', o.iss, 'rid', o.rid, 'ver', 1
          )) else '[]' end
      )
    from made m join feeds f on f.iss = m.iss and f.feed = m.feed
    join lateral (select iss, rid from made o where o.n = 1 + m.n * 31 % 997) o on true
  `
  await sql`analyze`
}
