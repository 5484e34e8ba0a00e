/** The Beratungskompass over 5,000 offers of 14 centres and others, from the question to the ranked answer. */
import { join } from 'node:path'
import { advise, type CompassQuery } from '../../src/advice/compass.ts'
import { connect } from '../../src/database/connect.ts'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import type { Db, Hub } from '../../src/hub.ts'

const offers = 5_000
const rounds = 60

const questions: CompassQuery[] = [
  { wo: '03046 Cottbus', topic: 'ai-adoption', size: 'small' },
  { wo: '10115', topic: 'leadership', sector: 'wz2008:C' },
  { wo: 'München' },
  { wo: '50667 Köln', topic: 'digital-change', size: 'micro', sector: 'wz2008:F' },
  { topic: 'ai-adoption' },
]

export const benchCompass = async (database: EmbeddedDatabase) => {
  await database.ensureDatabase('compass')
  const sql = connect(database.url('compass'), { max: 4 })
  try {
    await migrate(sql, join(import.meta.dirname, '../../migrations'))
    await fill(sql)
    // Asking needs no more of a hub than this.
    const hub = { sql, now: Date.now } as unknown as Hub
    for (const question of questions) await advise(hub, question)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      for (const question of questions) {
        const began = performance.now()
        const answer = await advise(hub, question)
        times.push(performance.now() - began)
        if (answer.offers.length < 20) throw new Error(`${question.wo}: ${answer.offers.length}`)
      }
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0)
    return { p50: at(0.5), p99: at(0.99) }
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** One in ten for all Länder, one in three for a part of one, the others for one. */
const fill = async (sql: Db) => {
  const codes = 'BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH'.split(' ')
  const lands = sql.json(codes.map((code) => ({ land: `DE-${code}` })))
  await sql`
    insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
    select 'https://z' || n || '.example/centres/z' || n, 'z' || n, 'Zukunftszentrum ' || n, '', 0, 0, '{"status": "active", "regions": []}'
    from generate_series(1, 14) n
  `
  await sql`
    insert into records (iss, feed, rid, ver, state, closed, kind, feed_id, seq, changed, first_published, teaser)
    select 'https://z' || 1 + n % 14 || '.example/centres/z' || 1 + n % 14, 'public', gen_random_uuid(), 1,
      'published', false, 'offer', 1, n, 1700000000 + n, 1700000000 + n,
      jsonb_build_object(
        'kind', 'offer', 'title', 'Angebot ' || n, 'summary', repeat('Wer Betriebe berät. ', 12), 'language', 'de',
        'topics', jsonb_build_array((array['ai-adoption', 'leadership', 'digital-change'])[1 + n % 3]),
        'sectors', jsonb_build_array('wz2008:' || chr(65 + n % 21)),
        'companySizes', jsonb_build_array((array['micro', 'small', 'medium'])[1 + n % 3]), 'regions', '[]'::jsonb,
        'reviewBy', case when n % 7 = 0 then '2020-01-01' else '2099-01-01' end, 'refersTo', '[]'::jsonb,
        'own', jsonb_build_object(
          'provider', 'Anbieter ' || n, 'providerType', 'chamber', 'services', jsonb_build_array('advice'),
          'capacity', (array['open', 'limited', 'full'])[1 + n % 3], 'checkedOn', '2026-11-01', 'basis', 'asked',
          'contact', jsonb_build_object('role', 'Beratung', 'mailbox', 'a@b.example', 'deputy', 'c@d.example'),
          'area', case
            when n % 10 = 0 then ${lands}::jsonb
            when n % 3 = 0 then jsonb_build_array((${lands}::jsonb -> (n % 16)) || '{"ags": "12052", "name": "Ort"}')
            else jsonb_build_array(${lands}::jsonb -> (n % 16))
          end
        )
      )
    from generate_series(1, ${offers}::int) n
  `
  await sql`analyze`
}
