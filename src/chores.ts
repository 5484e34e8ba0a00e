/** Work that nobody waits for, as small steps that can be done again. */
import { ownCentreIds } from './config.ts'
import { takeUpCutOff } from './drafts/cut-off.ts'
import { publishDue } from './drafts/publish-draft.ts'
import { askPeers } from './exchange/ask-peers.ts'
import { catchUp } from './exchange/catch-up.ts'
import { fetchBlobs, sweepBlobs } from './exchange/fetch-blobs.ts'
import { fillGaps } from './exchange/gaps.ts'
import { noteTakingBack } from './exchange/note-mark.ts'
import { nudgePeers } from './exchange/nudge.ts'
import { jitter, pullDue } from './exchange/pulls.ts'
import { repeatTakenBack } from './exchange/repeat.ts'
import { retireReplacedKeys } from './exchange/retire.ts'
import { refreshStatements } from './federation/anchor.ts'
import { learnTrust } from './federation/learn.ts'
import { allCentres } from './federation/store.ts'
import type { Hub, News } from './hub.ts'
import { followLog as followFigures } from './insight/follow.ts'
import { finishNarrowings } from './publications/narrow.ts'
import { finishErasures } from './publications/take-back.ts'
import { tellOfQuestions } from './questions/tell.ts'
import { sendCounts } from './referrals/counts.ts'
import { deliverReferrals } from './referrals/deliver.ts'
import { tendReferrals } from './referrals/tend.ts'
import { remindOfAgreements } from './rounds/remind.ts'
import { tellParties } from './rounds/tell-parties.ts'
import { followLog } from './search/follow.ts'
import { followSaved } from './search/follow-saved.ts'
import { lagOf } from './search/lag.ts'
import { followBeside } from './search/meilisearch-index.ts'
import { sendMail } from './staff/send-mail.ts'
import { forgetWhatIsOver } from './staff/session-store.ts'

export interface Chore {
  name: string
  /** Milliseconds between two runs when nothing wakes it. */
  every: number
  /** What news is a reason to run at once. */
  on: News[]
  /** So many runs at a time, where a slow peer must not keep the others waiting. Otherwise one. */
  lanes?: number
  /** May answer the milliseconds after which it wants to run again, if sooner than `every`. */
  run(hub: Hub): Promise<number | undefined>
}

const minute = 60_000

export const chores: Chore[] = [
  {
    name: 'refresh statements',
    every: 60 * minute,
    on: [],
    run: quietly(refreshStatements),
  },
  {
    name: 'retire keys',
    every: 60 * minute,
    on: [],
    run: quietly(retireReplacedKeys),
  },
  { name: 'learn trust', every: 5 * minute, on: [], run: learn },
  { name: 'catch up', every: minute, on: [], run: catchUp },
  { name: 'narrow', every: minute, on: [], run: quietly(finishNarrowings) },
  { name: 'erase', every: minute, on: [], run: quietly(finishErasures) },
  { name: 'take up what was cut off', every: minute, on: [], run: quietly(takeUpCutOff) },
  { name: 'publish what is due', every: minute, on: [], run: quietly(publishDue) },
  { name: 'pull', every: minute, on: ['nudged'], lanes: 4, run: pullDue },
  { name: 'repeat', every: minute, on: ['stored'], run: quietly(repeatTakenBack) },
  { name: 'nudge peers', every: minute, on: ['stored'], lanes: 4, run: quietly(nudgePeers) },
  { name: 'forget what is over', every: 60 * minute, on: [], run: quietly(forget) },
  { name: 'note what was taken back', every: minute, on: ['stored'], run: quietly(noteTakingBack) },
  { name: 'index', every: minute, on: ['stored'], run: quietly(followLog) },
  { name: 'count', every: minute, on: ['stored'], run: quietly(followFigures) },
  { name: 'fill gaps', every: 10 * minute, on: [], run: quietly(fillGaps) },
  { name: 'saved searches', every: minute, on: ['stored'], run: followSearches },
  { name: 'index on Meilisearch', every: minute, on: ['stored'], run: followMeilisearch },
  { name: 'fetch blobs', every: minute, on: ['stored'], lanes: 2, run: fetchBlobs },
  { name: 'sweep blobs', every: 10 * minute, on: [], run: quietly(sweepBlobs) },
  { name: 'remind of agreements', every: 60 * minute, on: [], run: quietly(remindOfAgreements) },
  { name: 'tell parties', every: minute, on: ['stored'], run: quietly(tellParties) },
  { name: 'tell of questions', every: 10 * minute, on: ['stored'], run: quietly(tellOfQuestions) },
  { name: 'send mail', every: minute, on: ['stored'], run: quietly(sendMail) },
  { name: 'tend referrals', every: 60 * minute, on: [], run: quietly(tendReferrals) },
  { name: 'send counts', every: 60 * minute, on: [], run: quietly(sendCounts) },
  { name: 'deliver referrals', every: minute, on: ['referred'], lanes: 2, run: deliverReferrals },
  { name: 'ask peers', every: minute, on: ['stored'], run: askPeers },
]

