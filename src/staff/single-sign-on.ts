/** The house's own sign-in: OpenID Connect, authorization code with PKCE, state and nonce. */
import * as oidc from 'openid-client'
import { z } from 'zod'
import { isLoopback, type SingleSignOn } from '../config.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { attemptFromNetwork } from './attempts.ts'
import { type Role, roleBySlug } from './roles.ts'
import { newSession } from './session.ts'
import { signInWithOidc } from './store.ts'
import { fresh } from './visitor.ts'

/** Milliseconds that somebody may stay at the house's sign-in. */
export const patience = 10 * 60_000

const Kept = z.strictObject({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  /** Where she wanted to go. */
  to: z.string(),
  /** Whether she was to show once more that it is she. */
  again: z.boolean(),
  /** Milliseconds since 1970. */
  until: z.int(),
})

const purpose = 'single sign-on'

const redirectUri = (hub: Hub) => `${hub.config.origin}/anmelden/zentral/antwort`

/**
 * What the issuer is asked where it must not go by having known her a while ago (OpenID Connect Core, 3.1.2.1):
 * with `max_age` it says when she showed that it is she.
 */
const anew = { prompt: 'login', max_age: String(fresh / 1000) }

/** Where the browser goes, and what it keeps meanwhile, sealed. */
export const leaveForSignIn = async (
  hub: Hub,
  issuer: SingleSignOn,
  { to, again }: { to: string; again: boolean },
) => {
  await attemptFromNetwork(hub, 'leaving')
  const provider = await discover(hub, issuer)
  const kept = {
    verifier: oidc.randomPKCECodeVerifier(),
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    to,
    again,
    until: hub.now() + patience,
  }
  const url = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: redirectUri(hub),
    scope: 'openid profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
    state: kept.state,
    nonce: kept.nonce,
    ...(again && anew),
  })
  return { url: url.href, kept: await hub.keys.sealText(purpose, JSON.stringify(kept)) }
}

/** With what she was asked when she left, to be tried once more. */
export type Returned =
  | { ok: true; token: string; to: string }
  | { ok: false; reason: 'refused' | 'closed' | 'no-role'; to: string; again: boolean }
  | { ok: false; reason: 'expired' }

/**
 * Somebody comes back from the house's sign-in. She is known by issuer and subject; her name and her roles are
 * what the issuer says now. Answers the token of her new session. `query`: of the address she came back to.
 */
export const returnFromSignIn = async (
  hub: Hub,
  issuer: SingleSignOn,
  { query, kept, device }: { query: string; kept: string; device: string },
): Promise<Returned> => {
  await attemptFromNetwork(hub)
  const text = await hub.keys.openText(purpose, kept)
  const asked = text === undefined ? undefined : Kept.parse(JSON.parse(text))
  if (!asked || asked.until <= hub.now()) return { ok: false, reason: 'expired' }
  const { to, again } = asked
  const claims = await claimsOf(hub, issuer, asked, query)
  if (!claims) return { ok: false, reason: 'refused', to, again }

  const { token, stored: session } = newSession(device, shownIn(claims, hub.now()))
  const [signed] = await signInWithOidc(hub.sql, {
    issuer: issuer.issuer,
    subject: claims.sub,
    person: crypto.randomUUID(),
    name: nameIn(claims),
    grants: grantsIn(hub, claims[issuer.rolesClaim]),
    session,
    now: hub.now(),
  })
  if (signed?.outcome === 'began') return { ok: true, token, to }
  return { ok: false, reason: signed?.outcome ?? 'refused', to, again }
}

type Claims = { sub: string } & Record<string, unknown>

/** What the issuer says of her, in the ID token and, where it has one, at its userinfo endpoint. */
const claimsOf = async (
  hub: Hub,
  issuer: SingleSignOn,
  { verifier, state, nonce, again }: z.infer<typeof Kept>,
  query: string,
): Promise<Claims | undefined> => {
  const provider = await discover(hub, issuer)
  try {
    const tokens = await oidc.authorizationCodeGrant(
      provider,
      new URL(`${redirectUri(hub)}?${query}`),
      {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
        ...(again && { maxAge: fresh / 1000 }),
      },
    )
    const claims = tokens.claims()
    if (!claims) return undefined
    if (!provider.serverMetadata().userinfo_endpoint) return claims
    const more = await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)
    // When she showed that it is she only the ID token says.
    return { ...claims, ...more, auth_time: claims.auth_time }
  } catch (err) {
    hub.log.warn({ err, issuer: issuer.issuer }, 'single sign-on failed')
    return undefined
  }
}

/** Asked anew each time: keys and endpoints may change, and signing in is rare. */
const discover = async (hub: Hub, { issuer, clientId, clientSecret }: SingleSignOn) => {
  const url = new URL(issuer)
  const asked = oidc.discovery(url, clientId, clientSecret, undefined, {
    // The library's own type for the options of fetch is not quite that of the platform.
    [oidc.customFetch]: (asked, init) => hub.askIssuer(asked, init as RequestInit),
    execute: isLoopback(url.hostname) ? [oidc.allowInsecureRequests] : [],
    timeout: 5,
  })
  return asked.catch((err: unknown) => {
    hub.log.error({ err, issuer }, 'the identity provider does not answer')
    throw new Problem('unavailable', 'Die zentrale Anmeldung antwortet zurzeit nicht.')
  })
}

/**
 * When she showed that it is she, where the issuer says so (OpenID Connect Core, 2: `auth_time`). A clock that is
 * fast there gives her no longer.
 */
const shownIn = ({ auth_time: seconds }: Claims, now: number) =>
  typeof seconds === 'number' ? new Date(Math.min(seconds * 1000, now)) : null

const nameIn = (claims: Claims) => {
  const given = [claims.name, claims.preferred_username].find(
    (name): name is string => typeof name === 'string' && name.trim() !== '',
  )
  return (given ?? 'Ohne Namen').trim().slice(0, 120)
}

/**
 * Roles as the claim names them: `redaktion`, or at a node of several centres `berlin:redaktion`. Whatever else
 * stands there concerns others.
 */
const grantsIn = (hub: Hub, claim: unknown) => {
  const slugs = hub.config.centres.map(({ slug }) => slug)
  const named =
    typeof claim === 'string' ? claim.split(/[\s,]+/) : Array.isArray(claim) ? claim : []
  return named.flatMap((value): { centre: string; role: Role }[] => {
    const [role, centre = slugs.length === 1 ? slugs[0] : ''] = String(value)
      .split(':')
      .toReversed()
    const known = roleBySlug(role ?? '')
    return known && centre !== undefined && slugs.includes(centre) ? [{ centre, role: known }] : []
  })
}
