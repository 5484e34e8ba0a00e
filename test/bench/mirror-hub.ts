/** A hub and a centre for mirroring from a peer that no trust anchor vouches for. */
import { connect } from '../../src/database/connect.ts'
import type { Centre } from '../../src/federation/centre.ts'
import { openGuardedFetch } from '../../src/federation/guarded-fetch.ts'
import type { Hub } from '../../src/hub.ts'
import { judgeContent } from '../../src/publications/judge.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import type { PublicJwk } from '../../src/signing/keys.ts'

const silent = () => undefined

export const benchHub = (databaseUrl: string) =>
  ({
    config: {
      origin: 'http://localhost:2',
      centres: [],
      anchor: { id: '', pins: [] },
      nudges: false,
    },
    sql: connect(databaseUrl),
    keys: new Keyring('A'.repeat(43)),
    judgeContent,
    now: Date.now,
    fetch: openGuardedFetch({ loopback: true }).fetch,
    askIssuer: fetch,
    log: { debug: silent, info: silent, warn: silent, error: silent },
  }) satisfies Hub

export interface PeerAt {
  iss: string
  jwk: PublicJwk
  port: number
}

/** The centre as an anchor would state it. */
export const centreAt = ({ iss, jwk, port }: PeerAt): Centre => {
  const origin = `http://127.0.0.1:${port}/exchange/v1`
  const epochs = [{ epoch: 1, base: { epoch: 0, seq: 0, dig: '' } }]
  const now = Math.floor(Date.now() / 1000)
  return {
    id: iss,
    // As a feed that was never compared with a statement: nothing is to be aligned.
    iat: 0,
    exp: now + 86_400,
    organization_name: 'Zukunftszentrum Berlin',
    'organization_name#de': 'Zukunftszentrum Berlin',
    slug: 'berlin',
    operator: iss,
    regions: ['DE-BE'],
    umbrella: false,
    status: 'active',
    suites: ['tn1'],
    entries_endpoint: `${origin}/entries`,
    head_endpoint: `${origin}/head`,
    nudge_endpoint: `${origin}/nudges`,
    holdings_endpoint: `${origin}/holdings`,
    evidence_endpoint: `${origin}/evidence`,
    blobs_endpoint: `${origin}/blobs`,
    jwks: { keys: [{ ...jwk, use: 'sig', n: 1 }] },
    feeds: { public: epochs, members: epochs },
  }
}

/** Lets a database know the centre, as reading the anchor's history does. */
export const knowCentre = async (sql: ReturnType<typeof connect>, centre: Centre) => {
  const { id, iat, exp, ...metadata } = centre
  await sql`
    insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
    values (${id}, ${centre.slug}, ${centre.organization_name}, '', ${iat}, ${exp}, ${sql.json(metadata as never)})
  `
  await sql`select know_feed(${id}, 'public', 1, '')`
}
