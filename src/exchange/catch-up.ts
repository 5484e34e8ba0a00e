/**
 * A node that was away for long, or whose database was restored from a backup, may hold what others have taken
 * back meanwhile. Until it has learnt of that it shows and serves nothing (schemas/EXCHANGE.md, section 13).
 */
import { ownCentreIds } from '../config.ts'
import { learnTrust } from '../federation/learn.ts'
import { feedNames } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import type { Db, Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { settleJournal } from './append.ts'
import { askHolders, fetchBack, hasNothingMore } from './holders.ts'
import { centresAtHome } from './home.ts'
import {
  type Absence,
  beginAgain,
  beginLife,
  endAbsence,
  feedsBehind,
  type LogEnd,
  logEnd,
  noteReturn,
} from './log-store.ts'
import { noteMark } from './note-mark.ts'
import { jitter, pullAfresh } from './pulls.ts'
import { noteHeard } from './pulls-store.ts'
import { type StandingName, standingOf } from './standing.ts'
import { newestEpochOf } from './store.ts'
import type { SigningHub } from './turn.ts'

/** Milliseconds. */
const pace = {
  /** Without any pull for so long a node was away. One that runs polls every five minutes. */
  absent: 60 * 60_000,
  /** So long whoever was away waits for those that do not answer, and for those that go on and on. */
  patience: 60_000,
  longest: 10 * 60_000,
  look: 1_000,
  retry: 15_000,
} as const

/** Whether nothing may be shown yet. */
export const isAbsent = async (sql: Db) => ((await logEnd(sql))[0]?.absence ?? null) !== null

/** At the start of a node, before it answers anybody: has its database forgotten something, was it away? */
export const lookBack = async (hub: Hub) => {
  await noticeRestore(hub)
  const now = hub.now()
  await noteReturn(hub.sql, new Date(now - pace.absent), new Date(now))
}

/** A database that is behind the journal was restored from a backup: it lacks what was noted since. */
const noticeRestore = async ({ journal, ...hub }: Hub) => {
  if (!journal) return
  const begun = await beginLife(hub.sql, await journal.mark(), new Date(hub.now()))
  if (begun.length === 0) return
  hub.log.warn('the database was restored: nothing is shown until all feeds were pulled')
  await pullAfresh(hub)
  hub.wake?.('nudged')
}

/**
 * The chore: settles the own feeds, and ends the silence once everything is learnt. Answers the milliseconds until
 * it wants to run again, where it did not get so far.
 */
export const catchUp = async (hub: Hub): Promise<number | undefined> => {
  if (!hub.journal) return undefined
  await noticeRestore(hub)
  const settled = await settleOwnFeeds({ ...hub, journal: hub.journal })
  const [end] = await logEnd(hub.sql)
  if (end?.absence && settled && (await hasCaughtUp(hub, end))) {
    await endAbsence(hub.sql)
    hub.wake?.()
  } else if (end?.absence) return jitter(settled ? pace.look : pace.retry)
  await noteMark(hub)
  return settled ? undefined : jitter(pace.retry)
}

/** What was signed before a crash but not stored is stored now; no other node is needed for that. */
export const storeSigned = async ({ journal, ...hub }: Hub) => {
  if (journal) await settleOwnFeeds({ ...hub, journal }, ['unstored'])
}

/** Whether every own feed may be signed on. What stands in the way is logged; `transfernetz recover` explains it. */
const settleOwnFeeds = async (hub: SigningHub, which?: StandingName[]) => {
  let settled = true
  for (const iss of ownCentreIds(hub.config)) {
    const centre = await centreById(hub.sql, iss)
    for (const feed of centre ? feedNames : []) {
      const found = centre && (await standingOf(hub.sql, hub.journal, centre, feed))
      if (!found || found.is === 'even' || which?.includes(found.is) === false) continue
      await settleJournal(hub, iss, feed).catch((error) => {
        if (!(error instanceof Problem)) throw error
        hub.log.warn({ iss, feed, reason: error.message }, 'cannot sign')
        settled = false
      })
    }
  }
  return settled
}

const hasCaughtUp = async (hub: Hub, { absence, since }: LogEnd) => {
  if (!absence || !since) return true
  if (absence === 'restored') await fetchHosted(hub, since)
  const behind = await stillBehind(hub, absence, since)
  // Who was restored waits for all.
  if (absence === 'returned' && hasWaited(behind, hub.now() - since.getTime())) return true
  return behind.length === 0 && (await knowsTrust(hub))
}

const hasWaited = (behind: { coming: boolean }[], waited: number) =>
  waited >= pace.longest || (waited >= pace.patience && behind.every(({ coming }) => !coming))

/** The feeds that were not pulled since. In those that begin here nothing has happened while this node was away. */
export const stillBehind = async (hub: Hub, absence: Absence, since: Date) => {
  const except = absence === 'restored' ? ownCentreIds(hub.config) : await centresAtHome(hub)
  return feedsBehind(hub.sql, except, since)
}

/** The feeds of centres that bring their entries here: what was forgotten of them the other nodes may have. */
const fetchHosted = async (hub: Hub, since: Date) => {
  const hosted = await centresAtHome(hub)
  for (const { iss, feed } of await stillBehind(hub, 'restored', since)) {
    const centre = hosted.includes(iss) && (await centreById(hub.sql, iss))
    const [held] = centre ? await newestEpochOf(hub.sql, iss, feed) : []
    if (!centre || !held) continue
    const holders = await askHolders(hub, held)
    await fetchBack(hub, { centre, standing: { feed: held } }, holders, async () => false)
    if (holders.every(hasNothingMore)) await noteHeard(hub.sql, held, new Date(hub.now()))
  }
}

/** Whether the anchor has nothing new to say; what it has may mean that there is more to pull, in a new epoch. */
const knowsTrust = async (hub: Hub) => {
  const answer = await learnTrust(hub)
  if (!answer.ok) return false
  if (answer.value.learnt === 0) return !answer.value.more
  await beginAgain(hub.sql, new Date(hub.now()))
  await pullAfresh(hub)
  hub.wake?.()
  return false
}

/** An operator takes the risk that something is shown which others have taken back. */
export const showAnyway = async (hub: Hub) => {
  await endAbsence(hub.sql)
  await noteMark(hub)
}
