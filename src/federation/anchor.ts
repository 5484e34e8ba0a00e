/** The trust anchor's acts. It is run by KIWW; every statement it ever issued stays in its history. */
import { anchorIdAt, runsAnchor } from '../config.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import type { NotedStatement } from '../signing/journal.ts'
import type { PublicJwk } from '../signing/keys.ts'
import { seal } from '../signing/seal.ts'
import { unverifiedKid, unverifiedPayload } from '../signing/unverified.ts'
import { anchorKey, usableKeys } from './keys.ts'
import { noteListed, retireReplaced } from './keys-store.ts'
import {
  AnchorConfiguration,
  type KnowledgeExchange,
  lifetime,
  SubordinateStatement,
} from './statement.ts'
import {
  type IssuedStatement,
  issueStatement,
  lastIssuedPosition,
  newestIssued,
  newestIssuedAbout,
} from './store.ts'

/** The anchor's entity id, where it is run here. */
export const anchorHere = (hub: Hub) => {
  if (!runsAnchor(hub.config)) throw new Problem('not-found')
  return anchorIdAt(hub.config.origin)
}

/**
 * Signs a statement of the anchor and adds it to the history; `iat` per subject strictly rises.
 * `claimsAfter` says what to state, given the statement before: it is asked again where another act was quicker.
 * `configuredAt`: the `iat` of the centre's configuration that it follows.
 */
export const issue = async (
  hub: Hub,
  sub: string,
  claimsAfter: (before: IssuedStatement | undefined) => object,
  configuredAt?: number,
) => {
  const anchor = anchorHere(hub)
  const noted = await hub.journal?.statement(sub)
  if (noted) await recall(hub, noted)
  for (;;) {
    const [last] = await lastIssuedPosition(hub.sql)
    const [before] = await newestIssuedAbout(hub.sql, sub)
    // Read after the position: should its time end meanwhile, the position has moved.
    const key = await anchorKey(hub, anchor)
    const iat = Math.max(seconds(hub), (before?.iat ?? 0) + 1)
    const exp = iat + lifetime.statement
    const claims = { iss: anchor, sub, iat, exp, ...claimsAfter(before) }
    const jws = await seal('entity-statement+jwt', claims, key)
    const next = { sub, iat, exp, jws, configuredAt }
    const [answer] = await issueStatement(hub.sql, last?.position ?? 0, next)
    if (!answer?.issued) continue
    await hub.journal?.noteStatement(next)
    return jws
  }
}

/**
 * What was stated since the backup from which this database was restored stands again in the history: else a key that
 * was cut would count once more, at every node, and nobody would have decided that.
 */
const recall = async (hub: Hub, stated: NotedStatement) => {
  if (unverifiedPayload(stated.jws)?.iss !== anchorHere(hub)) return
  for (;;) {
    const [last] = await lastIssuedPosition(hub.sql)
    const [newest] = await newestIssuedAbout(hub.sql, stated.sub)
    if (newest && newest.iat >= stated.iat) return
    hub.log.warn({ sub: stated.sub }, 'a statement that was forgotten stands again')
    await issueStatement(hub.sql, last?.position ?? 0, stated)
  }
}

const recallStatements = async (hub: Hub) => {
  const noted = (await hub.journal?.statements()) ?? []
  for (const stated of noted.toSorted((a, b) => a.iat - b.iat)) await recall(hub, stated)
}

/** Issues the anchor's own configuration, with every key whose time is not over. */
const issueConfiguration = async (hub: Hub, keys: PublicJwk[]) => {
  const anchor = anchorHere(hub)
  const claims: Pick<AnchorConfiguration, 'jwks' | 'metadata'> = {
    jwks: { keys },
    metadata: {
      federation_entity: {
        organization_name: 'Vertrauensanker der Zukunftszentren',
        federation_fetch_endpoint: `${anchor}/fetch`,
        federation_list_endpoint: `${anchor}/list`,
        federation_historical_keys_endpoint: `${anchor}/historical-keys`,
        history_endpoint: `${anchor}/history`,
      },
    },
  }
  await issue(hub, anchor, () => claims)
}

/**
 * Issues anew whatever is older than a day, so that a statement is always fresh for six days more; and whatever
 * was signed by a key of ours whose time is over, so that who knows only the new one can read it all.
 */
export const refreshStatements = async (hub: Hub) => {
  if (!runsAnchor(hub.config)) return
  const anchor = anchorHere(hub)
  await recallStatements(hub)
  const now = hub.now()
  const overlap = new Date(now - lifetime.statement * 1000)
  await retireReplaced(hub.sql, anchor, overlap, new Date(now))

  const keys = (await usableKeys(hub, anchor, 'fed')).map((key) => key.public)
  const newest = await newestIssued(hub.sql)
  const own = newest.find(({ sub }) => sub === anchor)
  if (!own || isStale(hub, own, keys) || !listsExactly(own, keys)) {
    await issueConfiguration(hub, keys)
  }
  await noteListed(
    hub.sql,
    keys.map(({ kid }) => kid),
    new Date(now),
  )
  for (const before of newest) {
    if (before.sub === anchor || !isStale(hub, before, keys)) continue
    await issue(hub, before.sub, (last = before) => sameAs(last))
  }
}

const isStale = (hub: Hub, { iat, jws }: IssuedStatement, keys: PublicJwk[]) =>
  iat <= seconds(hub) - lifetime.refresh || keys.every(({ kid }) => kid !== unverifiedKid(jws))

const listsExactly = ({ jws }: IssuedStatement, keys: PublicJwk[]) => {
  const listed = AnchorConfiguration.parse(unverifiedPayload(jws)).jwks.keys
  return listed.map(({ kid }) => kid).join() === keys.map(({ kid }) => kid).join()
}

const sameAs = ({ jws }: IssuedStatement) => {
  const { jwks, metadata } = ownStatement(jws)
  return { jwks, metadata }
}

export type Stated = Pick<SubordinateStatement, 'jwks' | 'metadata'>

/** States a centre anew with something changed; asked again where another act was quicker. Problem `not-found`. */
export const restate = (
  hub: Hub,
  entityId: string,
  change: (exchange: KnowledgeExchange) => KnowledgeExchange,
): Promise<string> =>
  issue(hub, entityId, (before) => {
    if (!before) throw notVouchedFor(entityId)
    const { jwks, metadata } = ownStatement(before.jws)
    return { jwks, metadata: { knowledge_exchange: change(metadata.knowledge_exchange) } }
  })

const notVouchedFor = (entityId: string) =>
  new Problem('not-found', `Ein Zentrum ${entityId} hat dieser Vertrauensanker nie bestätigt.`)

/** What the anchor states of a centre at present. Problem `not-found`. */
export const exchangeOf = async (hub: Hub, entityId: string): Promise<KnowledgeExchange> => {
  const stated = entityId === anchorHere(hub) ? undefined : await statedAbout(hub, entityId)
  if (!stated) throw notVouchedFor(entityId)
  return stated.metadata.knowledge_exchange
}

/** The newest statement about a centre as the anchor itself issued it, or undefined. */
export const statedAbout = async (hub: Hub, sub: string) => {
  const [newest] = await newestIssuedAbout(hub.sql, sub)
  return newest && ownStatement(newest.jws)
}

/** Our own statements were signed here; only their form is read. */
export const ownStatement = (jws: string) => SubordinateStatement.parse(unverifiedPayload(jws))
