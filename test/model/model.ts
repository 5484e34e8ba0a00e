/** What must be true of three nodes, in memory: who has published what, and what became of it. */
import type { FeedName } from '../../src/federation/statement.ts'
import type { CentreName } from '../support/hub.ts'

export interface ModelRecord {
  rid: string
  home: CentreName
  feed: FeedName
  state: 'published' | 'withdrawn' | 'erased'
  /** The word that every version of it holds, and the one that only this version holds. */
  name: string
  words: string[]
  /** How many versions there were when KIWW put it on the shelf. */
  shelved?: number
}

export interface Model {
  records: ModelRecord[]
  /** Words used so far: no two are alike. */
  count: number
  cuts: Set<string>
  backedUp: Set<CentreName>
  /** Words whose contents were erased: nobody may hold them any more. */
  erased: string[]
}

export const emptyModel = (): Model => ({
  records: [],
  count: 0,
  cuts: new Set(),
  backedUp: new Set(),
  erased: [],
})

/** A word that no other word is like: letters only, so that search takes it as it is. */
export const nextWord = (model: Model) => {
  const letters = [...String(model.count++)].map((digit) => 'bdfgklmprs'[Number(digit)])
  return `kanarie${letters.join('u')}wort`
}

/** The records that something may be done with, of which `pick` chooses one. */
export const pickFrom = (
  model: Model,
  pick: number,
  may: (record: ModelRecord) => boolean,
): ModelRecord | undefined => {
  const some = model.records.filter(may)
  return some[pick % some.length]
}
