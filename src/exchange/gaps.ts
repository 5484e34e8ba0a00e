/** Contents that are missing without having been taken back: asked of other nodes, and filled in where they hold. */
import type { Centre } from '../federation/centre.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { assertionFor } from './assertion.ts'
import { readPage, requestPage } from './client.ts'
import { judgeBytes } from './effect.ts'
import { readOperation, type TravellingEntry } from './entry.ts'
import { fillContent, type Gap, gapAt, gapsToFill, historyOfRecord } from './gaps-store.ts'
import { type ContentBytes, linkContent } from './link.ts'
import { replay, withTeasers } from './replay.ts'
import { isRuleFault } from './rules.ts'
import { mirrorsOf } from './sources-store.ts'

/** Feeds looked at in one run, and nodes asked for each. */
const atOnce = { feeds: 20, mirrors: 2 } as const

/** Asks for what is missing, a page from a gap on, each time of other nodes. Answers how much was filled in. */
export const fillGaps = async (hub: Hub): Promise<number> => {
  let filled = 0
  for (const gap of await gapsToFill(hub.sql, atOnce.feeds)) {
    const centre = await centreById(hub.sql, gap.iss)
    for (const source of centre ? await sourcesOf(hub, centre, gap) : []) {
      if (hub.mayAsk?.() === false) return filled
      filled += await fillFrom(hub, gap, source)
    }
  }
  return filled
}

const sourcesOf = async (hub: Hub, { id, entries_endpoint }: Centre, { feed }: Gap) => {
  const here = `${hub.config.origin}/exchange/v1/entries`
  const mirrors = await mirrorsOf(hub.sql, {
    ...{ iss: id, feed, home: entries_endpoint, here },
    ...{ now: new Date(hub.now()), limit: atOnce.mirrors },
  })
  const sources = [entries_endpoint, ...mirrors.map(({ endpoint }) => endpoint)]
  return sources.filter((source) => source !== here)
}

const fillFrom = async (hub: Hub, gap: Gap, source: string) => {
  const query = { iss: gap.iss, feed: gap.feed, epoch: gap.epoch, after: gap.seq - 1 }
  const headers = await assertionFor(hub, source)
  const page = await readPage(await requestPage(hub, source, query, headers), query)
  let filled = 0
  for (const [i, item] of (page.ok ? page.value.entries : []).entries()) {
    if (item.content !== undefined && (await fill(hub, { ...gap, seq: gap.seq + i }, item)))
      filled++
  }
  return filled
}

/** Fills one gap with a content that travelled, if it is the one that was signed. */
const fill = async (hub: Hub, gap: Gap, item: TravellingEntry): Promise<boolean> => {
  const [held] = await gapAt(hub.sql, gap.feedId, gap.seq)
  if (!held) return false
  const { operation, ...understood } = readOperation(unverifiedPayload(held.jws) ?? {})
  if (operation?.op !== 'publish') return false
  const linked = linkContent({ item, operation, ...understood })
  if (!linked.ok || !linked.bytes) return false
  return keep(hub, { ...gap, rid: operation.rid, kind: operation.kind }, linked.bytes)
}

/**
 * The content may not fit its kind: then its entry never had an effect, and later ones of the record may have
 * another. So the record is told again.
 */
const keep = async (
  hub: Hub,
  gap: Gap & { rid: string; kind: string },
  { content, salt }: ContentBytes,
): Promise<boolean> => {
  const history = await historyOfRecord(hub.sql, gap)
  const before = history.find(({ feedId, seq }) => feedId === gap.feedId && seq === gap.seq)?.fault
  const judged = judgeBytes(content, gap.kind, { judgeContent: hub.judgeContent, feed: gap.feed })
  const fault = judged.ok || (before && !isRuleFault(before)) ? undefined : judged.fault
  const filled = history.map((entry) =>
    fault && entry.feedId === gap.feedId && entry.seq === gap.seq ? { ...entry, fault } : entry,
  )
  const { standings, changed } = replay(filled)
  const faults = fault ? [...changed, { feed_id: gap.feedId, seq: gap.seq, fault }] : changed
  const records = await withTeasers(hub, gap.feed, standings, { ...gap, content })
  const [row] = await fillContent(hub.sql, {
    ...{ feedId: gap.feedId, seq: gap.seq, content, salt },
    ...{ entries: history.length, records, faults, blobs: (judged.ok && judged.blobs) || [] },
  })
  return row?.done === true
}
