/** A peer that misbehaves over real HTTP, on a port of its own, as a test tells it to. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { centreIdAt } from '../../src/config.ts'
import { openGuardedFetch } from '../../src/federation/guarded-fetch.ts'
import { ensureKeys, federationKey, signingKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { centreById } from '../../src/federation/store.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { openFederation, type TestFederation, type TestHub } from './hub.ts'
import { openScribe, pageOf, type Scribe } from './rogue.ts'

export interface Asked {
  url: URL
  response: ServerResponse
}

export interface RogueNode {
  origin: string
  /** What it was asked, in order. */
  asked: URL[]
  /** What it does from now on when it is asked. */
  behave(behaviour: (asked: Asked) => unknown): void
  /** Whoever waits for an answer gets none. */
  hangUp(): void
  close(): void
}

export const openRogueNode = async (): Promise<RogueNode> => {
  const asked: URL[] = []
  let behaviour: (asked: Asked) => unknown = ({ response }) => response.destroy()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://rogue')
    asked.push(url)
    behaviour({ url, response })
  })
  // Whoever is hung up on has nothing more to say.
  server.on('connection', (socket) => socket.on('error', () => undefined))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    behave: (next) => {
      behaviour = next
    },
    hangUp: () => server.closeAllConnections(),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Milliseconds: a reader who waits for nobody. */
export const hasty = { headers: 150, span: 80, bytes: 500 }

export interface RogueFederation extends TestFederation {
  rogue: RogueNode
  /** Writes Berlin's public feed, which the rogue serves. */
  scribe: Scribe
  /** The rogue does what it should. */
  behaveWell(): void
}

/** Berlin is a rogue node, Brandenburg reads it over HTTP, and KIWW is as ever. */
export const openRogueFederation = async (patience = hasty): Promise<RogueFederation> => {
  const rogue = await openRogueNode()
  const net = await openFederation({ berlin: rogue.origin })
  const peers = openGuardedFetch({ loopback: true, patience })
  const { berlin, brandenburg } = net
  const others = brandenburg.fetch
  brandenburg.fetch = (input, init) => {
    const { origin } = new URL(input instanceof Request ? input.url : input)
    return origin === rogue.origin ? peers.fetch(input, init) : others(input, init)
  }
  const scribe = await scribeOf(berlin)
  const behaveWell = () =>
    rogue.behave((asked) => answer(asked, honestPage(asked.url, scribe, berlin)))
  behaveWell()
  const close = async () => {
    await peers.close()
    rogue.close()
    await net.close()
  }
  return { ...net, rogue, scribe, behaveWell, close }
}

/** Writes the public feed of a centre at this node. */
export const scribeOf = async (writer: TestHub, iss = writer.iss) => {
  const key = await signingKey(writer, await centreById(writer.sql, iss))
  if (!key) throw new Error('nobody has vouched for this centre')
  return openScribe({ iss, feed: 'public', key, now: writer.now })
}

/** What a good node answers to this question about a feed. */
export const honestPage = (url: URL, scribe: Scribe, writer: Pick<TestHub, 'iss'>) => {
  const entries = url.searchParams.get('feed') === 'public' ? scribe.entries : []
  const pageSize = Number(url.searchParams.get('limit') ?? 200)
  return pageOf({ ...scribe, entries, sentHead: null, pageSize, asked: [] }, writer, url)
}

export const answer = (
  { response }: Asked,
  body: unknown,
  headers: Record<string, string> = {},
  status = 200,
) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
}

/** Further centres at the rogue's node, which everybody comes to know. */
export const addCentres = async ({ berlin, kiww, brandenburg }: TestFederation, count: number) => {
  const slugs = Array.from({ length: count }, (_, i) => `rogue-${i + 1}`)
  for (const slug of slugs) berlin.config.centres.push({ slug, name: slug, regions: [] })
  await ensureKeys(berlin)
  const ids = slugs.map((slug) => centreIdAt(berlin.config.origin, slug))
  for (const entityId of ids) {
    const { kid: fingerprint } = await federationKey(berlin, entityId)
    const vouched = await vouch(kiww, { entityId, fingerprint })
    if (!vouched.ok) throw new Error(vouched.reason)
  }
  await learnTrust(berlin)
  await learnTrust(brandenburg)
  return ids
}
