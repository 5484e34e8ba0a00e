/**
 * What ten hostile peers cost the node that pulls from them: memory, and rows of tables. Every misbehaviour of the
 * rogue node has its turn at every peer, several at a time, beside feeds of erasures of what nobody knows, nudges
 * for unknown feeds, and assertions.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { connect } from '../../src/database/connect.ts'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import type { Db } from '../../src/hub.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { makeKey } from '../../src/signing/keys.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import { misbehaviours } from '../support/misbehaviours.ts'
import { openScribe, type Scribe } from '../support/rogue.ts'
import {
  type Asked,
  answer,
  honestPage,
  openRogueNode,
  type RogueNode,
} from '../support/rogue-node.ts'
import type { Memory, Order } from './hostile-reader.ts'

const peers = 10
const erasures = 20_000
const nudges = 100_000
const assertions = 25_000
const keyring = new Keyring('A'.repeat(43))

interface Peer {
  iss: string
  key: SigningKey
  scribe: Scribe
}

export const benchHostile = async (database: EmbeddedDatabase) => {
  await database.ensureDatabase('hostile')
  const databaseUrl = database.url('hostile')
  const sql = connect(databaseUrl)
  await migrate(sql, join(import.meta.dirname, '../../migrations'))
  const rogue = await openRogueNode()
  const reader = startReader()
  try {
    const known = await Promise.all(
      Array.from({ length: peers }, (_, i) => introduce(sql, rogue, i)),
    )
    const anchor = `${rogue.origin}/trust-anchor`
    await reader.tell({ open: { databaseUrl, anchor } })
    const before = await calm(reader, rogue, known)
    const seen = [await misbehave(reader, rogue, known), await flood(reader, rogue, known)]
    const after = seen.at(-1)?.rss ?? 0
    const most = Math.max(...seen.map((each) => each.most))
    const [rows] = await sql<{ assertions: number; pulls: number; evidence: number }[]>`
      select (select count(*) from used_assertions) as assertions,
        (select count(*) from pulls) as pulls, (select count(*) from evidence) as evidence
    `
    return { before, after: { rss: after, most }, rows }
  } finally {
    reader.stop()
    rogue.close()
    await sql.end()
  }
}

/** A centre at the rogue's node that the reader's anchor has stated. */
const introduce = async (sql: Db, rogue: RogueNode, i: number): Promise<Peer> => {
  const { kid, publicJwk, privateJwk } = await makeKey('sig')
  const key = { kid, key: await keyring.open(kid, await keyring.seal(privateJwk)) }
  const iss = `${rogue.origin}/centres/rogue-${i}`
  const first = [{ epoch: 1, base: { epoch: 0, seq: 0, dig: '' } }]
  const names = ['entries', 'head', 'holdings', 'evidence', 'blobs', 'nudge']
  const endpoints = names.map((name) => [`${name}_endpoint`, `${rogue.origin}/exchange/v1/${name}`])
  const metadata = {
    ...{ slug: `rogue-${i}`, organization_name: `Rogue ${i}`, status: 'active', umbrella: false },
    ...Object.fromEntries(endpoints),
    jwks: { keys: [{ ...publicJwk, use: 'sig', n: 1 }] },
    feeds: { public: first, members: first },
  }
  const [iat, exp] = [Math.floor(Date.now() / 1000), Math.floor(Date.now() / 1000) + 10 ** 9]
  await sql`
    insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
    values (${iss}, ${metadata.slug}, ${metadata.organization_name}, '', ${iat}, ${exp}, ${sql.json(metadata)})
  `
  for (const feed of ['public', 'members']) await sql`select know_feed(${iss}, ${feed}, 1, '')`
  return { iss, key, scribe: openScribe({ iss, feed: 'public', key, now: Date.now }) }
}

const pageOf = ({ url }: Asked, known: Peer[], entries?: Scribe['entries']) => {
  const iss = url.searchParams.get('iss') ?? ''
  const peer = known.find((each) => each.iss === iss)
  return honestPage(url, { ...(peer as Peer).scribe, ...(entries && { entries }) }, { iss })
}

/** Ten good peers with some entries each, and requests: what a node holds that has been working for a while. */
const calm = async (reader: Reader, rogue: RogueNode, known: Peer[]) => {
  for (const { scribe } of known) {
    for (let i = 0; i < 200; i++) await scribe.publish()
  }
  rogue.behave((asked) => answer(asked, pageOf(asked, known)))
  const { most } = await reader.tell({ pull: 3 })
  return { ...(await reader.tell({ nudges: 2_000 })), most }
}

/** Every peer in turn does everything that a rogue does, each something else at a time. */
const misbehave = async (reader: Reader, rogue: RogueNode, known: Peer[]) => {
  const all = Object.values(misbehaviours)
  let most = 0
  let memory: Memory = { rss: 0, most: 0 }
  for (let round = 0; round < all.length; round++) {
    rogue.behave((asked) => {
      const i = known.findIndex(({ iss }) => iss === asked.url.searchParams.get('iss'))
      const { scribe } = known[i] as Peer
      const page = pageOf(asked, known)
      if (page.entries.length === 0) page.entries.push(scribe.entries.at(-1) as never)
      const now = Math.floor(Date.now() / 1000)
      return all[(round + 5 * i) % all.length]?.does({ asked, page, scribe, now })
    })
    memory = await reader.tell({ pull: 1 })
    most = Math.max(most, memory.most)
  }
  return { ...memory, most }
}

/** Numbers that nobody knows: in entries, nudges and assertions. */
const flood = async (reader: Reader, rogue: RogueNode, known: Peer[]) => {
  const [first] = known as [Peer]
  const now = Date.now()
  for (let i = 0; i < erasures; i++) {
    await first.scribe.say({ op: 'erase', rid: newRecordId(now + i), ver: 0, reason: 'legal' })
  }
  rogue.behave((asked) => answer(asked, pageOf(asked, known)))
  const seen = [await reader.tell({ pull: 3 }), await reader.tell({ nudges })]
  const query = `iss=${encodeURIComponent(first.iss)}&feed=public&epoch=1&limit=1`
  const path = `/exchange/v1/entries?${query}`
  for (let done = 0; done < assertions; done += 1_000) {
    seen.push(await reader.tell({ ask: { path, tokens: await assertionsOf(first, 1_000) } }))
  }
  return { rss: seen.at(-1)?.rss ?? 0, most: Math.max(...seen.map((each) => each.most)) }
}

const assertionsOf = ({ iss, key }: Peer, count: number) => {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss, sub: iss, aud: 'http://localhost:1', iat, exp: iat + 60 }
  return Promise.all(
    Array.from({ length: count }, () =>
      seal('transfernetz-assertion+jwt', { ...claims, jti: crypto.randomUUID() }, key),
    ),
  )
}

interface Reader {
  tell(order: Order): Promise<Memory>
  stop(): void
}

const startReader = (): Reader => {
  const child = fork(join(import.meta.dirname, 'hostile-reader.ts'), { execArgv: ['--expose-gc'] })
  child.once('exit', (code) => {
    if (code) throw new Error(`the reader ended with ${code}`)
  })
  return {
    tell: async (order) => {
      child.send(order)
      const [memory] = (await once(child, 'message')) as [Memory]
      return memory
    },
    stop: () => child.kill(),
  }
}
