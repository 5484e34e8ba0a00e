/** One page of a feed on its way from a source into what is held. */
import { type Centre, type VerifyKeys, verifyKeysOf } from '../federation/centre.ts'
import type { PeerAnswer, PeerReason } from '../federation/peer.ts'
import { type Hub, seconds } from '../hub.ts'
import { type Span, spansOf } from './agreed.ts'
import { assertionFor } from './assertion.ts'
import { readPage, requestPage } from './client.ts'
import type { EntriesPage } from './entry.ts'
import type { HeadReason } from './head.ts'
import type { Cursor, StopReason } from './link.ts'
import type { RecordState } from './rules.ts'
import { type HeldFeed, statesOf, storeEntries } from './store.ts'
import { type FeedContext, type LinkedPage, linkPage, type VerifiedPage } from './verify.ts'

/** One epoch of a feed that is being pulled. */
export interface Pull {
  hub: Hub
  centre: Centre
  /** The epoch as it is held, and how much of it counts. */
  feed: HeldFeed
  span: Span
  keys: VerifyKeys
  /** Entries endpoint of the node that is asked. */
  source: string
}

/** Undefined where the anchor does not state this epoch. */
export const pullOf = async (
  hub: Hub,
  centre: Centre,
  feed: HeldFeed,
  source: string,
): Promise<Pull | undefined> => {
  const span = spansOf(centre, feed.feed).find(({ epoch }) => epoch === feed.epoch)
  return span && { hub, centre, feed, span, keys: await verifyKeysOf(centre), source }
}

export type PullReason =
  | StopReason
  | PeerReason
  | `head: ${HeadReason}`
  | 'feed-unknown'
  | 'forked'
  | 'not-agreed'
  | 'not-reached'
  | 'pending-full'
  | 'moved'
  | 'internal'

/** How many entries came; and why no more came, where that was not the end. */
export interface Pulled {
  received: number
  /** There is more, but this run may not ask for it. */
  more?: true
  reason?: PullReason
  reasonSeq?: number
}

export const cursorOf = ({ epoch, size, dig, keyNumber }: HeldFeed): Cursor => ({
  epoch,
  seq: size,
  dig,
  keyNumber,
})

export interface ComingPage {
  page: EntriesPage
  linked: LinkedPage
  /** Whether there are further entries that count. */
  more: boolean
}

/** Asks the source for what follows on `cursor`, and links what counts of it. */
export const nextPage = async (
  pull: Pull,
  cursor: Cursor,
  limit?: number,
): Promise<PeerAnswer<ComingPage>> => {
  const { hub, feed, source, span } = pull
  const query = { iss: feed.iss, feed: feed.feed, epoch: feed.epoch, after: cursor.seq }
  const headers = await assertionFor(hub, source)
  const asked = limit === undefined ? query : { ...query, limit }
  const page = await readPage(await requestPage(hub, source, asked, headers), query)
  if (!page.ok) return page
  const { entries, more } = page.value
  const left = (span.end?.seq ?? Number.POSITIVE_INFINITY) - cursor.seq
  const counting = left < entries.length ? entries.slice(0, left) : entries
  const linked = await linkPage(counting, cursor, contextOf(pull))
  return { ok: true, value: { page: page.value, linked, more: more && entries.length < left } }
}

const nothing: Map<string, RecordState> = new Map()

/** `before`: where the page that is still being stored leaves its records. */
export const contextOf = (
  { hub, centre, feed, keys }: Pull,
  before: Map<string, RecordState> = nothing,
): FeedContext => ({
  centre,
  feed: feed.feed,
  keys,
  now: seconds(hub),
  judgeContent: hub.judgeContent,
  statesOf: async (rids) => {
    const rows = await statesOf(hub.sql, feed.iss, feed.feed, rids)
    const states = new Map(rows.map((row) => [row.rid, row]))
    for (const rid of rids) {
      const newer = before.get(rid)
      if (newer) states.set(rid, newer)
    }
    return states
  },
})

/** `via`: origin of the node that served it. */
export const storePage = async (
  { hub, feed, centre }: Pull,
  from: Cursor,
  page: VerifiedPage,
  via: string,
  received = new Date(hub.now()),
): Promise<'stored' | 'moved'> => {
  if (page.entries.length === 0) return 'stored'
  const [row] = await storeEntries(hub.sql, {
    feedId: feed.id,
    after: from.seq,
    prev: from.dig,
    end: page.cursor,
    entries: page.entries,
    states: page.states,
    received,
    via,
    aligned: centre.iat,
  })
  return row?.answer === 'stored' || row?.answer === 'duplicate' ? 'stored' : 'moved'
}
