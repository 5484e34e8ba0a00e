/** Building the index anew beside the one that answers meanwhile. */
import type { Hub } from '../hub.ts'
import { followInto } from './follow.ts'
import { beginRebuild, finishRebuild, logEnd } from './index-store.ts'

/** How far it is: up to which position of the log, and which is the last. */
export type Tell = (position: number, end: number) => Promise<void> | void

/** Everything in the log is read once more; then the new index takes the old one's place at one stroke. */
export const reindex = async (hub: Hub, tell: Tell = () => undefined) => {
  await beginRebuild(hub.sql)
  for (;;) {
    await followInto(hub, '_rebuild', async (position) => {
      const [end] = await logEnd(hub.sql)
      await tell(position, end?.position ?? position)
    })
    const [finished] = await finishRebuild(hub.sql)
    if (finished?.done) return
  }
}
