/** Who speaks in the test vectors: the trust anchor of KIWW, Berlin, and a stranger. */
import { hash } from 'node:crypto'
import type { FeedName } from '../../src/federation/statement.ts'
import { digest, saltedDigest, tokenDigest } from '../../src/signing/digest.ts'
import { base64url } from '../support/token.ts'
import { keyOf, type TestKey } from './keys.ts'
import { signed } from './sign.ts'

/** Monday, 2 March 2026, 9:00 UTC. */
export const now = 1_772_442_000
export const anchor = 'https://kiww.example/trust-anchor'
export const berlin = 'https://berlin.example/centres/berlin'
export const kiww = 'https://kiww.example/centres/kiww'

export const entryType = 'transfernetz-entry+jwt'
export const headType = 'transfernetz-head+jwt'

/** No bytes of anybody, but in the right form. */
export const nonsense = { digest: 'A'.repeat(43), signature: base64url(Buffer.alloc(64, 3)) }

export const keys = {
  anchor: await keyOf('anchor'),
  anchor2: await keyOf('anchor-2'),
  fed: await keyOf('berlin-federation'),
  first: await keyOf('berlin-1'),
  second: await keyOf('berlin-2'),
  kiww: await keyOf('kiww-1'),
  stranger: await keyOf('stranger'),
}

export const rid = (n: number) => `019cadf0-5c80-7a3e-9b51-2f4d8c6e7a${String(n).padStart(2, '0')}`

type Members = Record<string, unknown>

/** A signing key as the anchor states it. */
export const sig = ({ jwk }: TestKey, n: number, cut?: object[]) => ({
  ...jwk,
  use: 'sig',
  n,
  ...(cut && { valid_through: cut }),
})

export const cutAt = (seq: number, dig: string, feed: FeedName = 'public', epoch = 1) => ({
  ...{ feed, epoch, seq, dig },
})

const firstEpoch = [{ epoch: 1, base: { epoch: 0, seq: 0, dig: '' } }]

/** What the anchor states of Berlin, as far as verifying a feed asks for it. */
export const stated = (change: Members = {}) => ({
  id: berlin,
  status: 'active',
  jwks: { keys: [sig(keys.first, 1)] },
  feeds: { public: firstEpoch, members: firstEpoch },
  ...change,
})

/** A round table's result, as small as its schema allows. */
export const record = (change: Members = {}) => ({
  kind: 'round-table',
  title: 'KI im Handwerk: was Betriebe zuerst brauchen',
  summary: 'Ergebnis des ersten Runden Tischs mit Betrieben und Kammer.',
  question: 'Womit fängt ein kleiner Handwerksbetrieb an?',
  date: '2026-02-24',
  online: true,
  findings: [{ text: 'Ein überschaubarer erster Versuch überzeugt.', consensus: 'consensus' }],
  topics: ['ai-adoption'],
  contact: {
    role: 'Team Transfer',
    mailbox: 'transfer@berlin.example',
    deputy: 'leitung@berlin.example',
  },
  language: 'de',
  licence: 'https://creativecommons.org/licenses/by/4.0/',
  funding: { programme: 'Zukunftszentren KI', funder: 'BMAS' },
  reviewBy: '2027-02-24',
  visibility: 'public',
  ...change,
})

export interface Item {
  entry: string
  content?: string
  salt?: string
  status: string
}

/** Random for who does not know what it is made of, and the same each time. */
export const saltOf = (label: string) => hash('sha256', label, 'buffer').subarray(0, 16)

/** Writes a feed of Berlin, entry by entry. */
export const openFeed = (of: { feed?: FeedName; epoch?: number; base?: string } = {}) => {
  const { feed = 'public', epoch = 1, base = '' } = of
  const items: Item[] = []
  const end = () => {
    const last = items.at(-1)
    return { seq: items.length, dig: last ? tokenDigest(last.entry) : base }
  }
  const link = () => ({
    ...{ iss: berlin, feed, epoch, seq: end().seq + 1, prev: end().dig, iat: now },
  })

  const sign = async (members: Members, key = keys.first): Promise<Item> => ({
    entry: await signed(entryType, { ...link(), ...members }, key),
    status: 'present',
  })
  const draft = async (members: Members = {}, content: unknown = record(), key = keys.first) => {
    const plain = typeof content === 'string' || Buffer.isBuffer(content)
    const bytes = Buffer.from(plain ? content : JSON.stringify(content))
    const salt = saltOf(`${feed} ${epoch} ${end().seq + 1}`)
    const version = { op: 'publish', rid: rid(1), ver: 1, kind: 'round-table' }
    const claim = { len: bytes.length, dig: saltedDigest(salt, bytes) }
    const { entry } = await sign({ ...version, ...claim, ...members }, key)
    return { entry, content: base64url(bytes), salt: base64url(salt), status: 'present' }
  }
  const keep = (item: Item) => {
    items.push(item)
    return item
  }
  const head = async (members: Members = {}, key = keys.first) => {
    const { seq: size, dig } = end()
    const claims = { iss: berlin, feed, epoch, size, dig, iat: now, exp: now + 86_400 }
    return signed(headType, { ...claims, ...members }, key)
  }
  return {
    items,
    /** Where the next one starts. */
    end: (keyNumber = items.length > 0 ? 1 : 0) => ({ epoch, ...end(), keyNumber }),
    sign,
    draft,
    say: async (members: Members, key?: TestKey) => keep(await sign(members, key)),
    publish: async (members?: Members, content?: unknown, key?: TestKey) =>
      keep(await draft(members, content, key)),
    head,
  }
}

export const start = { epoch: 1, seq: 0, dig: '', keyNumber: 0 }

export { base64url, digest, tokenDigest }
