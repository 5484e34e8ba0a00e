/** A centre signs with another's record, declines to, or takes its word back. */
import { type Appended, append } from '../exchange/append.ts'
import type { Endorsement, Role } from '../exchange/entry.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { partiesIn } from './endorsements.ts'
import { readOne } from './reading.ts'

export interface Endorsing {
  /** The own centre that speaks. */
  iss: string
  /** Slug of the centre whose record it is. */
  of: string
  rid: string
  role: Role
  /** The version that somebody has read, where somebody has: of another nothing is said. */
  ver?: number
}

export interface Endorsed extends Appended {
  ver: number
}

/**
 * Says it of the newest version that is published here. Problems: `not-found`, `gone`; `invalid-input` (this centre was
 * not asked to, or is not the umbrella); `conflict` (it has said so already, or there is nothing to take back).
 */
export const endorse = async (
  hub: Hub,
  op: Endorsement['op'],
  { iss, of, rid, role, ver: read }: Endorsing,
): Promise<Endorsed> => {
  const { found, content } = await published(hub, of, rid)
  await refuseUnasked(hub, iss, role, partiesIn(found.kind ?? '', content))
  const { ver, feed } = found
  if (read !== undefined && read !== ver) throw new Problem('conflict')
  const appended = await append(hub, {
    iss,
    feed,
    operation: { op, rid, ver, of: found.iss, role },
    confirm: async () => {
      const now = await published(hub, of, rid)
      if (now.found.ver !== ver || now.found.feed !== feed) throw new Problem('conflict')
      refuseRepetition(
        op,
        now.found.words?.find((word) => word.iss === iss && word.role === role),
      )
    },
  })
  hub.wake?.()
  return { ver, ...appended }
}

const published = async (hub: Hub, slug: string, rid: string) => {
  const one = await readOne(hub, 'members', slug, rid)
  if (one.state !== 'published') throw new Problem('gone')
  return one
}

/** What nobody would count is not said. */
const refuseUnasked = async (hub: Hub, iss: string, role: Role, asked: string[]) => {
  const centre = await centreById(hub.sql, iss)
  if (role === 'party' && !asked.includes(centre?.slug ?? '')) {
    throw new Problem('invalid-input', 'Diese Fassung bittet Ihr Zentrum nicht um Mitzeichnung.')
  }
  if (role === 'shelf' && !centre?.umbrella) {
    throw new Problem('invalid-input', 'Ins bundesweite Regal stellt Beiträge nur das Dach.')
  }
}

const refuseRepetition = (op: Endorsement['op'], standing: { word: string } | undefined) => {
  if (op === 'retract' && !standing) {
    throw new Problem('conflict', 'Zu dieser Fassung hat Ihr Zentrum nichts erklärt.')
  }
  if (op === standing?.word) throw new Problem('conflict', 'Das hat Ihr Zentrum schon erklärt.')
}
