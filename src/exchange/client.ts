import { z } from 'zod'
import {
  type Asker,
  type PeerAnswer,
  type PeerReason,
  readBytes,
  readJson,
  requestPeer,
} from '../federation/peer.ts'
import type { FeedName } from '../federation/statement.ts'
import { limits } from '../signing/gate.ts'
import type { BlobName } from './blob.ts'
import { EntriesPage } from './entry.ts'
import type { Nudge } from './nudge-body.ts'

export interface PageQuery {
  iss: string
  feed: FeedName
  epoch: number
  /** Exclusive. */
  after: number
  /** Entries at most; as many as fit where it is not given. */
  limit?: number
}

/** Bytes of an answer: a page of 2 MiB, or one content of the largest size, and the JSON around it. */
const answerBytes = 3 * 1024 * 1024

/** Asks an entries endpoint for a page; `headers` carry the assertion where the feed needs one. */
export const requestPage = (
  hub: Asker,
  endpoint: string,
  query: PageQuery,
  headers: Record<string, string> = {},
) => {
  const url = new URL(endpoint)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return requestPeer(hub, url, { headers })
}

/** An answer as the page that was asked for: of this feed, after this number, and going on. */
export const readPage = async (
  answer: Response | { ok: false; reason: PeerReason },
  query: PageQuery,
): Promise<PeerAnswer<EntriesPage>> => {
  const json = await readJson(answer, answerBytes)
  if (!json.ok) return json
  const page = EntriesPage.safeParse(json.value).data
  if (!page) return { ok: false, reason: 'form' }
  const asked = page.iss === query.iss && page.feed === query.feed && page.epoch === query.epoch
  const goesOn = page.next_after === query.after + page.entries.length
  const moves = page.entries.length > 0 || !page.more
  return asked && goesOn && moves ? { ok: true, value: page } : { ok: false, reason: 'form' }
}

/** Milliseconds. Whoever does not hear a nudge in time finds the news when polling. */
const nudgePatience = 2_000

/** Sends a nudge to where a centre takes them. */
export const requestNudge = (hub: Asker, endpoint: string, nudge: Nudge) => {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(nudge) }
  return requestPeer(hub, endpoint, init, nudgePatience)
}

/** Asks a node what it holds; `headers` carry the assertion, without which it tells of public feeds only. */
export const requestHoldings = (
  hub: Asker,
  endpoint: string,
  headers: Record<string, string> = {},
) => requestPeer(hub, endpoint, { headers })

/** What the holdings endpoint answers. */
export const HoldingsAnswer = z.strictObject({ holdings: z.string() })

/** The token in the answer, still unverified. */
export const readHoldings = async (
  answer: Response | { ok: false; reason: PeerReason },
): Promise<PeerAnswer<string>> => {
  const json = await readJson(answer, limits.holdings + 1024)
  if (!json.ok) return json
  const { data } = HoldingsAnswer.safeParse(json.value)
  return data ? { ok: true, value: data.holdings } : { ok: false, reason: 'form' }
}

/** Milliseconds: 10 MiB over a line of 1.5 Mbit/s. */
const blobPatience = 60_000

export const requestBlob = (
  hub: Asker,
  endpoint: string,
  { iss, feed, dig }: BlobName,
  headers: Record<string, string> = {},
) => {
  const url = new URL(endpoint)
  for (const [name, value] of Object.entries({ iss, feed, dig })) url.searchParams.set(name, value)
  return requestPeer(hub, url, { headers }, blobPatience)
}

/** The bytes of a blob, at most so many, still unverified. Whatever type they are said to have: the digest decides. */
export const readBlob = (
  answer: Response | { ok: false; reason: PeerReason },
  maxBytes: number,
): Promise<PeerAnswer<Buffer>> => readBytes(answer, undefined, maxBytes)
