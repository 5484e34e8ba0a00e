/** A federation of which one node is a rogue, reached over real HTTP. */
import { centreIdAt } from '../../src/config.ts'
import { openGuardedFetch } from '../../src/federation/guarded-fetch.ts'
import { ensureKeys, federationKey, signingKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { centreById } from '../../src/federation/store.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { openFederation, type TestFederation, type TestHub } from './hub.ts'
import { openScribe, type Scribe } from './rogue.ts'
import { answer, honestPage, openRogueNode, type RogueNode } from './rogue-node.ts'

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
