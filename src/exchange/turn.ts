/** The right to sign the next entry of an own feed: a lease, so that two processes never sign one number. */
import { setTimeout as delay } from 'node:timers/promises'
import { repeatOnLoss } from '../database/connect.ts'
import { type Centre, currentEpoch } from '../federation/centre.ts'
import { signingKey, whyNoKey } from '../federation/keys.ts'
import type { FeedName } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import type { Journal, Mark } from '../signing/journal.ts'
import type { SigningKey } from '../signing/seal.ts'
import { alignFeed } from './align.ts'
import { claimFeed, feedOf, type HeldFeed, releaseFeed } from './store.ts'

/** A hub of a node that may sign. */
export type SigningHub = Hub & { journal: Journal }

export const signingHub = (hub: Hub): SigningHub => {
  const { journal } = hub
  if (journal) return { ...hub, journal }
  throw new Problem(
    'cannot-sign',
    'Dieser Knoten führt kein Unterschriftenbuch und veröffentlicht nichts.',
  )
}

/** The right to sign the next entry, and what it needs. */
export interface Turn {
  hub: SigningHub
  centre: Centre
  key: SigningKey & { n: number }
  feed: HeldFeed
  mark: Mark
  signer: string
}

/** Waits for the right. Problems: `cannot-sign` (no vouched key), `unknown-feed`, `conflict` (others sign on and on). */
export const claimTurn = async (hub: SigningHub, iss: string, name: FeedName): Promise<Turn> => {
  const centre = await repeatOnLoss(() => centreById(hub.sql, iss))
  const key = await repeatOnLoss(() => signingKey(hub, centre))
  if (!centre || !key) throw new Problem('cannot-sign', whyNoKey(centre))
  const feed = await currentFeed(hub, centre, name)
  if (feed.forkedAt !== null) {
    throw new Problem(
      'cannot-sign',
      `Die eigene Beitragsfolge ist bei Eintrag ${feed.forkedAt} gegabelt: Zwei verschiedene Einträge sind unterschrieben. Erst wenn der Vertrauensanker eine neue Epoche festlegt, geht es weiter.`,
    )
  }
  const turn = {
    hub,
    centre,
    key,
    feed,
    mark: { life: 0, position: 0 },
    signer: crypto.randomUUID(),
  }
  return claimAgain(turn)
}

/** What is signed follows on what the newest statement lets count; another process may be at that comparison too. */
const currentFeed = async (hub: SigningHub, centre: Centre, name: FeedName) => {
  const { epoch } = currentEpoch(centre, name)
  const find = () => repeatOnLoss(() => feedOf(hub.sql, centre.id, name, epoch))
  const [held] = await find()
  if (!held) throw new Problem('unknown-feed')
  if (held.aligned === centre.iat) return held
  await repeatOnLoss(() => alignFeed(hub, centre, name))
  const [feed] = await find()
  if (feed && feed.aligned >= centre.iat) return feed
  throw new Problem('conflict')
}

/** Storing gives the right away; whoever goes on needs it anew, and where the feed now ends. */
export const claimAgain = async (turn: Turn): Promise<Turn> => {
  const { life, position, ...end } = await claim(turn)
  return { ...turn, feed: { ...turn.feed, ...end }, mark: { life, position } }
}

/** Waits until nobody else may sign; who died while signing loses that right after some seconds. */
const claim = async ({ hub, feed, signer }: Turn) => {
  for (let attempt = 0; attempt < 400; attempt++) {
    const [end] = await repeatOnLoss(() => claimFeed(hub.sql, feed.id, signer))
    if (end) return end
    await delay(25)
  }
  throw new Problem('conflict', 'Ein anderer Vorgang schreibt gerade in diese Beitragsfolge.')
}

/** Lets others sign. Where that cannot be said, they wait until the right has run out. */
export const giveBack = ({ hub, feed, signer }: Turn) =>
  repeatOnLoss(() => releaseFeed(hub.sql, feed.id, signer)).catch((error) =>
    hub.log.warn({ err: error, iss: feed.iss, feed: feed.feed }, 'right to sign not given back'),
  )
