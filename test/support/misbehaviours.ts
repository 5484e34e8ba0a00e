/** What a rogue node may do to whoever pulls its feed, and what staff are then told. */
import { gzipSync } from 'node:zlib'
import type { TravellingEntry } from '../../src/exchange/entry.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { makeKey } from '../../src/signing/keys.ts'
import type { pageOf, Scribe } from './rogue.ts'
import { type Asked, answer } from './rogue-node.ts'
import { base64url, withPart } from './token.ts'

type Page = ReturnType<typeof pageOf>

export interface Turn {
  asked: Asked
  /** What a good node would answer now; it has one entry that the reader does not have yet. */
  page: Page
  scribe: Scribe
  /** Seconds since 1970. */
  now: number
}

export interface Misbehaviour {
  does(turn: Turn): unknown
  /** As it stands in the status. */
  reason: string
  /** How many of the good entries of its page are taken nevertheless. */
  takes?: number
}

/** Something that is said on the bare connection. */
const raw =
  (
    text: string,
    then: (say: (more: string) => boolean, ended: () => boolean) => unknown = () => undefined,
  ) =>
  ({ asked: { response } }: Turn) => {
    const { socket } = response
    socket?.write(text)
    then(
      (more) => socket?.write(more) ?? false,
      () => socket?.destroyed ?? true,
    )
  }

const json = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
const chunked = `${json}transfer-encoding: chunked\r\n\r\n`

/** A little, again and again. */
const drip = (text: string) => (say: (more: string) => boolean, ended: () => boolean) => {
  const timer = setInterval(() => (ended() ? clearInterval(timer) : say(text)), 10)
}

/** As fast as it is taken, for as long as it is. */
const flood = (text: string) => (say: (more: string) => boolean, ended: () => boolean) => {
  const timer = setInterval(() => {
    if (ended()) clearInterval(timer)
    else while (!ended() && say(text)) {}
  }, 1)
}

const body =
  (content: string | Buffer, headers: Record<string, string> = {}, code = 200) =>
  ({ asked }: Turn) =>
    answer(asked, content, headers, code)

const status =
  (code: number, headers: Record<string, string> = {}) =>
  ({ asked: { response } }: Turn) => {
    response.writeHead(code, headers)
    response.end()
  }

/** The page as it should be, but for something. */
const bent = (change: (page: Page, turn: Turn) => object) => (turn: Turn) =>
  answer(turn.asked, { ...turn.page, ...change(turn.page, turn) })

/** After all that is right, something that is not. */
const adds = (entry: (turn: Turn) => Promise<TravellingEntry>) => async (turn: Turn) => {
  const { entries, next_after } = turn.page
  answer(turn.asked, {
    ...turn.page,
    entries: [...entries, await entry(turn)],
    next_after: next_after + 1,
  })
}

/** Everything right, but the head. */
const heads = (head: (turn: Turn) => Promise<unknown>) => async (turn: Turn) =>
  answer(turn.asked, { ...turn.page, head: await head(turn) })

const strangersKey = async () => {
  const { kid, privateJwk } = await makeKey('sig')
  const keys = new Keyring(base64url(Buffer.alloc(32, 7)))
  return { kid, key: await keys.open(kid, await keys.seal(privateJwk)) }
}

const headerOf = (header: object) => base64url(JSON.stringify(header))
const megabyte = 1024 * 1024

