/** `npm run bench:search [-- --docs 100000]`: filling, asking and following an index of that many records. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../../src/database/connect.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import type { Hub } from '../../src/hub.ts'
import { find, type SearchInput } from '../../src/search/find.ts'
import { followLog } from '../../src/search/follow.ts'
import { fillFeed } from '../search/relevance/fill.ts'
import { dice } from '../search/relevance/queries.ts'
import { benchRecord, queryTypes } from './search-corpus.ts'

const docsAt = process.argv.indexOf('--docs')
const docs = docsAt > 0 ? Number(process.argv[docsAt + 1]) : 100_000
const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }
const german = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 0 })

const directory = await mkdtemp(join(tmpdir(), 'tn-search-'))
// Root's PostgreSQL runs as another user, who has to get there.
await chmod(directory, 0o711)
const database = await startEmbedded({
  directory: join(directory, 'postgres'),
  log,
  settings: { fsync: 'off', shared_buffers: '1GB', max_wal_size: '8GB', work_mem: '16MB' },
})
await database.ensureDatabase('search')
const sql = connect(database.url('search'), { max: 16 })
// Searching, following and filling need no more of a hub than this.
const hub = { sql, log, config: {}, now: Date.now } as unknown as Hub

const timed = async (act: () => Promise<unknown>) => {
  const began = performance.now()
  await act()
  return performance.now() - began
}

const fill = async (from: number, to: number) => {
  const step = 1_000
  for (let n = from; n < to; n += step) {
    const count = Math.min(step, to - n)
    await fillFeed(
      sql,
      Array.from({ length: count }, (_, k) => benchRecord(n + k)),
    )
  }
}

const percentile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * share))
  ] ?? 0

const asked = (
  name: string,
  random: () => number,
  more: Partial<SearchInput> = {},
): SearchInput => {
  const { q = '', filters = {} } = queryTypes[name]?.(random) ?? {}
  return { q, filters, sort: 'relevance', after: 0, ...more }
}

const build = async () => {
  await fill(0, docs)
  const milliseconds = await timed(() => followLog(hub))
  await sql.unsafe('vacuum analyze search_documents, search_words, records, entries')
  const [size] = await sql<{ bytes: number }[]>`
    select sum(pg_total_relation_size(name::regclass))::bigint as bytes
    from unnest(array['search_documents', 'search_words', 'search_contents', 'search_totals']) name
  `
  console.log(
    `${german.format(docs)} Beiträge: Aufbau ${german.format(milliseconds / 1000)} s (${german.format((docs / milliseconds) * 1000)}/s), Index ${german.format((size?.bytes ?? 0) / 2 ** 20)} MiB`,
  )
}

const times = async (name: string, more: Partial<SearchInput>, count: number) => {
  const random = dice(7)
  const all: number[] = []
  for (let n = 0; n < count; n++) {
    const input = asked(name, random, more)
    all.push(await timed(() => find(hub, 'public', input)))
  }
  return all
}

const show = (all: number[]) =>
  `${german.format(percentile(all, 0.5))} / ${german.format(percentile(all, 0.99))} ms`

/** Once without facets, once with, which is what a page asks for. */
const latencies = async () => {
  console.log('p50 / p99: Treffer; Treffer mit Facetten')
  const worst = { hits: 0, facets: 0 }
  for (const name of Object.keys(queryTypes)) {
    await times(name, {}, 20)
    const hits = await times(name, { counted: false }, 150)
    const facets = await times(name, {}, 150)
    worst.hits = Math.max(worst.hits, percentile(hits, 0.99))
    worst.facets = Math.max(worst.facets, percentile(facets, 0.99))
    console.log(`  ${name.padEnd(24)} ${show(hits).padEnd(18)} ${show(facets)}`)
  }
  console.log(
    `  schlechtestes p99: Treffer ${german.format(worst.hits)} ms (Ziel ≤ 60), mit Facetten ${german.format(worst.facets)} ms (Ziel ≤ 150)`,
  )
}

const throughput = async () => {
  const until = performance.now() + 10_000
  let done = 0
  const client = async (seed: number) => {
    const random = dice(seed)
    const names = Object.keys(queryTypes)
    while (performance.now() < until) {
      const name = names[Math.floor(random() * names.length)] ?? ''
      await find(hub, 'public', asked(name, random, { counted: false }))
      done++
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, n) => client(n + 1)))
  console.log(`8 gleichzeitige: ${german.format(done / 10)} Suchen je Sekunde (Ziel ≥ 60)`)
}

/** New records every half second, while the index follows. */
const following = async () => {
  const perSecond = 200
  const seconds = 15
  let end = docs
  let behind = 0
  let going = true
  const follower = (async () => {
    while (going) {
      await followLog(hub)
      await pause(20)
    }
  })()
  for (let n = 0; n < seconds * 2; n++) {
    const next = performance.now() + 500
    await fill(end, end + perSecond / 2)
    end += perSecond / 2
    await pause(Math.max(0, next - performance.now()))
    const [lag] = await sql<{ entries: number }[]>`
      select l.position - f.position as entries from log_end l, followers f where f.name = 'search'
    `
    behind = Math.max(behind, lag?.entries ?? 0)
  }
  const caughtUp = await timed(async () => {
    going = false
    await follower
    await followLog(hub)
  })
  console.log(
    `Folgen bei ${perSecond} neuen Beiträgen je Sekunde: höchstens ${german.format(behind)} zurück, am Ende nach ${german.format(caughtUp)} ms aufgeholt`,
  )
}

try {
  await migrate(sql, join(import.meta.dirname, '../../migrations'))
  await build()
  await latencies()
  await throughput()
  await following()
} finally {
  await sql.end({ timeout: 5 })
  await database.stop()
  await rm(directory, { recursive: true })
}
