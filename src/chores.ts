/** Work that nobody waits for, as small steps that can be done again. */
import { nudgePeers } from './exchange/nudge.ts'
import { jitter, pullDue } from './exchange/pulls.ts'
import { refreshStatements } from './federation/anchor.ts'
import { learnTrust } from './federation/learn.ts'
import type { Hub } from './hub.ts'
import { followLog } from './search/follow.ts'

export interface Chore {
  name: string
  /** Milliseconds between two runs when nothing wakes it. */
  every: number
  /** Whether news – an entry stored, a nudge received – is a reason to run at once. */
  onNews: boolean
  /** May answer the milliseconds after which it wants to run again, if sooner than `every`. */
  run(hub: Hub): Promise<number | undefined>
}

const minute = 60_000

export const chores: Chore[] = [
  {
    name: 'refresh statements',
    every: 60 * minute,
    onNews: false,
    run: quietly(refreshStatements),
  },
  { name: 'learn trust', every: 5 * minute, onNews: false, run: learn },
  { name: 'pull', every: minute, onNews: true, run: pullDue },
  { name: 'nudge peers', every: minute, onNews: true, run: quietly(nudgePeers) },
  { name: 'index', every: minute, onNews: true, run: quietly(followLog) },
]

function quietly(act: (hub: Hub) => Promise<unknown>) {
  return async (hub: Hub) => {
    await act(hub)
    return undefined
  }
}

async function learn(hub: Hub) {
  const answer = await learnTrust(hub)
  if (!answer.ok) {
    hub.log.warn({ reason: answer.reason }, 'the trust anchor cannot be read')
    return jitter(15_000)
  }
  if (answer.value.learnt > 0) hub.wake?.()
  return undefined
}

/** Runs each chore once, in order: for doors without timers. Answers the milliseconds until one wants to run again. */
export const runChores = async (hub: Hub, list: Chore[] = chores): Promise<number> => {
  let soonest = Number.POSITIVE_INFINITY
  for (const chore of list) soonest = Math.min(soonest, await attempt(hub, chore))
  return soonest
}

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
  /** There is news. */
  wake(): void
  /** Resolves when the steps under way have ended. */
  stop(): Promise<void>
}

/** Runs every chore by its own timer, one run at a time. */
export const startChores = (hub: Hub): RunningChores => {
  const loops = chores.map((chore) => startLoop(hub, chore))
  return {
    wake: () => {
      for (const loop of loops) loop.wake()
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
      const timer = setTimeout(resolve, jitter(milliseconds))
      ring = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const loop = async () => {
    while (!stopped) {
      news = false
      const wait = await attempt(hub, chore)
      if (!news && !stopped) await pause(wait)
    }
  }

  const done = loop()
  return {
    wake: () => {
      if (!chore.onNews) return
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