export const misbehaviours: Record<string, Misbehaviour> = {
  'hangs up': { does: ({ asked }) => asked.response.destroy(), reason: 'unreachable' },
  'says nothing': { does: () => undefined, reason: 'too-slow' },
  'drips its header fields': { does: raw(json, drip('x: y\r\n')), reason: 'too-slow' },
  'drips its body': { does: raw(`${json}\r\n`, drip(' ')), reason: 'too-slow' },
  'drips chunks of nothing': { does: raw(`${chunked}1;`, drip('x')), reason: 'too-slow' },
  'floods chunks of nothing': {
    does: raw(`${chunked}1;`, flood('x'.repeat(64_000))),
    reason: 'too-slow',
  },
  'speaks another protocol': { does: raw('SSH-2.0-OpenSSH_9.6\r\n\r\n'), reason: 'unreachable' },
  'changes the protocol': {
    does: raw('HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    reason: 'unreachable',
  },
  'goes on announcing an answer': {
    does: raw('', flood('HTTP/1.1 103 x\r\nlink: x\r\n\r\n')),
    reason: 'too-large',
  },
  'has header fields without end': {
    does: raw(json, flood(`x: ${'y'.repeat(500)}\r\n`)),
    reason: 'too-large',
  },
  'has a body without end': {
    does: raw(`${json}\r\n`, flood(' '.repeat(64_000))),
    reason: 'too-large',
  },
  'has a body without end in the smallest pieces': {
    does: raw(chunked, flood('1\r\n \r\n'.repeat(10_000))),
    reason: 'too-large',
  },
  'breaks off': {
    does: ({ asked: { response } }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{', () => response.destroy())
    },
    reason: 'unreachable',
  },
  'leads to itself': {
    does: ({ asked }) => status(307, { location: asked.url.href })({ asked } as Turn),
    reason: 'redirected',
  },
  'leads into the network of its reader': {
    does: status(302, { location: 'http://169.254.169.254/latest/meta-data/' }),
    reason: 'redirected',
  },
  'sends a gzip bomb': {
    does: body(gzipSync(Buffer.alloc(64 * megabyte)), { 'content-encoding': 'gzip' }),
    reason: 'encoded',
  },
  'sends a gzip bomb and does not say so': {
    does: body(gzipSync(Buffer.alloc(64 * megabyte))),
    reason: 'not-utf8',
  },
  'sends a page for people': {
    does: body('<html>', { 'content-type': 'text/html' }),
    reason: 'content-type',
  },
  'says that it failed': { does: status(500), reason: 'status-500' },
  'says that it has less than that': {
    does: body(
      '{"code":"future_cursor","size":0}',
      { 'content-type': 'application/problem+json' },
      400,
    ),
    reason: 'status-400',
  },
  'says that nobody may ask': { does: status(401), reason: 'status-401' },
  'has a status of its own': {
    does: raw('HTTP/1.1 799 x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
    reason: 'status-799',
  },
  'sends no JSON': { does: body('{'), reason: 'not-json' },
  'sends no text': { does: body(Buffer.from([0x22, 0xff, 0x22])), reason: 'not-utf8' },
  'sends a million lists': { does: body(`[${'[],'.repeat(megabyte)}[]]`), reason: 'too-large' },
  'sends half a million objects': {
    does: body(`[${'{},'.repeat(megabyte / 2)}{}]`),
    reason: 'form',
  },
  'nests lists without bottom': { does: body('['.repeat(megabyte)), reason: 'form' },
  'sends the page of another feed': { does: bent(() => ({ feed: 'members' })), reason: 'form' },
  'sends the page of another centre': {
    does: bent(() => ({ iss: 'https://kiww.example/centres/kiww' })),
    reason: 'form',
  },
  'has a page that leads to itself': {
    does: bent(({ next_after, entries }) => ({
      entries: [],
      next_after: next_after - entries.length,
      more: true,
    })),
    reason: 'form',
  },
  'has a cursor that falls': { does: bent(() => ({ next_after: 0, more: true })), reason: 'form' },
  'has a cursor that leaps': { does: bent(() => ({ next_after: 2 ** 53 })), reason: 'form' },
  'sends more entries than a page has': {
    does: bent(({ entries, next_after }) => ({
      entries: Array(201).fill(entries[0]),
      next_after: next_after + 200,
    })),
    reason: 'form',
  },
  'says that there is more when there is not': {
    does: bent(() => ({ more: true })),
    reason: 'form',
    takes: 1,
  },
  'sends the same entry again': {
    does: adds(async ({ page }) => page.entries[0] as TravellingEntry),
    reason: 'seq',
    takes: 1,
  },
  'sends nonsense for an entry': {
    does: adds(async () => ({ entry: 'nonsense', status: 'present' })),
    reason: 'token-parts',
    takes: 1,
  },
  'sends an entry too large': {
    does: adds(async () => ({ entry: 'x'.repeat(megabyte), status: 'present' })),
    reason: 'token-size',
    takes: 1,
  },
  'signs with nothing': {
    does: adds(async ({ scribe }) => {
      const item = await scribe.draft()
      const header = headerOf({ alg: 'none', kid: 'k', typ: 'transfernetz-entry+jwt' })
      return { ...item, entry: withPart(item.entry, 0, header) }
    }),
    reason: 'header-alg',
    takes: 1,
  },
  'sends an entry of the other feed': {
    does: adds(({ scribe }) => scribe.draft({ feed: 'members' })),
    reason: 'feed',
    takes: 1,
  },
  'leaves a number out': {
    does: adds(({ scribe }) => scribe.draft({ seq: scribe.entries.length + 2 })),
    reason: 'seq',
    takes: 1,
  },
  'cuts the chain': {
    does: adds(({ scribe }) => scribe.draft({ prev: 'A'.repeat(43) })),
    reason: 'prev',
    takes: 1,
  },
  'signs in the future': {
    does: adds(({ scribe, now }) => scribe.draft({ iat: now + 3_600 })),
    reason: 'iat-future',
    takes: 1,
  },
  'signs with a key that nobody stated': {
    does: adds(async ({ scribe }) => scribe.sign({ op: 'x' }, undefined, await strangersKey())),
    reason: 'key-unknown',
    takes: 1,
  },
  'invents a signature': {
    does: adds(async ({ scribe }) => {
      const item = await scribe.draft()
      return { ...item, entry: withPart(item.entry, 2, base64url(Buffer.alloc(64, 3))) }
    }),
    reason: 'signature',
    takes: 1,
  },
  'sends another content': {
    does: adds(async ({ scribe }) => ({ ...(await scribe.draft()), content: base64url('{}') })),
    reason: 'content-digest',
    takes: 1,
  },
  'keeps a content and says that it is there': {
    does: adds(async ({ scribe }) => ({ entry: (await scribe.draft()).entry, status: 'present' })),
    reason: 'content-missing',
    takes: 1,
  },
  'sends the head of the other feed': {
    does: heads(({ scribe }) => scribe.head({ feed: 'members' })),
    reason: 'head: feed',
    takes: 1,
  },
  'sends a head of tomorrow': {
    does: heads(({ scribe, now }) => scribe.head({ iat: now + 3_600 })),
    reason: 'head: iat-future',
    takes: 1,
  },
  'sends a head that lasts for ever': {
    does: heads(({ scribe, now }) => scribe.head({ exp: now + 10 * 365 * 86_400 })),
    reason: 'head: form',
    takes: 1,
  },
  'has a stranger sign its head': {
    does: heads(async ({ scribe }) => scribe.head({}, await strangersKey())),
    reason: 'head: key-unknown',
    takes: 1,
  },
  'sends an entry for a head': {
    does: heads(async ({ page }) => page.entries[0]?.entry),
    reason: 'head: header-typ',
    takes: 1,
  },
}
