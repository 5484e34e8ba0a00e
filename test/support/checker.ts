/** Holds a feed against what was acknowledged, as noted outside of the node. Knows nothing of how it was stored. */
import { saltedDigest, tokenDigest } from '../../src/signing/digest.ts'
import { unverifiedPayload } from '../../src/signing/unverified.ts'

/** A line of the journal outside: a writer begins its next act, is told that it is done, or that nobody knows. */
export type Line =
  | { writer: string; began: number }
  | { writer: string; done: number; rid: string; seq: number; dig: string }
  | { writer: string; failed: number }

export interface StoredEntry {
  seq: number
  position: number
  rid: string
  dig: string
  jws: string
  content: Buffer | null
  salt: Buffer | null
}

export interface Evidence {
  lines: Line[]
  entries: StoredEntry[]
}

/** Everything that is wrong: lost, altered, twice, out of order, never noted. Empty where all is well. */
export const faultsIn = ({ lines, entries }: Evidence): string[] => [
  ...gapsIn(entries),
  ...entries.flatMap(alteredIn),
  ...brokenLinksIn(entries),
  ...twiceIn(entries),
  ...lostFrom(lines, entries),
  ...unnotedIn(lines),
]

const gapsIn = (entries: StoredEntry[]) =>
  entries.flatMap(({ seq, position }, i) => [
    ...(seq === i + 1 ? [] : [`entry ${seq} stands where ${i + 1} should`]),
    ...(position === i + 1 ? [] : [`entry ${seq} has position ${position}`]),
  ])

const alteredIn = ({ seq, dig, jws, content, salt }: StoredEntry) => {
  const claimed = unverifiedPayload(jws) as { dig?: string } | undefined
  return [
    ...(tokenDigest(jws) === dig ? [] : [`entry ${seq} is another than its digest says`]),
    ...(content && salt && saltedDigest(salt, content) === claimed?.dig
      ? []
      : [`the content of entry ${seq} is another than was signed`]),
  ]
}

const brokenLinksIn = (entries: StoredEntry[]) =>
  entries.flatMap(({ seq, jws }, i) => {
    const prev = unverifiedPayload(jws)?.prev
    return prev === (entries[i - 1]?.dig ?? '') ? [] : [`entry ${seq} follows on another`]
  })

const twiceIn = (entries: StoredEntry[]) => {
  const seen = new Set<string>()
  return entries.flatMap(({ rid }) => (seen.size === seen.add(rid).size ? [`${rid} twice`] : []))
}

const lostFrom = (lines: Line[], entries: StoredEntry[]) => {
  const stored = new Map(entries.map((entry) => [entry.rid, entry]))
  return lines.flatMap((line) => {
    if (!('done' in line)) return []
    const entry = stored.get(line.rid)
    const same = entry?.seq === line.seq && entry.dig === line.dig
    return same ? [] : [`entry ${line.seq} was acknowledged and is lost`]
  })
}

/** Who begins its next act was told what became of the one before. */
const unnotedIn = (lines: Line[]) => {
  const told = new Set(lines.map(endOf))
  return lines.flatMap((line) =>
    'began' in line && line.began > 1 && !told.has(keyOf(line.writer, line.began - 1))
      ? [`the acknowledgement ${line.began - 1} of ${line.writer} is missing`]
      : [],
  )
}

const endOf = (line: Line) => {
  if ('began' in line) return undefined
  return keyOf(line.writer, 'done' in line ? line.done : line.failed)
}

const keyOf = (writer: string, number: number) => `${writer} ${number}`