function forget({ sql, now }: Hub) {
  return forgetWhatIsOver(sql, now())
}

function quietly(act: (hub: Hub) => Promise<unknown>) {
  return async (hub: Hub) => {
    await act(hub)
    return undefined
  }
}

/** They go by our own index, which may still be on its way to the end of the log. */
async function followSearches(hub: Hub) {
  await followSaved(hub)
  return (await lagOf(hub)).own > 0 ? jitter(1_000) : undefined
}

/** It takes from our own index, which may still be on its way to the end of the log. */
async function followMeilisearch(hub: Hub) {
  if (!hub.config.meilisearch) return undefined
  const kept = await followBeside(hub)
  if (kept.ok) return (await lagOf(hub)).meilisearch > 0 ? jitter(1_000) : undefined
  hub.log.warn({ ...kept }, 'the index on Meilisearch cannot be brought up to date')
  return jitter(15_000)
}

async function learn(hub: Hub) {
  const answer = await learnTrust(hub)
  if (!answer.ok) {
    hub.log.warn({ reason: answer.reason }, 'the trust anchor cannot be read')
    return jitter(15_000)
  }
  if (answer.value.learnt > 0) hub.wake?.()
  if (answer.value.more) return jitter(minute)
  return (await isJoined(hub)) ? undefined : jitter(5_000)
}

/** A centre that nobody vouches for yet cannot publish; it wants to hear soon that somebody does. */
const isJoined = async (hub: Hub) => {
  const known = (await allCentres(hub.sql)).map(({ id }) => id)
  return ownCentreIds(hub.config).every((id) => known.includes(id))
}

/** Runs each chore once, in order: for doors without timers. Answers the milliseconds until one wants to run again. */
export const runChores = async (hub: Hub, list: Chore[] = chores): Promise<number> => {
  let soonest = Number.POSITIVE_INFINITY
  for (const chore of list) {
    const waits = await Promise.all(lanesOf(chore).map(() => attempt(hub, chore)))
    soonest = Math.min(soonest, ...waits)
  }
  return soonest
}

const lanesOf = ({ lanes = 1 }: Chore) => Array.from({ length: lanes }, (_, lane) => lane)

/** Milliseconds after which a chore that failed is tried again. */
const afterFailure = 5_000

const attempt = async (hub: Hub, chore: Chore): Promise<number> => {
  try {
    return Math.min((await chore.run(hub)) ?? chore.every, chore.every)
  } catch (error) {
    hub.log.error({ err: error, chore: chore.name }, 'chore failed')
    return Math.min(afterFailure, chore.every)
  }
}

export interface RunningChores {
  /** There is news; of what sort, if that is known. */
  wake(news?: News): void
  /** Resolves when the steps under way have ended. */
  stop(): Promise<void>
}

/** Runs every chore by its own timer, each lane one run at a time. */
export const startChores = (hub: Hub): RunningChores => {
  const loops = chores.flatMap((chore) => lanesOf(chore).map(() => startLoop(hub, chore)))
  return {
    wake: (news) => {
      for (const loop of loops) loop.wake(news)
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

const startLoop = (hub: Hub, chore: Chore) => {
  let stopped = false
  let news = false
  let ring: () => void = () => undefined

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      ring = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const loop = async () => {
    while (!stopped) {
      news = false
      const wait = await attempt(hub, chore)
      if (!news && !stopped) await pause(wait < 1_000 ? wait : jitter(wait))
    }
  }

  const done = loop()
  return {
    wake: (what?: News) => {
      if (what ? !chore.on.includes(what) : chore.on.length === 0) return
      news = true
      ring()
    },
    stop: () => {
      stopped = true
      ring()
      return done
    },
  }
}
