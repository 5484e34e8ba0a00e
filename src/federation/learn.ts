import { runsAnchor } from '../config.ts'
import { type Hub, seconds } from '../hub.ts'
import { digest } from '../signing/digest.ts'
import { historyPageBytes, readHistory, requestHistory } from './client.ts'
import { judgeHistory, type Learnt } from './history.ts'
import { usableKeys } from './keys.ts'
import { forgetCentres } from './known-centres.ts'
import type { PeerAnswer } from './peer.ts'
import { followStatedKeys } from './rotate.ts'
import { type HistoryPage, historyPageSize } from './statement.ts'
import {
  issuedAfter,
  lastIssuedPosition,
  restartTrust,
  rewindTrust,
  storeLearnt,
  type TrustState,
  trustState,
} from './store.ts'

/** Half of the bytes that a reader takes. */
const historyPageLimit = { count: historyPageSize, bytes: historyPageBytes / 2 }

/** Pages of the history in one run: those of many years. */
const mostPages = 200

/** How many centres were learnt; and whether there is more than one run may read. */
type Learning = PeerAnswer<{ learnt: number; more?: true }>

/**
 * Reads the anchor's history on from where we stopped, keeps what it states and follows it with our own keys. Pins that
 * have nothing to do with what was read so far mean that the anchor begins anew: then so do we.
 */
export const learnTrust = async (hub: Hub): Promise<Learning> => {
  const pins = await pinsOf(hub)
  let read = await readOn(hub, pins)
  if (read.ok && (await beginAnew(hub, pins))) read = await readOn(hub, pins)
  await followStatedKeys(hub)
  return read
}

/**
 * What the anchor signed moves us on for good. What it did not – or no longer: its keys of former years – does so only
 * where a run ends amid it, so that the longest history is read to its end one day. Whoever had the anchor's address for
 * an hour leads nobody past what it will ever say: another statement stands where we stopped, then.
 */
const readOn = async (hub: Hub, pins: string[]): Promise<Learning> => {
  let learnt = 0
  let after = 0
  for (let pages = 1; ; pages++) {
    const state = await stateOrStart(hub)
    after = Math.max(after, state.cursor)
    const page = await (pages === 1 ? historyOn(hub, state) : historyAfter(hub, after))
    if (!page.ok) return page
    const { statements, more } = page.value
    if (statements === 'replaced') {
      await goBack(hub, state)
      after = 0
      continue
    }
    if (statements.length === 0 && more) continue
    if (statements.length === 0) return { ok: true, value: { learnt } }

    const found = await judgePage(hub, statements, state, { pins, after })
    const rests = more && (pages >= mostPages || hub.mayAsk?.() === false)
    const upto = rests ? found.judged : found.signed
    const behind = await keep(hub, state, { ...found, pins }, { statements, after, upto })
    if (behind !== undefined) {
      after = behind
      continue
    }
    after += found.judged
    learnt += found.centres.length
    if (rests) return { ok: true, value: { learnt, more } }
    if (!more || found.judged < statements.length) return { ok: true, value: { learnt } }
  }
}

const goBack = async (hub: Hub, { cursor }: TrustState) => {
  hub.log.warn(
    { cursor },
    'the history of the anchor is another one: it is read from its beginning',
  )
  await rewindTrust(hub.sql, hub.config.anchor.id, cursor)
}

/** However many statements are refused, one line of the log tells of them. */
const judgePage = async (
  hub: Hub,
  statements: string[],
  state: TrustState,
  { pins, after }: { pins: string[]; after: number },
): Promise<Learnt> => {
  const context = { ...state, anchor: hub.config.anchor.id, pins, now: seconds(hub) }
  const found = await judgeHistory(statements, context)
  const reasons = [...new Set(found.refused.map(({ reason }) => reason))]
  const count = found.refused.length
  if (count > 0) hub.log.warn({ count, reasons, after }, 'statements of the anchor refused')
  return found
}

/** Keeps the first `upto` of a page. Answers how far another process has come that was quicker, and had seen less. */
const keep = async (
  hub: Hub,
  state: TrustState,
  found: Learnt & { pins: string[] },
  { statements, after, upto }: { statements: string[]; after: number; upto: number },
): Promise<number | undefined> => {
  if (upto === 0) return undefined
  const cursor = after + upto
  const last = digest(statements[upto - 1] ?? '')
  await storeLearnt(hub.sql, hub.config.anchor.id, state.cursor, { ...found, cursor, last })
  forgetCentres(hub.sql)
  const { cursor: reached } = await stateOrStart(hub)
  return reached < cursor ? reached : undefined
}

const start: TrustState = { cursor: 0, last: '', keys: [], configurationIat: 0 }

const stateOrStart = async (hub: Hub) =>
  (await trustState(hub.sql, hub.config.anchor.id))[0] ?? start

/** Whether the operator set pins that are neither those we began with nor keys that count now. */
const beginAnew = async (hub: Hub, pins: string[]) => {
  const { id } = hub.config.anchor
  const [state] = await trustState(hub.sql, id)
  const known = [...(state?.pins ?? []), ...(state?.keys ?? []).map(({ kid }) => kid)]
  if (!state || pins.some((pin) => known.includes(pin))) return false
  hub.log.warn({ pins }, 'new pins: the history of the anchor is read from its beginning')
  await restartTrust(hub.sql, id, state.cursor, pins)
  return true
}

/** Where the anchor is run here, its own keys need no comparing out of band. */
const pinsOf = async (hub: Hub) =>
  runsAnchor(hub.config)
    ? (await usableKeys(hub, hub.config.anchor.id, 'fed')).map(({ kid }) => kid)
    : hub.config.anchor.pins

/**
 * The statements after the one that we stopped at – unless another stands there now: an anchor that was restored from
 * a backup says other things where it had said something already.
 */
const historyOn = async (
  hub: Hub,
  { cursor, last }: TrustState,
): Promise<PeerAnswer<{ statements: string[] | 'replaced'; more: boolean }>> => {
  if (cursor === 0) return historyAfter(hub, 0)
  const page = await historyAfter(hub, cursor - 1)
  if (!page.ok) return page
  const { more } = page.value
  const [known = '', ...statements] = page.value.statements
  return { ok: true, value: { statements: digest(known) === last ? statements : 'replaced', more } }
}

const historyAfter = async (hub: Hub, after: number): Promise<PeerAnswer<HistoryPage>> =>
  runsAnchor(hub.config)
    ? { ok: true, value: await historyPage(hub, after) }
    : readHistory(await requestHistory(hub, hub.config.anchor.id, after), after)

/** A page of what this anchor issued, as its history endpoint answers. */
export const historyPage = async (hub: Hub, after: number): Promise<HistoryPage> => {
  const page = await issuedAfter(hub.sql, after, historyPageLimit)
  const [last] = await lastIssuedPosition(hub.sql)
  const next_after = page.at(-1)?.position ?? after
  const statements = page.map(({ jws }) => jws)
  return { statements, next_after, more: next_after < (last?.position ?? 0) }
}
