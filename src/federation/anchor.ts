/** The trust anchor's acts. It is run by KIWW; every statement it ever issued stays in its history. */
import { anchorIdAt, runsAnchor } from '../config.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { seal } from '../signing/seal.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { federationKey } from './keys.ts'
import { type AnchorConfiguration, lifetime, SubordinateStatement } from './statement.ts'
import {
  type IssuedStatement,
  issueStatement,
  lastIssuedPosition,
  newestIssued,
  newestIssuedAbout,
  ownKeys,
} from './store.ts'

/** The anchor's entity id, where it is run here. */
export const anchorHere = (hub: Hub) => {
  if (!runsAnchor(hub.config)) throw new Problem('not-found')
  return anchorIdAt(hub.config.origin)
}

/**
 * Signs a statement of the anchor and adds it to the history; `iat` per subject strictly rises.
 * `claimsAfter` says what to state, given the statement before: it is asked again where another act was quicker.
 */
export const issue = async (
  hub: Hub,
  sub: string,
  claimsAfter: (before: IssuedStatement | undefined) => object,
) => {
  const anchor = anchorHere(hub)
  const key = await federationKey(hub, anchor)
  for (;;) {
    const [last] = await lastIssuedPosition(hub.sql)
    const [before] = await newestIssuedAbout(hub.sql, sub)
    const iat = Math.max(seconds(hub), (before?.iat ?? 0) + 1)
    const exp = iat + lifetime.statement
    const claims = { iss: anchor, sub, iat, exp, ...claimsAfter(before) }
    const jws = await seal('entity-statement+jwt', claims, key)
    const [answer] = await issueStatement(hub.sql, last?.position ?? 0, { sub, iat, exp, jws })
    if (answer?.issued) return jws
  }
}

/** Issues the anchor's own configuration. */
const issueConfiguration = async (hub: Hub) => {
  const anchor = anchorHere(hub)
  const keys = (await ownKeys(hub.sql, anchor, 'fed')).map((key) => key.public)
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
  return issue(hub, anchor, () => claims)
}

/** Issues anew whatever is older than a day, so that a statement is always fresh for six days more. */
export const refreshStatements = async (hub: Hub) => {
  if (!runsAnchor(hub.config)) return
  const anchor = anchorHere(hub)
  const newest = await newestIssued(hub.sql)
  const stale = newest.filter(({ iat }) => iat <= seconds(hub) - lifetime.refresh)
  const first = newest.every(({ sub }) => sub !== anchor)
  if (first || stale.some(({ sub }) => sub === anchor)) await issueConfiguration(hub)
  for (const before of stale) {
    if (before.sub !== anchor) await issue(hub, before.sub, (newest = before) => sameAs(newest))
  }
}

const sameAs = ({ jws }: IssuedStatement) => {
  const { jwks, metadata } = ownStatement(jws)
  return { jwks, metadata }
}

/** The newest statement about a centre as the anchor itself issued it, or undefined. */
export const statedAbout = async (hub: Hub, sub: string) => {
  const [newest] = await newestIssuedAbout(hub.sql, sub)
  return newest && ownStatement(newest.jws)
}

/** Our own statements were signed here; only their form is read. */
export const ownStatement = (jws: string) => SubordinateStatement.parse(unverifiedPayload(jws))
