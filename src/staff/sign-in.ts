import type { Hub } from '../hub.ts'
import { attempt, attemptFromNetwork } from './attempts.ts'
import { claimedPasskey, judgePasskey, openCeremony } from './passkey.ts'
import { newSession } from './session.ts'
import { passkeyById, signInWithPasskey } from './store.ts'

export type SignIn =
  | { ok: true; token: string }
  | { ok: false; reason: 'expired' | 'unknown' | 'passkey' | 'closed' | 'counter' }

/** Somebody shows her passkey. Answers the token of her new session. */
export const signIn = async (
  hub: Hub,
  { ceremony, answer, device }: { ceremony: string; answer: string; device: string },
): Promise<SignIn> => {
  await attemptFromNetwork(hub)
  const asked = await openCeremony(hub, ceremony)
  if (asked?.person !== '') return { ok: false, reason: 'expired' }
  const id = claimedPasskey(answer)
  const [passkey] = id === undefined ? [] : await passkeyById(hub.sql, id)
  if (!passkey) return { ok: false, reason: 'unknown' }
  await attempt(hub, 'passkey', passkey.id)
  const counter = await judgePasskey(hub, asked, answer, passkey)
  if (counter === undefined) return { ok: false, reason: 'passkey' }

  const { token, stored: session } = newSession(device, new Date(hub.now()))
  const [signed] = await signInWithPasskey(hub.sql, {
    passkey: passkey.id,
    counter,
    challenge: asked.challenge,
    until: asked.until,
    session,
    now: hub.now(),
  })
  // Without a row the outcome is unknown, and nobody is signed in.
  const outcome = signed?.outcome ?? 'used'
  if (outcome === 'began') return { ok: true, token }
  return { ok: false, reason: outcome === 'used' ? 'expired' : outcome }
}
