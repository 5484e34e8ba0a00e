/** A centre without a node: its keys are its own, and it brings what it signs to another centre's node. */
import { randomBytes } from 'node:crypto'
import { learnTrust } from '../../src/federation/learn.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { makeKey } from '../../src/signing/keys.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import type { TestFederation, TestHub } from './hub.ts'
import { openScribe, type Scribe } from './rogue.ts'

export interface Signer extends Scribe {
  iss: string
  key: SigningKey
}

/** It has joined the federation; the anchor states that its feeds are at home at that node. */
export const openSigner = async (net: TestFederation, home: TestHub): Promise<Signer> => {
  const iss = 'https://werkstatt.example/centres/werkstatt'
  const keyring = new Keyring(randomBytes(32).toString('base64url'))
  const newKey = async (use: 'fed' | 'sig') => {
    const { kid, publicJwk, privateJwk } = await makeKey(use)
    return { kid, publicJwk, key: await keyring.open(kid, await keyring.seal(privateJwk)) }
  }
  const [fed, sig] = [await newKey('fed'), await newKey('sig')]
  const at = (name: string) => `${home.config.origin}/exchange/v1/${name}`
  const iat = Math.floor(net.clock.now / 1000)
  const configuration = await seal(
    'entity-statement+jwt',
    {
      ...{ iss, sub: iss, iat, exp: iat + 86_400, authority_hints: [net.kiww.config.anchor.id] },
      jwks: { keys: [fed.publicJwk] },
      metadata: {
        knowledge_exchange: {
          ...{ organization_name: 'Lernwerkstatt', slug: 'werkstatt', operator: home.iss },
          ...{ regions: ['DE-BE'], suites: ['tn1'], jwks: { keys: [sig.publicJwk] } },
          ...{ entries_endpoint: at('entries'), head_endpoint: at('head') },
          ...{ holdings_endpoint: at('holdings'), evidence_endpoint: at('evidence') },
          ...{ blobs_endpoint: at('blobs'), nudge_endpoint: at('nudges') },
        },
      },
    },
    fed,
  )
  const others = net.kiww.fetch
  net.kiww.fetch = async (input, init) =>
    new Request(input, init).url === `${iss}/.well-known/openid-federation`
      ? new Response(configuration, {
          headers: { 'content-type': 'application/entity-statement+jwt' },
        })
      : others(input, init)
  const answer = await vouch(net.kiww, { entityId: iss, fingerprint: fed.kid })
  if (!answer.ok) throw new Error(answer.reason)
  for (const hub of [net.kiww, net.berlin, net.brandenburg]) await learnTrust(hub)
  const scribe = openScribe({ iss, feed: 'public', key: sig, now: () => net.clock.now })
  return { ...scribe, iss, key: sig }
}
