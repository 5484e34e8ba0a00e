import type { Hub } from '../hub.ts'
import { attempt, attemptFromNetwork } from './attempts.ts'
import { readInvitation } from './invite.ts'
import { judgeNewPasskey, offerPasskey, openCeremony } from './passkey.ts'
import { newSession } from './session.ts'
import { acceptInvitation, type Invitation } from './store.ts'
import { tokenHash } from './token.ts'

/** What the page of an invitation asks the browser for. */
export const offerJoining = (hub: Hub, { id, person, name }: Invitation) =>
  offerPasskey(hub, { person: person ?? crypto.randomUUID(), name, invitation: id })

export interface Joining {
  /** From the link. */
  token: string
  name: string
  ceremony: string
  /** What the browser answered, JSON. */
  answer: string
  device: string
}

export type Entered =
  | { ok: true; token: string }
  | { ok: false; reason: 'passkey' | 'expired' | 'passkey-known' }

/**
 * Somebody follows an invitation: from now on she is known by her passkey and signed in. Answers the session's
 * token. Problem `invitation-over` where somebody else was quicker.
 */
export const join = async (hub: Hub, joining: Joining): Promise<Entered> => {
  await attemptFromNetwork(hub)
  const invitation = await readInvitation(hub, joining.token)
  await attempt(hub, 'invitation', invitation.id)
  const asked = await openCeremony(hub, joining.ceremony)
  if (!asked || asked.invitation !== invitation.id) return { ok: false, reason: 'expired' }
  const passkey = await judgeNewPasskey(hub, asked, joining.answer, joining.device)
  if (!passkey) return { ok: false, reason: 'passkey' }

  const { token, stored: session } = newSession(joining.device, new Date(hub.now()))
  const [accepted] = await acceptInvitation(hub.sql, {
    token: tokenHash(joining.token),
    person: asked.person,
    name: joining.name,
    passkey,
    session,
    now: hub.now(),
  })
  if (accepted?.outcome === 'over') await readInvitation(hub, joining.token)
  if (accepted?.outcome === 'passkey-known') return { ok: false, reason: 'passkey-known' }
  return { ok: true, token }
}
