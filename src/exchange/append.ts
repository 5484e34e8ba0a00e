/** Signing and appending the next entry of an own feed. */
import { setTimeout as delay } from 'node:timers/promises'
import { repeatOnLoss } from '../database/connect.ts'
import { type Centre, currentEpoch, verifyKeysOf } from '../federation/centre.ts'
import { signingKey } from '../federation/keys.ts'
import type { FeedName } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { saltedDigest, tokenDigest } from '../signing/digest.ts'
import type { Signed } from '../signing/journal.ts'
import type { JsonObject } from '../signing/json.ts'
import { type SigningKey, seal } from '../signing/seal.ts'
import type { OnRecord, TravellingEntry } from './entry.ts'
import { claimFeed, feedOf, type HeldFeed, releaseFeed, statesOf, storeEntries } from './store.ts'
import { type VerifiedPage, verifyPage } from './verify.ts'

/** What an own centre wants to say: an operation, and for `publish` the content's bytes. */
export interface Statement {
  iss: string
  feed: FeedName
  operation: DistributiveOmit<OnRecord, 'len' | 'dig'>
  content?: Buffer
  /** What belongs to it and never leaves this node, such as a consent. Kept and erased with it. */
  local?: JsonObject
  /** Whether it repeats what was taken back before the feed began anew: until that is done nothing else is signed. */
  repeats?: boolean
  /** Called when nobody else of this centre can sign any more: throws where what was read before no longer holds. */
  confirm?: () => Promise<void>
}
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

export interface Appended {
  epoch: number
  seq: number
  dig: string
}

/**
 * Signs the statement as the next entry of its feed, notes the signature in the journal and appends it.
 * Problems: `cannot-sign` (no journal, no vouched key, or the journal is ahead of the database),
 * `conflict` (the entry would break a rule of its operation, or others were quicker again and again).
 */
export const append = (hub: Hub, statement: Statement): Promise<Appended> => {
  const { iss, feed } = statement
  const journal = hub.journal
  if (!journal) {
    throw new Problem(
      'cannot-sign',
      'Dieser Knoten führt kein Unterschriftenbuch und veröffentlicht nichts.',
    )
  }
  return journal.inTurn(iss, feed, async () => {
    const turn = await takeTurn(hub, iss, feed)
    try {
      // Storing gives the right to sign away.
      return await signAndStore(turn, statement)
    } catch (error) {
      await giveBack(turn)
      throw error
    }
  })
}

/** Appends what the journal holds beyond the database: signed before a crash, and nothing else may take its number. */
export const settleJournal = (hub: Hub, iss: string, feed: FeedName) =>
  hub.journal?.inTurn(iss, feed, async () => {
    if (!(await hub.journal?.last(iss, feed))) return
    await giveBack(await takeTurn(hub, iss, feed))
  })

/** The right to sign the next entry, and what it needs. */
interface Turn {
  hub: Hub
  journal: NonNullable<Hub['journal']>
  centre: Centre
  key: SigningKey & { n: number }
  feed: HeldFeed
  signer: string
}

const takeTurn = async (hub: Hub, iss: string, name: FeedName): Promise<Turn> => {
  const centre = await repeatOnLoss(() => centreById(hub.sql, iss))
  const key = await repeatOnLoss(() => signingKey(hub, centre))
  const journal = hub.journal
  if (!centre || !key || !journal) {
    throw new Problem('cannot-sign', 'Der Vertrauensanker hat dieses Zentrum noch nicht bestätigt.')
  }
  const { epoch } = currentEpoch(centre, name)
  const [feed] = await repeatOnLoss(() => feedOf(hub.sql, iss, name, epoch))
  if (!feed) throw new Problem('unknown-feed')
  if (feed.forkedAt !== null) {
    throw new Problem(
      'cannot-sign',
      `Die eigene Beitragsfolge ist bei Eintrag ${feed.forkedAt} gegabelt: Zwei verschiedene Einträge sind unterschrieben. Erst wenn der Vertrauensanker eine neue Epoche festlegt, geht es weiter.`,
    )
  }
  const signer = crypto.randomUUID()
  const turn = {
    hub,
    journal,
    centre,
    key,
    signer,
    feed: { ...feed, ...(await claim(hub, feed.id, signer)) },
  }
  try {
    return await settle(turn)
  } catch (error) {
    await giveBack(turn)
    throw error
  }
}

/** Lets others sign. Where that cannot be said, they wait until the right has run out. */
const giveBack = ({ hub, feed, signer }: Turn) =>
  repeatOnLoss(() => releaseFeed(hub.sql, feed.id, signer)).catch((error) =>
    hub.log.warn({ err: error, iss: feed.iss, feed: feed.feed }, 'right to sign not given back'),
  )

/** Waits until nobody else may sign; who died while signing loses that right after some seconds. */
const claim = async (hub: Hub, feedId: number, signer: string) => {
  for (let attempt = 0; attempt < 400; attempt++) {
    const [end] = await repeatOnLoss(() => claimFeed(hub.sql, feedId, signer))
    if (end) return end
    await delay(25)
  }
  throw new Problem('conflict', 'Ein anderer Vorgang schreibt gerade in diese Beitragsfolge.')
}

