/** A centre that says whatever a test wants, under its real key: what is not given is as it should be. */

import type { TravellingEntry } from '../../src/exchange/entry.ts'
import { signingKey } from '../../src/federation/keys.ts'
import type { FeedName } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { saltedDigest, tokenDigest } from '../../src/signing/digest.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import { caseFile, recordOf } from '../publications/fixtures.ts'
import type { TestHub } from './hub.ts'

type Members = Record<string, unknown>

interface FeedOf {
  iss: string
  feed: FeedName
  key: SigningKey
  /** Milliseconds. */
  now(): number
  /** Which epoch, and the digest of its base. */
  epoch?: number
  base?: string
}

/** A content that every node can show. */
export const goodRecord = { ...recordOf(caseFile), visibility: 'public' }

/** Writes a feed of its own, entry by entry. */
export const openScribe = ({ iss, feed, key, now, epoch = 1, base = '' }: FeedOf) => {
  const entries: TravellingEntry[] = []
  const iat = () => Math.floor(now() / 1000)
  const end = () => {
    const last = entries.at(-1)
    return { size: entries.length, dig: last ? tokenDigest(last.entry) : base }
  }

  /** Signs the next entry. `members` go over everything else; undefined takes a member away. */
  const sign = async (
    members: Members,
    content?: string | Buffer,
    signer = key,
  ): Promise<TravellingEntry> => {
    const { size, dig } = end()
    const link = { iss, feed, epoch, seq: size + 1, prev: dig, iat: iat() }
    if (content === undefined) {
      const entry = await seal('transfernetz-entry+jwt', { ...link, ...members }, signer)
      return { entry, status: 'present' }
    }
    const bytes = Buffer.from(content)
    const salt = crypto.getRandomValues(Buffer.alloc(16))
    const about = { len: bytes.length, dig: saltedDigest(salt, bytes) }
    const payload = { ...link, ...about, ...members }
    return {
      entry: await seal('transfernetz-entry+jwt', payload, signer),
      content: bytes.toString('base64url'),
      salt: salt.toString('base64url'),
      status: 'present',
    }
  }

  const publication = (members: Members = {}, content: unknown = goodRecord) => {
    const about = { op: 'publish', rid: newRecordId(now()), ver: 1, kind: 'case-example' }
    const bytes =
      typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content)
    return [{ ...about, ...members }, bytes] as const
  }

  const keep = (entry: TravellingEntry) => {
    entries.push(entry)
    return entry
  }

  return {
    epoch,
    /** What it has said so far. */
    entries,
    /** The digest of the entry with that number; 0 is what it began on. */
    digestAt: (seq: number) => {
      const entry = entries[seq - 1]
      return entry ? tokenDigest(entry.entry) : base
    },
    sign,
    /** Signs a publication that is not said yet. */
    draft: (members?: Members, content?: unknown) => sign(...publication(members, content)),
    say: async (members: Members) => keep(await sign(members)),
    publish: async (members?: Members, content?: unknown) =>
      keep(await sign(...publication(members, content))),
    head: (members: Members = {}, signer = key) => {
      const head = { iss, feed, epoch, ...end(), iat: iat(), exp: iat() + 86_400, ...members }
      return seal('transfernetz-head+jwt', head, signer)
    },
  }
}
export type Scribe = ReturnType<typeof openScribe>

export interface Rogue extends Scribe {
  /** What it sends after the entries; null where a test does not care. */
  sentHead: string | null
  /** Entries in an answer. */
  pageSize: number
  /** Answers in place of what it has said. */
  answer?: ((url: URL, request: Request) => Response | Promise<Response>) | undefined
  /** What it was asked for. */
  asked: URL[]
}

/** From now on these readers hear the rogue when they ask this centre for that feed. */
export const openRogue = async (
  writer: TestHub,
  readers: TestHub[],
  feed: FeedName = 'public',
): Promise<Rogue> => {
  const key = await signingKey(writer, await centreById(writer.sql, writer.iss))
  if (!key) throw new Error('nobody has vouched for this centre')
  const scribe = openScribe({ iss: writer.iss, feed, key, now: writer.now })
  const rogue: Rogue = { ...scribe, sentHead: null, pageSize: 200, asked: [] }
  for (const reader of readers) {
    const others = reader.fetch
    reader.fetch = async (input, init) => {
      const request = new Request(input, init)
      const url = new URL(request.url)
      const meant = url.origin === writer.config.origin && url.pathname === '/exchange/v1/entries'
      if (!meant || url.searchParams.get('feed') !== feed) return others(input, init)
      rogue.asked.push(url)
      return rogue.answer ? rogue.answer(url, request) : Response.json(pageOf(rogue, writer, url))
    }
  }
  return rogue
}

/** The page that was asked for, as the protocol has it. */
export const pageOf = (rogue: Rogue, { iss }: Pick<TestHub, 'iss'>, url: URL) => {
  const after = Number(url.searchParams.get('after'))
  const entries = rogue.entries.slice(after, after + rogue.pageSize)
  const next_after = after + entries.length
  return {
    iss,
    feed: url.searchParams.get('feed'),
    epoch: 1,
    entries,
    head: rogue.sentHead,
    next_after,
    more: next_after < rogue.entries.length,
  }
}
