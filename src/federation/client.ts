import type { Hub } from '../hub.ts'
import { limits } from '../signing/gate.ts'
import {
  type Asker,
  type PeerAnswer,
  type PeerReason,
  readJson,
  readText,
  requestPeer,
} from './peer.ts'
import { HistoryPage } from './statement.ts'

type Answer = Response | { ok: false; reason: PeerReason }

/** An entity's own configuration (OpenID Federation 1.0, section 9). An operator has named it. */
export const requestConfiguration = ({ fetch }: Pick<Hub, 'fetch'>, entityId: string) =>
  requestPeer({ fetch }, `${entityId}/.well-known/openid-federation`)

export const readConfiguration = (answer: Answer) =>
  readText(answer, 'application/entity-statement+jwt', limits.statement)

export const requestHistory = (hub: Asker, anchor: string, after: number) =>
  requestPeer(hub, `${anchor}/history?after=${after}`)

/** At most this much of the anchor's history travels in one answer. */
export const historyPageBytes = 8 * 1024 * 1024

/**
 * A page of the history. Positions have no gaps, so that it is known how far a part of it reaches; and whoever says that
 * there is more, says something: else one could be asked the same for ever.
 */
export const readHistory = async (
  answer: Answer,
  after: number,
): Promise<PeerAnswer<HistoryPage>> => {
  const json = await readJson(answer, historyPageBytes)
  if (!json.ok) return json
  const page = HistoryPage.safeParse(json.value).data
  const told = page?.statements.length ?? 0
  const leadsOn = page?.next_after === after + told && (told > 0 || !page.more)
  return page && leadsOn ? { ok: true, value: page } : { ok: false, reason: 'form' }
}
