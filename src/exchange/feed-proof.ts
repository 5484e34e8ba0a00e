/** What verifying a whole feed proved, told from the entries that were seen. */
import type { Centre } from '../federation/centre.ts'
import type { FeedName } from '../federation/statement.ts'
import type { ListedBlob } from '../hub.ts'
import type { VerifiedEntry } from './effect.ts'
import type { Head } from './head.ts'
import type { Cursor } from './link.ts'
import type { RecordState } from './rules.ts'

export interface FeedProof {
  centre: Centre
  feed: FeedName
  /** The last that counts. */
  epoch: number
  /** Origin of the node that served it. */
  from: string
  /** Over all epochs, as far as they count. */
  entries: number
  contents: number
  /** Contents of versions that were taken back, rightly missing. */
  takenBack: number
  /** Entries that have no effect, with the reason. */
  faults: { epoch: number; seq: number; fault: string }[]
  records: { published: number; withdrawn: number; erased: number }
  /** The files that contents list which nobody has taken back, each once. */
  files: ListedFile[]
  dig: string
  /** Undefined where the centre has ended or is suspended: then the anchor's cut says what the last entry is. */
  head: Head | undefined
}

/** A file, and the first entry that lists it. */
export interface ListedFile extends Pick<ListedBlob, 'dig' | 'salt' | 'len'> {
  epoch: number
  seq: number
}

/** What is remembered of an entry that was verified: not its bytes, for there may be very many. */
export interface SeenEntry {
  epoch: number
  seq: number
  dig: string
  withheld: boolean
  fault: string | undefined
  /** What it does to which version, where that is understood. */
  op: string | undefined
  rid: string | undefined
  ver: number
  files: Pick<ListedBlob, 'dig' | 'salt' | 'len'>[]
}

export const seenOf = (
  { seq, dig, status, fault, operation, blobs = [] }: VerifiedEntry,
  epoch: number,
): SeenEntry => ({
  ...{ epoch, seq, dig, fault },
  withheld: status === 'withheld',
  op: operation?.op,
  rid: operation?.rid,
  ver: operation?.ver ?? 0,
  files: blobs.map(({ dig: name, salt, len }) => ({ dig: name, salt, len })),
})

/** The publications that a later entry takes back: they explain a content that is missing. */
export const takenBackIn = (seen: SeenEntry[]): Set<SeenEntry> => {
  const taken = new Set<SeenEntry>()
  const later = new Map<string, { upto: number; versions: Set<number> }>()
  for (const entry of seen.toReversed()) {
    const { op, rid, ver, fault } = entry
    if (rid === undefined) continue
    const by = later.get(rid)
    if (op === 'publish' && by && (ver <= by.upto || by.versions.has(ver))) taken.add(entry)
    if (fault || (op !== 'withdraw' && op !== 'erase')) continue
    const { upto = 0, versions = new Set<number>() } = by ?? {}
    if (op === 'erase' && ver > 0) later.set(rid, { upto, versions: versions.add(ver) })
    else later.set(rid, { upto: Math.max(upto, op === 'erase' ? Infinity : ver), versions })
  }
  return taken
}

export interface Seen {
  centre: Centre
  feed: FeedName
  endpoint: string
  states: Map<string, RecordState>
  seen: SeenEntry[]
}

export const proofOf = (
  { centre, feed, endpoint, seen, states }: Seen,
  { epoch, dig }: Cursor,
  head: Head | undefined,
  taken: Set<SeenEntry>,
): FeedProof => {
  const publications = seen.filter(({ op }) => op === 'publish')
  const missing = publications.filter(({ withheld }) => withheld).length
  const count = (state: RecordState['state']) =>
    [...states.values()].filter((each) => each.state === state).length
  return {
    ...{ centre, feed, epoch, from: new URL(endpoint).origin, head, dig },
    entries: seen.length,
    contents: publications.length - missing,
    takenBack: missing,
    faults: seen.flatMap(({ epoch: at, seq, fault }) => (fault ? [{ epoch: at, seq, fault }] : [])),
    records: {
      published: count('published'),
      withdrawn: count('withdrawn'),
      erased: count('erased'),
    },
    files: filesIn(publications.filter((entry) => !taken.has(entry))),
  }
}

const filesIn = (publications: SeenEntry[]): ListedFile[] => {
  const files = new Map<string, ListedFile>()
  for (const { epoch, seq, files: listed } of publications) {
    for (const file of listed) {
      if (!files.has(file.dig)) files.set(file.dig, { ...file, epoch, seq })
    }
  }
  return [...files.values()]
}
