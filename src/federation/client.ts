import type { Hub } from '../hub.ts'
import { limits } from '../signing/gate.ts'
import { type PeerAnswer, type PeerReason, readJson, readText, requestPeer } from './peer.ts'
import { HistoryPage } from './statement.ts'

type Answer = Response | { ok: false; reason: PeerReason }

/** An entity's own configuration (OpenID Federation 1.0, section 9). */
export const requestConfiguration = (hub: Hub, entityId: string) =>
  requestPeer(hub, `${entityId}/.well-known/openid-federation`)

export const readConfiguration = (answer: Answer) =>
  readText(answer, 'application/entity-statement+jwt', limits.statement)

export const requestHistory = (hub: Pick<Hub, 'fetch'>, anchor: string, after: number) =>
  requestPeer(hub, `${anchor}/history?after=${after}`)

/** At most this much of the anchor's history travels in one answer. */
export const historyPageBytes = 8 * 1024 * 1024

export const readHistory = async (answer: Answer): Promise<PeerAnswer<HistoryPage>> => {
  const json = await readJson(answer, historyPageBytes)
  if (!json.ok) return json
  const page = HistoryPage.safeParse(json.value)
  return page.success ? { ok: true, value: page.data } : { ok: false, reason: 'form' }
}
