/** Signing and appending the next entry of an own feed. */
import { repeatOnLoss } from '../database/connect.ts'
import { verifyKeysOf } from '../federation/centre.ts'
import type { FeedName } from '../federation/statement.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { saltedDigest, tokenDigest } from '../signing/digest.ts'
import type { Signed } from '../signing/journal.ts'
import type { JsonObject } from '../signing/json.ts'
import { seal } from '../signing/seal.ts'
import type { Operation, TravellingEntry } from './entry.ts'
import { noteEnd, type Recovery, recoverFeed, whyNot } from './recover.ts'
import { type Standing, standing } from './standing.ts'
import { statesOf, storeEntries } from './store.ts'
import { claimAgain, claimTurn, giveBack, type SigningHub, signingHub, type Turn } from './turn.ts'
import { type VerifiedPage, verifyPage } from './verify.ts'

/** What an own centre wants to say: an operation, and for `publish` the content's bytes. */
export interface Statement {
  iss: string
  feed: FeedName
  operation: DistributiveOmit<Operation, 'len' | 'dig'>
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
 * Problems: `cannot-sign` (no journal, no vouched key, or what was signed last is not certain), `conflict` (the
 * entry would break a rule of its operation, or others were quicker again and again).
 */
export const append = (hub: Hub, statement: Statement): Promise<Appended> => {
  const { iss, feed } = statement
  const signing = signingHub(hub)
  return signing.journal.inTurn(iss, feed, async () => {
    const turn = await takeTurn(signing, iss, feed)
    try {
      // Storing gives the right to sign away.
      return await signAndStore(turn, statement)
    } catch (error) {
      await giveBack(turn)
      throw error
    }
  })
}

/**
 * Brings journal and database of an own feed to the same entry, so that it may be signed on: what was signed
 * before a crash is appended, what a restored database forgot is fetched back. Problems: as of `append`.
 */
export const settleJournal = (hub: Hub, iss: string, feed: FeedName): Promise<void> => {
  const signing = signingHub(hub)
  return signing.journal.inTurn(iss, feed, async () => {
    await giveBack(await takeTurn(signing, iss, feed))
  })
}

/** The same for an operator: where the feed stands afterwards, and who was asked. */
export const bringBack = (hub: Hub, iss: string, feed: FeedName): Promise<Recovery> => {
  const signing = signingHub(hub)
  return signing.journal.inTurn(iss, feed, async () => {
    const { turn, recovery } = await tryTurn(signing, iss, feed)
    if (turn) await giveBack(turn)
    return recovery
  })
}

const takeTurn = async (hub: SigningHub, iss: string, feed: FeedName): Promise<Turn> => {
  const { turn, recovery } = await tryTurn(hub, iss, feed)
  if (turn) return turn
  throw new Problem('cannot-sign', whyNot(recovery))
}

/** The right to sign the next entry, once it is certain what the last one was. */
const tryTurn = async (
  hub: SigningHub,
  iss: string,
  feed: FeedName,
): Promise<{ turn?: Turn | undefined; recovery: Recovery }> => {
  const first = await settledTurn(hub, iss, feed)
  if (first.turn) return { turn: first.turn, recovery: { standing: first.standing, holders: [] } }
  // Others are asked; nobody waits for the right to sign meanwhile.
  const recovery = await recoverFeed(hub, iss, feed)
  const { turn, standing } = await settledTurn(hub, iss, feed)
  return { turn, recovery: { standing, holders: recovery?.holders ?? [] } }
}

/** No turn unless the journal and the database say the same. */
interface Settled {
  turn?: Turn
  standing: Standing
}

const settledTurn = async (hub: SigningHub, iss: string, feed: FeedName): Promise<Settled> => {
  const turn = await claimTurn(hub, iss, feed)
  try {
    const settled = await settle(turn)
    if (!settled.turn) await giveBack(turn)
    return settled
  } catch (error) {
    await giveBack(turn)
    throw error
  }
}

/** Appends what the journal holds beyond the database: signed before a crash, and nothing else may take its number. */
const settle = async (turn: Turn): Promise<Settled> => {
  const { hub, centre, feed } = turn
  const found = await repeatOnLoss(() => standing(hub.sql, hub.journal, centre, feed))
  if (found.is === 'even') return { turn, standing: found }
  if (found.is !== 'unstored' || !found.last) return { standing: found }
  await store(turn, await judge(turn, travelling(found.last)), found.last.local)
  return settle(await claimAgain(turn))
}

const signAndStore = async (turn: Turn, statement: Statement): Promise<Appended> => {
  const { hub, feed } = turn
  if (feed.hides && feed.epoch > 1 && !statement.repeats) {
    throw new Problem(
      'conflict',
      'Die Beitragsfolge beginnt gerade neu; bitte versuchen Sie es in einem Augenblick noch einmal.',
    )
  }
  await statement.confirm?.()
  const signed = await sign(turn, statement)
  const page = await judge(turn, travelling(signed))
  await hub.journal.note(feed.iss, feed.feed, signed)
  if ((await store(turn, page, signed.local)) === 'moved') {
    await unsay(turn, signed)
    throw new Problem(
      'conflict',
      'Der Eintrag wurde nicht angenommen; bitte versuchen Sie es noch einmal.',
    )
  }
  return { epoch: signed.epoch, seq: signed.seq, dig: signed.dig }
}

const sign = async (
  { hub, key, feed, mark }: Turn,
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
  return { epoch, seq, prev: feed.dig, dig, jws, mark, ...bytes, ...(local && { local }) }
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
  return repeatOnLoss(async () => {
    const [row] = await storeEntries(hub.sql, batch)
    return row?.answer ?? Promise.reject(noAnswer)
  })
}

/** A session that was ended may answer without its row, as if it were done: that is as open as no answer. */
const noAnswer = Object.assign(new Error('no answer'), { code: 'CONNECTION_CLOSED' })

/** What was answered `moved` never left: the journal goes back to what is held, unless others have noted more. */
const unsay = async (turn: Turn, { dig }: Signed) => {
  const { hub, feed } = await claimAgain(turn)
  const last = await hub.journal.last(feed.iss, feed.feed)
  if (last?.dig === dig) await noteEnd(hub, feed)
}
