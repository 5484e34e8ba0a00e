/** What must be true of three nodes, in memory: who has published what, and what became of it. */
import type { FeedName } from '../../src/federation/statement.ts'
import type { CentreName } from '../support/hub.ts'

/** One version: the word that only its content holds, and the one that only its file holds. */
export interface ModelVersion {
  word: string
  file?: string | undefined
}

export interface ModelRecord {
  rid: string
  home: CentreName
  feed: FeedName
  state: 'published' | 'withdrawn' | 'erased'
  /** The word that every version of it holds. */
  name: string
  /** Those that were not erased, oldest first. */
  versions: ModelVersion[]
  /** How many versions there were so far, and when KIWW put it on the shelf. */
  count: number
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

/** What all these versions held must be gone. */
export const noteErased = (model: Model, versions: ModelVersion[]) => {
  for (const { word, file } of versions) model.erased.push(word, ...(file ? [file] : []))
}

/** Only the newest version is left, among the centres. */
export const noteNarrowed = (model: Model, record: ModelRecord) => {
  noteErased(model, record.versions.splice(0, record.versions.length - 1))
  record.feed = 'members'
  record.count++
}
