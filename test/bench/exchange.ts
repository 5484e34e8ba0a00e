/**
 * Mirroring against the bare cost of the same work, in one run on one machine.
 * Ours: pages pulled over HTTP from another process, gate, chain, key, signature, content digest, schema of the
 * kind, rules, and entries, contents, records and positions stored. Bare: jose `compactVerify`, 16 in flight, then
 * one `insert … select from unnest` per 200 rows on the same pool.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CryptoKey, compactVerify } from 'jose'
import type postgres from 'postgres'
import { connect } from '../../src/database/connect.ts'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import type { Centre } from '../../src/federation/centre.ts'
import type { Hub } from '../../src/hub.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { importVerifyKey, makeKey } from '../../src/signing/keys.ts'
import { type Corpus, pageAfter, signCorpus } from './corpus.ts'
import { median } from './figures.ts'
import { benchHub, centreAt, knowCentre } from './mirror-hub.ts'

const count = 10_000
const rounds = 7

export const benchExchange = async (database: EmbeddedDatabase) => {
  const { kid, publicJwk, privateJwk } = await makeKey('sig')
  const signing = await new Keyring('A'.repeat(43)).open(
    kid,
    await new Keyring('A'.repeat(43)).seal(privateJwk),
  )
  const iss = 'http://localhost:1/centres/berlin'
  const corpus = await signCorpus(iss, { kid, key: signing }, count)
  const verifyKey = await importVerifyKey(publicJwk)
  const peer = await startPeer(iss, corpus)
  const centre = centreAt({ iss, jwk: publicJwk, port: peer.port })
  const ratios: number[] = []
  const ours: number[] = []
  const bares: number[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      const sql = await freshDatabase(database, `bench_${round}`)
      await knowCentre(sql, centre)
      const hub = benchHub(database.url(`bench_${round}`))
      // In turn first, so that neither always finds the machine warmer or the disk busier.
      const bareFirst = round % 2 === 0
      const early = bareFirst ? await bareSeconds(sql, corpus, verifyKey) : 0
      const own = await ownSeconds(sql, hub, centre)
      const bare = bareFirst ? early : await bareSeconds(sql, corpus, verifyKey)
      await Promise.all([sql.end(), hub.sql.end()])
      ratios.push(own / bare)
      ours.push(count / own)
      bares.push(count / bare)
      console.log(
        `  Runde ${round + 1}: bar ${Math.round(count / bare)}/s, Transfernetz ${Math.round(count / own)}/s, Verhältnis ${(own / bare).toFixed(2)}`,
      )
    }
  } finally {
    await peer.stop()
  }
  return { ratio: median(ratios), rate: median(ours), bareRate: median(bares) }
}

export const startPeer = async (iss: string, corpus: Corpus) => {
  const directory = await mkdtemp(join(tmpdir(), 'tn-bench-'))
  const pages: Record<string, string> = {}
  for (let after = 0; after < corpus.entries.length; after += 200) {
    pages[after] = JSON.stringify(pageAfter(iss, corpus, after))
  }
  const file = join(directory, 'pages.json')
  await writeFile(file, JSON.stringify(pages))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'peer.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (data: Buffer) => resolve(Number(data.toString())))
  })
  const stop = async () => {
    child.kill()
    await rm(directory, { recursive: true })
  }
  return { port, stop }
}

export const freshDatabase = async (database: EmbeddedDatabase, name: string) => {
  await database.ensureDatabase(name)
  const sql = connect(database.url(name))
  await migrate(sql, join(import.meta.dirname, '../../migrations'))
  return sql
}

export const bareSeconds = async (sql: postgres.Sql, { entries }: Corpus, key: CryptoKey) => {
  await sql`create table bare (seq bigint primary key, jws text not null, content text not null)`
  const began = performance.now()
  for (let start = 0; start < entries.length; start += 200) {
    const page = entries.slice(start, start + 200)
    let next = 0
    const worker = async () => {
      for (let entry = page[next++]; entry; entry = page[next++]) {
        await compactVerify(entry.entry, key, { algorithms: ['ES256'] })
      }
    }
    await Promise.all(Array.from({ length: 16 }, worker))
    const seqs = arrayOf(page.map((_, i) => String(start + i + 1)))
    const tokens = arrayOf(page.map(({ entry }) => entry))
    const contents = arrayOf(page.map(({ content }) => content ?? ''))
    await sql`
      insert into bare (seq, jws, content)
      select * from unnest(${seqs}::text::bigint[], ${tokens}::text::text[], ${contents}::text::text[])
    `
  }
  return (performance.now() - began) / 1000
}

/** An array in PostgreSQL's own form, of texts that need no quotes. */
const arrayOf = (values: string[]) => `{${values.join(',')}}`

const ownSeconds = async (sql: postgres.Sql, hub: Hub, centre: Centre) => {
  const began = performance.now()
  const pulled = await pullFeed(hub, centre, 'public')
  const seconds = (performance.now() - began) / 1000
  if (pulled.received !== count || pulled.reason) throw new Error(JSON.stringify(pulled))
  const [shown] = await sql<{ count: number }[]>`
    select count(*) as count from records where teaser is not null
  `
  if (shown?.count !== count) throw new Error(`${shown?.count} records are readable`)
  return seconds
}
