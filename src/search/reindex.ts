/** Building the index anew beside the one that answers meanwhile. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Hub } from '../hub.ts'
import { followInto } from './follow.ts'
import { beginRebuild, finishRebuild, logEnd } from './index-store.ts'

/** How far it is: up to which position of the log, and which is the last. */
export type Tell = (position: number, end: number) => Promise<void> | void

/** Milliseconds until the next attempt where somebody reads the old index for long. */
const pauseBetween = 1_000

/**
 * Everything in the log is read once more; then the new index takes the old one's place at one stroke, which `wait`
 * hears of where it cannot be at once. False where somebody else has begun the same meanwhile, who goes on.
 */
export const reindex = async (
  hub: Hub,
  tell: Tell = () => undefined,
  wait: () => Promise<void> | void = () => undefined,
): Promise<boolean> => {
  const rebuild = crypto.randomUUID()
  await beginRebuild(hub.sql, rebuild, hub.now())
  for (;;) {
    const followed = await followInto(hub, { index: '_rebuild', rebuild }, async (position) => {
      const [end] = await logEnd(hub.sql)
      await tell(position, end?.position ?? position)
    })
    if (followed === undefined) return false
    const [row] = await finishRebuild(hub.sql, rebuild, hub.now())
    if (!row?.finished) return false
    if (row.finished === 'done') return true
    if (row.finished === 'behind') continue
    await wait()
    await pause(pauseBetween)
  }
}
