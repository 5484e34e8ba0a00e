import type { Hub } from '../hub.ts'
import { readPublished, searchText } from '../publications/record.ts'
import { parseObject } from '../signing/json.ts'
import { type Changed, changedAfter, type Document, followedUpTo, indexRecords } from './store.ts'
import { plainWords } from './words.ts'

/** Brings the index to the end of the log. Answers how many records it took in or out. */
export const followLog = async (hub: Hub): Promise<number> => {
  let done = 0
  for (;;) {
    const [follower] = await followedUpTo(hub.sql)
    const after = follower?.position ?? 0
    const changed = await changedAfter(hub.sql, after)
    if (!changed) return done
    const documents = changed.records.map(documentOf)
    const gone = changed.records.filter((_, i) => !documents[i])
    const kept = documents.filter((document) => document !== undefined)
    await indexRecords(hub.sql, after, changed.upto, kept, gone.map(nameOf))
    done += changed.records.length
  }
}

const nameOf = ({ iss, feed, rid }: Changed) => ({ iss, feed, rid })

const documentOf = (changed: Changed): Document | undefined => {
  const content = changed.content && parseObject(changed.content.toString())
  const kind = content?.kind
  const read = typeof kind === 'string' ? readPublished(content, kind) : undefined
  if (!read?.ok) return undefined
  const { A, B, C, D, passages } = searchText(read.record)
  const [a, b, c, d] = [plainWords(A), plainWords(B), plainWords(C), plainWords(D)]
  return { ...nameOf(changed), ver: changed.ver, a, b, c, d, passages }
}
