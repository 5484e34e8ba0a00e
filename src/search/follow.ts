/** The index follows the log. */
import { codeOf } from '../database/start-error.ts'
import type { Hub } from '../hub.ts'
import { readPublished } from '../publications/record.ts'
import { parseObject } from '../signing/json.ts'
import { analyse, newWord, type ReadRecord, readWords, type Word } from './analyse.ts'
import { possibleParts } from './compound.ts'
import {
  type Changed,
  changedAfter,
  type Document,
  followedUpTo,
  forgetRebuild,
  type Index,
  type Into,
  indexRecords,
  knownWords,
} from './index-store.ts'

/** Milliseconds after which an index that nobody comes further with counts as given up: its builder was killed. */
const givenUp = 10 * 60_000

/** Brings the index to the end of the log. Answers how many records it took in or out. */
export const followLog = async (hub: Hub): Promise<number> => {
  await forgetRebuild(hub.sql, hub.now() - givenUp)
  return (await followInto(hub, { index: '' })) ?? 0
}

/**
 * The same for either index; undefined where somebody else builds one beside now. `tell` hears after every step up to
 * which position it has come.
 */
export const followInto = async (
  hub: Hub,
  into: Into,
  tell: (position: number) => Promise<void> | void = () => undefined,
): Promise<number | undefined> => {
  let done = 0
  for (;;) {
    const [follower] = await followedUpTo(hub.sql, into.index)
    const after = follower?.position ?? 0
    const changed = await changedAfter(hub.sql, after)
    if (!changed) return done
    const prepared = await prepare(hub, into.index, changed.records).catch(unlessGone)
    if (!prepared) return undefined
    const step = { after, upto: changed.upto, ...prepared }
    const [row] = await indexRecords(hub.sql, into, step, hub.now())
    if (row?.moved === null) return undefined
    done += changed.records.length
    await tell(changed.upto)
  }
}

/** Who begins another index drops this one's tables. */
const unlessGone = (error: unknown) => {
  if (codeOf(error) === '42P01') return undefined
  throw error
}

interface Read {
  changed: Changed
  read: ReadRecord
}

const prepare = async (hub: Hub, index: Index, records: Changed[]) => {
  const reads = records.flatMap((changed): Read[] => {
    const read = readContent(changed)
    return read ? [{ changed, read }] : []
  })
  const { words, partsOf } = await learnWords(hub, index, reads)
  const documents = reads.map(({ changed, read }): Document => {
    const { iss, feed, rid, ver } = changed
    const context = { ...changed, slug: changed.slug ?? '', partsOf }
    return { iss, feed, rid, ver, changed: changed.changed, ...analyse(read, context) }
  })
  const kept = new Set(reads.map(({ changed }) => changed))
  const gone = records.filter((record) => !kept.has(record))
  return { documents, words, gone: gone.map(({ iss, feed, rid }) => ({ iss, feed, rid })) }
}

const readContent = ({ content }: Changed) => {
  const parsed = content && parseObject(content.toString())
  const kind = parsed?.kind
  const read = typeof kind === 'string' ? readPublished(parsed, kind) : undefined
  return read?.ok ? readWords(read.record) : undefined
}

/** What every word is made of: as the vocabulary has it, or judged now, by all words that it and these records have. */
const learnWords = async (hub: Hub, index: Index, reads: Read[]) => {
  const shown = new Map(reads.flatMap(({ read }) => [...read.shown]))
  const known = new Map<string, string[]>()
  for (const { word, parts } of await knownWords(hub.sql, index, [...shown.keys()])) {
    known.set(word, parts)
  }
  const fresh = [...shown].filter(([word]) => !known.has(word))
  const asked = new Set(fresh.flatMap(([word]) => possibleParts(word)))
  const standing = new Set((await knownWords(hub.sql, index, [...asked])).map(({ word }) => word))
  const knows = (word: string) => standing.has(word) || shown.has(word)
  const words = fresh.map(([word, written]): Word => newWord(word, written, knows))
  for (const { word, parts } of words) known.set(word, parts)
  return { words, partsOf: (word: string) => known.get(word) ?? [] }
}
