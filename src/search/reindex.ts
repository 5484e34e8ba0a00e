/** Building the index anew beside the one that answers meanwhile. */
import type { Hub } from '../hub.ts'
import { followInto } from './follow.ts'
import { beginRebuild, finishRebuild, logEnd } from './index-store.ts'

/** How far it is: up to which position of the log, and which is the last. */
export type Tell = (position: number, end: number) => Promise<void> | void

/**
 * Everything in the log is read once more; then the new index takes the old one's place at one stroke. False where
 * somebody else has begun the same meanwhile, who goes on.
 */
export const reindex = async (hub: Hub, tell: Tell = () => undefined): Promise<boolean> => {
  const rebuild = crypto.randomUUID()
  await beginRebuild(hub.sql, rebuild, hub.now())
  for (;;) {
    const followed = await followInto(hub, { index: '_rebuild', rebuild }, async (position) => {
      const [end] = await logEnd(hub.sql)
      await tell(position, end?.position ?? position)
    })
    if (followed === undefined) return false
    const [finished] = await finishRebuild(hub.sql, rebuild)
    if (finished?.done === null) return false
    if (finished?.done) return true
  }
}
