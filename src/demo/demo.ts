/** The demo: KIWW with the trust anchor, Berlin and Brandenburg, three nodes in one process on one database server. */
import { join } from 'node:path'
import { centreIdAt, type DemoSettings } from '../config.ts'
import { type EmbeddedDatabase, startEmbedded } from '../database/embedded.ts'
import { StartError } from '../database/start-error.ts'
import { pullAfresh } from '../exchange/pulls.ts'
import { refreshStatements, statedAbout } from '../federation/anchor.ts'
import { federationKey } from '../federation/keys.ts'
import { learnTrust } from '../federation/learn.ts'
import { vouch } from '../federation/vouch.ts'
import type { Hub, Log } from '../hub.ts'
import { type RunningNode, refuseTakenPort, startNode } from '../node.ts'
import { openDirectory, openHub } from '../open-hub.ts'
import { loadEndorsements, loadFixtures } from './fixtures.ts'
import { type DemoState, demoNodes, nodeSettings } from './nodes.ts'
import { loadReferrals } from './referrals.ts'
import { fullSettings } from './settings.ts'
import { keepState, openState } from './state.ts'

export interface RunningDemo {
  state: DemoState
  nodes: RunningNode[]
  stop(): Promise<void>
}

/**
 * Starts all three; the first time it makes keys, has the anchor vouch for the centres, and loads the fixtures.
 * Who no longer wants it aborts `wanted`: then it stops what it has started, and throws.
 */
export const startDemo = async (
  settings: DemoSettings,
  log: Log,
  wanted: AbortSignal,
): Promise<RunningDemo> => {
  await openDirectory(settings.dataDir)
  let state = await openState(settings)
  for (const index of demoNodes.keys()) {
    const { hosts, port } = nodeSettings(state, index, settings)
    await refuseTakenPort(hosts, port)
  }
  const database = await startEmbedded({ directory: join(settings.dataDir, 'postgres'), log })
  const nodes: RunningNode[] = []
  const stop = async () => {
    await Promise.allSettled(nodes.map((node) => node.stop()))
    await database.stop()
  }
  try {
    state = await withPin(state, settings, database)
    for (const index of demoNodes.keys()) {
      wanted.throwIfAborted()
      nodes.push(await startNode(await fullSettings(state, index, settings, database)))
    }
    await joinAll(nodes)
    await meetAll(nodes)
    if (!state.loaded) await loadAll(nodes, wanted)
    state = { ...state, loaded: true }
    await keepState(settings.dataDir, state)
    return { state, nodes, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The anchor's key is made before the others start: they must know its thumbprint. */
const withPin = async (state: DemoState, settings: DemoSettings, database: EmbeddedDatabase) => {
  if (state.pin) return state
  const anchor = await openHub(await fullSettings(state, 0, settings, database))
  const { kid } = await federationKey(anchor, anchor.config.anchor.id)
  await refreshStatements(anchor)
  await anchor.close()
  const pinned = { ...state, pin: kid }
  await keepState(settings.dataDir, pinned)
  return pinned
}

/** Has the anchor vouch for every centre that it does not state yet, and everybody learn of it. */
const joinAll = async (nodes: RunningNode[]) => {
  const anchor = (nodes[0] as RunningNode).hub
  for (const [index, { hub }] of nodes.entries()) {
    const { slug, umbrella } = demoNodes[index] as (typeof demoNodes)[number]
    const entityId = centreIdAt(hub.config.origin, slug)
    if (await statedAbout(anchor, entityId)) continue
    const { kid: fingerprint } = await federationKey(hub, entityId)
    const answer = await vouch(anchor, { entityId, fingerprint, umbrella })
    if (!answer.ok) throw notJoined(entityId, answer.reason)
  }
  for (const { hub } of nodes) await learn(hub)
}

/** Who started first found nobody to pull from, and after a long pause shows nothing before it has. */
const meetAll = async (nodes: RunningNode[]) => {
  for (const { hub } of nodes) {
    await pullAfresh(hub)
    hub.wake?.('nudged')
  }
}

const learn = async (hub: Hub) => {
  const answer = await learnTrust(hub)
  if (!answer.ok) throw notJoined(hub.config.anchor.id, answer.reason)
}

const notJoined = (entityId: string, reason: string) =>
  new StartError(`Die Knoten finden nicht zueinander: ${entityId} (${reason}).`)

const loadAll = async (nodes: RunningNode[], wanted: AbortSignal) => {
  for (const [index, { hub }] of nodes.entries()) {
    await loadFixtures(hub, (demoNodes[index] as (typeof demoNodes)[number]).slug, wanted)
  }
  for (const [index, { hub }] of nodes.entries()) {
    wanted.throwIfAborted()
    await loadEndorsements(hub, (demoNodes[index] as (typeof demoNodes)[number]).slug)
  }
  wanted.throwIfAborted()
  await loadReferrals(
    new Map(nodes.map(({ hub }) => [hub.config.centres[0]?.slug ?? '', hub])),
    wanted,
  )
}
