/** The nationwide figures over 50,000 records of 14 centres. */
import { join } from 'node:path'
import { connect } from '../../src/database/connect.ts'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import type { Db, Hub } from '../../src/hub.ts'
import { type Cut, figuresOf } from '../../src/insight/figures.ts'

const records = 50_000
const rounds = 25

export const benchInsight = async (database: EmbeddedDatabase) => {
  await database.ensureDatabase('insight')
  const sql = connect(database.url('insight'), { max: 4 })
  try {
    await migrate(sql, join(import.meta.dirname, '../../migrations'))
    await fill(sql)
    // Counting needs no more of a hub than this.
    const hub = { sql, now: Date.now } as unknown as Hub
    const cuts: Cut[] = [{}, { kind: 'case-example' }, { land: 'DE-BE' }, { topic: 'ai-adoption' }]
    const { total } = await figuresOf(hub, 'members', {})
    if (total !== records) throw new Error(`counted ${total}`)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      for (const cut of cuts) {
        const began = performance.now()
        await figuresOf(hub, round % 2 ? 'members' : 'public', cut)
        times.push(performance.now() - began)
      }
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0)
    return { p50: at(0.5), p99: at(0.99) }
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Teasers as publishing makes them; nothing else of a record is counted. */
const fill = async (sql: Db) => {
  await sql`
    insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
    select 'https://z' || n || '.example/centres/z' || n, 'z' || n, 'Zukunftszentrum ' || n, '', 0, 0, '{"status": "active"}'
    from generate_series(1, 14) n
  `
  await sql`
    insert into records (iss, feed, rid, ver, state, closed, kind, feed_id, seq, changed, first_published, teaser)
    select 'https://z' || 1 + n % 14 || '.example/centres/z' || 1 + n % 14,
      case when n % 10 = 0 then 'members' else 'public' end, gen_random_uuid(), 1, 'published', false,
      case when n % 3 = 0 then 'round-table' else 'case-example' end, 1, n, 1700000000 + n * 1200, 1700000000 + n * 1200,
      jsonb_build_object(
        'kind', case when n % 3 = 0 then 'round-table' else 'case-example' end,
        'title', 'Beitrag ' || n, 'summary', repeat('Was ein Betrieb gelernt hat. ', 9), 'language', 'de',
        'topics', jsonb_build_array((array['ai-adoption', 'leadership', 'digital-change'])[1 + n % 3],
          (array['co-determination', 'skilled-labour', 'resilience', 'sustainability'])[1 + n % 4]),
        'sectors', jsonb_build_array('wz2008:' || chr(65 + n % 21)), 'craft', n % 2 = 0,
        'companySizes', jsonb_build_array((array['micro', 'small', 'medium'])[1 + n % 3]),
        'regions', jsonb_build_array((array['DE-BE', 'DE-BB', 'DE-BY', 'DE-NW', 'DE-SN'])[1 + n % 5]),
        'keywords', jsonb_build_array('KI', 'Betriebsrat', 'Schulung'), 'visibility', 'public',
        'reviewBy', '2027-01-01',
        'own', jsonb_build_object('outcome', 'succeeded', 'maturity', (array['idea', 'tried', 'proven'])[1 + n % 3])
      )
    from generate_series(1, ${records}::int) n
  `
  await sql`analyze`
}
