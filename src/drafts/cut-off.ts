/**
 * What the trust anchor's word cuts off a feed – a key was copied, a centre rested before it heard of it, a feed was
 * forked – is nowhere any more. At the node that wrote it, it becomes a draft again: people decide whether it is said anew.
 */
import { ownCentreId } from '../config.ts'
import type { Hub } from '../hub.ts'
import { goingOnWith } from './begin.ts'
import { type CutOff, cutOffOf, forget, takeUp } from './cut-off-store.ts'
import type { NewDraft } from './store.ts'

export const takeUpCutOff = async (hub: Hub) => {
  for (const centre of hub.config.centres) {
    const iss = ownCentreId(hub.config, centre)
    for (const record of await cutOffOf(hub.sql, iss, centre.slug)) {
      await takeUp(hub.sql, draftOf(hub, centre.slug, record), told)
    }
  }
}

/** Erases a record that counts nowhere any more; false where nothing is left of it. */
export const forgetCutOff = async (hub: Hub, iss: string, rid: string): Promise<boolean> => {
  const [row] = await forget(hub.sql, iss, rid)
  return (row?.left ?? 0) > 0
}

const told = {
  subject: 'Ein Beitrag liegt wieder als Entwurf vor',
  text: 'Ein Beitrag Ihres Zentrums gilt nicht mehr: Der Vertrauensanker lässt nur gelten, was davor unterschrieben wurde. Sein Text liegt wieder als Entwurf vor. Soll er erscheinen, geben Sie ihn noch einmal zur Prüfung ab.',
}

const draftOf = (
  hub: Hub,
  centre: string,
  { iss, rid, kind, content, local, base, author }: CutOff,
): NewDraft => ({
  ...{ id: crypto.randomUUID(), centre, iss, kind, rid, base_ver: base, feed: 'public' },
  ...goingOnWith(kind, content, local ?? {}),
  by: author,
  now: new Date(hub.now()),
})
