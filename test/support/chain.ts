/** Nodes that serve several epochs of a feed, and what the trust anchor states of them. */
import { issue, ownStatement } from '../../src/federation/anchor.ts'
import { signingKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import type { FeedName, KnowledgeExchange } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import type { TestFederation, TestHub } from './hub.ts'
import { openScribe, type Scribe } from './rogue.ts'

/** The trust anchor states a centre anew, with something changed; these hubs learn it. */
export const stateAnew = async (
  { kiww }: TestFederation,
  iss: string,
  change: (stated: KnowledgeExchange) => Partial<KnowledgeExchange>,
  learners: TestHub[],
) => {
  await issue(kiww, iss, (before) => {
    const { jwks, metadata } = ownStatement(before?.jws ?? '')
    const stated = metadata.knowledge_exchange
    return { jwks, metadata: { knowledge_exchange: { ...stated, ...change(stated) } } }
  })
  for (const hub of learners) await learnTrust(hub)
}

/** The statement that a new epoch begins on an entry of an earlier one. */
export const nextEpoch = (
  { feeds }: KnowledgeExchange,
  base: { epoch: number; seq: number; dig: string },
) => {
  const epoch = Math.max(...feeds.public.map((each) => each.epoch)) + 1
  return { feeds: { ...feeds, public: [...feeds.public, { epoch, base }] } }
}

/** A writer under the real key of a centre. */
export const scribeOf = async (
  writer: TestHub,
  { feed = 'public', ...begin }: { feed?: FeedName; epoch?: number; base?: string } = {},
): Promise<Scribe> => {
  const key = await signingKey(writer, await centreById(writer.sql, writer.iss))
  if (!key) throw new Error('nobody has vouched for this centre')
  return openScribe({ iss: writer.iss, feed, key, now: writer.now, ...begin })
}

/** What stands at one node of a centre's public feed: by epoch its entries, and the head it sends. */
export interface Shelf {
  entries: Record<number, Scribe['entries']>
  head?: string | null
  pageSize?: number
  /** What it was asked for. */
  asked: URL[]
  answer?: ((url: URL) => Response | Promise<Response>) | undefined
}

/** From now on a reader who asks the node at `origin` for entries of the centre's public feed gets these. */
export const shelve = (reader: TestHub, origin: string, iss: string, shelf: Shelf) => {
  const others = reader.fetch
  reader.fetch = async (input, init) => {
    const url = new URL(new Request(input, init).url)
    const { searchParams: query } = url
    const meant =
      url.origin === origin &&
      url.pathname === '/exchange/v1/entries' &&
      query.get('iss') === iss &&
      query.get('feed') === 'public'
    if (!meant) return others(input, init)
    shelf.asked.push(url)
    return shelf.answer ? shelf.answer(url) : answerFrom(shelf, url, iss)
  }
  return shelf
}

export const answerFrom = (shelf: Shelf, url: URL, iss: string) => {
  const epoch = Number(url.searchParams.get('epoch'))
  const after = Number(url.searchParams.get('after'))
  const all = shelf.entries[epoch]
  if (!all) return Response.json({ code: 'epoch_gone' }, { status: 410 })
  if (after > all.length) return Response.json({ code: 'future_cursor' }, { status: 400 })
  const most = Math.min(Number(url.searchParams.get('limit') ?? 200), shelf.pageSize ?? 200)
  const entries = all.slice(after, after + most)
  const next_after = after + entries.length
  return Response.json({
    ...{ iss, feed: 'public', epoch, entries, next_after },
    head: shelf.head ?? null,
    more: next_after < all.length,
  })
}

/** What a hub holds of a centre's public feed, by epoch. */
export const held = async ({ sql }: TestHub, iss: string) => {
  const rows = await sql<{ epoch: number; digs: string[] }[]>`
    select f.epoch, coalesce(jsonb_agg(e.dig order by e.seq) filter (where e.dig is not null), '[]') as digs
    from feeds f left join entries e on e.feed_id = f.id
    where f.iss = ${iss} and f.feed = 'public'
    group by f.epoch order by f.epoch
  `
  return Object.fromEntries(rows.map(({ epoch, digs }) => [epoch, digs]))
}

/** The anchor states one epoch again, and a reader forgets all that it pulled: as new as on its first day. */
export const beginAnew = async (net: TestFederation, iss: string, reader: TestHub) => {
  const first = [{ epoch: 1, base: { epoch: 0, seq: 0, dig: '' } }]
  const anew = ({ jwks }: KnowledgeExchange) => ({
    feeds: { public: first, members: first },
    status: 'active' as const,
    valid_through: undefined,
    jwks: { keys: jwks.keys.map(({ valid_through: _, ...jwk }) => jwk) },
  })
  await reader.sql`truncate entries, records, pending, evidence, touches, search_documents, held_feeds`
  await reader.sql`update log_end set position = 0`
  await reader.sql`update followers set position = 0`
  await reader.sql`delete from feeds where epoch > 1`
  await reader.sql`
    update feeds set size = 0, dig = '', key_number = 0, aligned = 0, closed_at = null, forked_at = null,
      head = null, head_size = null, head_iat = null
  `
  await reader.sql`update pulls set due = '-infinity', reason = null, failures = 0`
  await stateAnew(net, iss, anew, [reader])
}