/** Brings database and journal to the same entry, or refuses to sign: a restored database may have forgotten some. */
const settle = async (turn: Turn): Promise<Turn> => {
  const { feed, journal } = turn
  const last = await journal.last(feed.iss, feed.feed)
  if (!last && feed.size === 0) return turn
  if (!last) {
    throw new Problem(
      'cannot-sign',
      'Das Unterschriftenbuch fehlt; ohne es könnte eine Nummer doppelt vergeben werden.',
    )
  }
  if (last.epoch < feed.epoch || (last.epoch === feed.epoch && last.seq <= feed.size)) return turn
  if (last.epoch === feed.epoch && last.seq === feed.size + 1 && last.prev === feed.dig) {
    await store(turn, await judge(turn, travelling(last)), last.local)
    // Storing has given the right to sign away.
    const end = await claim(turn.hub, feed.id, turn.signer)
    return settle({ ...turn, feed: { ...feed, ...end } })
  }
  throw new Problem(
    'cannot-sign',
    'Das Unterschriftenbuch ist weiter als die Datenbank: sie wurde offenbar aus einer älteren Sicherung wiederhergestellt.',
  )
}

const signAndStore = async (turn: Turn, statement: Statement): Promise<Appended> => {
  const { journal, feed } = turn
  if (feed.hides && feed.epoch > 1 && !statement.repeats) {
    throw new Problem(
      'conflict',
      'Die Beitragsfolge beginnt gerade neu; bitte versuchen Sie es in einem Augenblick noch einmal.',
    )
  }
  await statement.confirm?.()
  const signed = await sign(turn, statement)
  const page = await judge(turn, travelling(signed))
  await journal.note(feed.iss, feed.feed, signed)
  await store(turn, page, signed.local)
  return { epoch: signed.epoch, seq: signed.seq, dig: signed.dig }
}

const sign = async (
  { hub, key, feed }: Turn,
  { operation, content, local }: Statement,
): Promise<Signed> => {
  const { iss, epoch } = feed
  const seq = feed.size + 1
  const link = { iss, feed: feed.feed, epoch, seq, prev: feed.dig, iat: seconds(hub) }
  const salt = crypto.getRandomValues(Buffer.alloc(16))
  const about = content && { len: content.length, dig: saltedDigest(salt, content) }
  const jws = await seal('transfernetz-entry+jwt', { ...link, ...operation, ...about }, key)
  const bytes = content && {
    content: content.toString('base64url'),
    salt: salt.toString('base64url'),
  }
  const dig = tokenDigest(jws)
  return { epoch, seq, prev: feed.dig, dig, jws, ...bytes, ...(local && { local }) }
}

const travelling = ({ jws, content, salt }: Signed): TravellingEntry => ({
  entry: jws,
  status: 'present',
  ...(content !== undefined && { content, salt }),
})

/** Judges an own entry as every peer will: what they would not take never leaves. */
const judge = async (
  { hub, centre, feed }: Turn,
  entry: TravellingEntry,
): Promise<VerifiedPage> => {
  const cursor = { epoch: feed.epoch, seq: feed.size, dig: feed.dig, keyNumber: feed.keyNumber }
  const page = await verifyPage([entry], cursor, {
    centre,
    feed: feed.feed,
    keys: await verifyKeysOf(centre),
    now: seconds(hub),
    judgeContent: hub.judgeContent,
    statesOf: async (rids) => {
      const rows = await repeatOnLoss(() => statesOf(hub.sql, feed.iss, feed.feed, rids))
      return new Map(rows.map((row) => [row.rid, row]))
    },
  })
  const reason = page.stop?.reason ?? page.entries[0]?.fault
  if (reason) throw new Problem('conflict', undefined, { reason })
  return page
}

/** A connection lost meanwhile leaves open what happened: the same bytes sent again are stored, or a duplicate. */
const store = async ({ hub, feed, signer }: Turn, page: VerifiedPage, local?: JsonObject) => {
  const batch = {
    feedId: feed.id,
    after: feed.size,
    prev: feed.dig,
    end: page.cursor,
    entries: page.entries.map((entry) => ({ ...entry, ...(local && { local }) })),
    states: page.states,
    received: new Date(hub.now()),
    signer,
  }
  const answer = await repeatOnLoss(async () => {
    const [row] = await storeEntries(hub.sql, batch)
    return row?.answer ?? Promise.reject(noAnswer)
  })
  if (answer === 'moved') {
    throw new Problem(
      'conflict',
      'Der Eintrag wurde nicht angenommen; bitte versuchen Sie es noch einmal.',
    )
  }
}

/** A session that was ended may answer without its row, as if it were done: that is as open as no answer. */
const noAnswer = Object.assign(new Error('no answer'), { code: 'CONNECTION_CLOSED' })
