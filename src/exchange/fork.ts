/** Forks: two entries at one number, each validly signed (schemas/EXCHANGE.md, section 11). */
import { tokenDigest } from '../signing/digest.ts'
import type { Signed } from '../signing/journal.ts'
import { assertionFor } from './assertion.ts'
import { linksAt } from './chain-store.ts'
import { readPage, requestPage } from './client.ts'
import { freezeFeed, keepBranch, tokenAt } from './evidence.ts'
import type { Cursor, Linked } from './link.ts'
import { contextOf, nextPage, type Pull, type Pulled } from './pull-page.ts'
import { entryDigest } from './store.ts'
import { linkPage, provePage } from './verify.ts'

type Found = Omit<Pulled, 'received'>

/**
 * Looks where the source's chain parts from ours, and whether the entry there is signed: then the writer said two
 * things at one number, and the feed is frozen. What the other branch takes back is hidden.
 */
export const examineFork = async (pull: Pull, upto = pull.feed.size): Promise<Found> => {
  const before = await commonWith(pull, upto)
  if (!before) return { reason: 'prev', reasonSeq: upto + 1 }
  const seq = before.seq + 1
  const branch = await branchAfter(pull, before)
  if (branch.reason) return { reason: branch.reason, reasonSeq: seq }
  return forkWith(pull, seq, branch.entries)
}

/** `branch`: proved entries from number `seq` on, the first after which their chain may differ from ours. */
export const forkWith = async (pull: Pull, seq: number, branch: Linked[]): Promise<Found> => {
  const { hub, feed } = pull
  const [entry] = branch
  const [ours] = await tokenAt(hub.sql, feed.id, seq)
  if (!entry || !ours || entry.dig === ours.dig) return { reason: 'prev', reasonSeq: seq }
  if (isDecided(pull, seq)) return { reason: 'not-agreed', reasonSeq: seq }

  const pair = { seq, dig: entry.dig, jws: entry.jws, other: ours.jws, entry }
  const frozen = await freeze(pull, pair)
  if (frozen.reason === 'forked') {
    await keepBranch(hub.sql, feed.id, branch, new Date(hub.now()))
  }
  return frozen
}

/** A signed head that says something else of an entry that we hold. */
export const contradictedBy = async (pull: Pull, head: string, size: number): Promise<Found> => {
  const [ours] = size > 0 ? await tokenAt(pull.hub.sql, pull.feed.id, size) : []
  if (!ours || isDecided(pull, size)) return { reason: 'head: contradicts' }
  return freeze(pull, { seq: size, dig: tokenDigest(head), jws: head, other: ours.jws })
}

/**
 * The entry that our own journal remembers, where another one is held at its number, or before it than it names.
 * If it is signed, this centre has contradicted itself; a note without a signature proves nothing.
 */
export const contradictedByNote = async (
  pull: Pull,
  { jws, seq, prev }: Signed,
): Promise<Found> => {
  const { hub, feed } = pull
  const before = { epoch: feed.epoch, seq: seq - 1, dig: prev, keyNumber: 0 }
  const noted = await linkPage([{ entry: jws, status: 'withheld' }], before, contextOf(pull))
  const { good, stop } = await provePage(noted)
  const [entry] = good.map((each) => each.entry)
  if (!entry) return { reason: stop?.reason ?? 'prev', reasonSeq: seq }
  if (seq <= feed.size) return forkWith(pull, seq, [entry])
  const [ours] = await tokenAt(hub.sql, feed.id, feed.size)
  if (!ours || isDecided(pull, feed.size)) return { reason: 'prev', reasonSeq: seq }
  return freeze(pull, { seq: feed.size, dig: entry.dig, jws, other: ours.jws, entry })
}

const freeze = async (
  { hub, feed }: Pull,
  pair: Parameters<typeof freezeFeed>[2],
): Promise<Found> => {
  const [row] = await freezeFeed(hub.sql, feed.id, pair, new Date(hub.now()))
  if (!row?.frozen) return { reason: 'moved' }
  hub.log.warn({ iss: feed.iss, feed: feed.feed, seq: pair.seq }, 'feed is forked')
  return { reason: 'forked', reasonSeq: Math.min(pair.seq, feed.forkedAt ?? pair.seq) }
}

/** Up to an entry that the anchor names only its ancestors are valid: whatever else stands there is no fork. */
const isDecided = ({ span }: Pull, seq: number) => span.points.some((point) => point.seq >= seq)

/** Pages of the other branch that are looked at. */
const branchPages = 10

/** The signed entries of the source's chain after the last common one; why the first is none, where that is so. */
const branchAfter = async (pull: Pull, before: Cursor) => {
  const entries: Linked[] = []
  let cursor = before
  for (let page = 0; page < branchPages && pull.hub.mayAsk?.() !== false; page++) {
    const answer = await nextPage(pull, cursor)
    if (!answer.ok) return { entries, reason: entries.length === 0 ? answer.reason : undefined }
    const proved = await provePage(answer.value.linked)
    entries.push(...proved.good.map(({ entry }) => entry))
    if (entries.length === 0) return { entries, reason: proved.stop?.reason }
    if (proved.stop || !answer.value.more) break
    cursor = proved.cursor
  }
  return { entries, reason: undefined }
}

/**
 * The last entry held that the source's chain has too, found by halving; undefined where it has number `upto`, or
 * does not say. Nothing of it is believed: what follows is verified from there.
 */
export const commonWith = async (
  pull: Pull,
  upto = pull.feed.size,
): Promise<Cursor | undefined> => {
  const { feed, span } = pull
  let [same, other] = [0, upto]
  if ((await isSameAt(pull, other)) !== false) return undefined
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    const answer = await isSameAt(pull, middle)
    if (answer === undefined) return undefined
    if (answer) same = middle
    else other = middle
  }
  if (same === 0) return { epoch: feed.epoch, seq: 0, dig: span.base, keyNumber: 0 }
  const [link] = await linksAt(pull.hub.sql, feed.id, [same])
  return link && { epoch: feed.epoch, ...link }
}

/** Whether the source has the same entry there; undefined where it does not say. */
const isSameAt = async (pull: Pull, seq: number) => {
  const { hub, feed, source } = pull
  if (seq === 0 || hub.mayAsk?.() === false) return undefined
  const query = { iss: feed.iss, feed: feed.feed, epoch: feed.epoch, after: seq - 1 }
  const headers = await assertionFor(hub, source)
  const answer = await requestPage(hub, source, { ...query, limit: 1 }, headers)
  const page = await readPage(answer, query)
  const [theirs] = page.ok ? page.value.entries : []
  const [ours] = await entryDigest(hub.sql, feed.id, seq)
  return theirs && ours && tokenDigest(theirs.entry) === ours.dig
}
