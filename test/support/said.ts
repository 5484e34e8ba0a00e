/** Short acts of a federation in tests: one centre says something, another reads it, the anchor is heard. */
import { append } from '../../src/exchange/append.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import type { FeedName } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import type { TestHub } from './hub.ts'

/** The next entry of the hub's centre, without content. */
export const say = (hub: TestHub, feed: FeedName = 'public') =>
  append(hub, {
    iss: hub.iss,
    feed,
    operation: { op: 'erase', rid: newRecordId(hub.now()), ver: 0, reason: 'other' },
  })

/** The centre as this hub knows it. */
export const centreAt = async (hub: TestHub, iss: string) => {
  const centre = await centreById(hub.sql, iss)
  if (!centre) throw new Error(`${iss} is not known`)
  return centre
}

/** Reads a feed of `writer` at its home. */
export const read = async (reader: TestHub, writer: TestHub, feed: FeedName = 'public') =>
  pullFeed(reader, await centreAt(reader, writer.iss), feed)

/** Hears what the anchor states. */
export const hear = async (...hubs: TestHub[]) => {
  for (const hub of hubs) {
    const answer = await learnTrust(hub)
    if (!answer.ok) throw new Error(answer.reason)
  }
}
