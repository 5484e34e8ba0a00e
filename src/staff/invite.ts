import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import type { Role } from './roles.ts'
import { openInvitation, personOf, storeInvitation } from './store.ts'
import { isToken, newToken, tokenHash } from './token.ts'

/** Milliseconds that a link can be used. */
export const invitationLifetime = 7 * 24 * 3_600_000

/** Who invites where no person does: the command line, and a node that starts. */
export const operator = 'operator'
export const start = 'start'

const linkOf = (hub: Hub, token: string) => `${hub.config.origin}/einladung/${token}`

interface Invite {
  centre: string
  roles: Role[]
  name?: string | undefined
  /** A person's id, `operator` or `start`. */
  by: string
}

/** Invites somebody to a centre. Answers the link: it is shown this once and works for one person. */
export const invite = (hub: Hub, { centre, roles, name = '', by }: Invite): Promise<string> =>
  storeLink(hub, { centre, roles, name, by, person: null })

/**
 * Gives a person access again who lost her passkeys. When she uses the link, the ones she had and all her
 * sessions end. Problem `not-found` where she is none of the centre's, `conflict` where it cannot be renewed here.
 */
export const renew = async (
  hub: Hub,
  { centre, person, by }: { centre: string; person: string; by: string },
): Promise<string> => {
  const [found] = await personOf(hub.sql, centre, person)
  if (!found) throw new Problem('not-found')
  if (found.external) {
    throw new Problem('conflict', 'Diese Person meldet sich über die zentrale Anmeldung an.')
  }
  if (found.closed_at) throw new Problem('conflict', 'Dieses Konto ist geschlossen.')
  return storeLink(hub, { centre, roles: found.roles, name: found.name, by, person })
}

const storeLink = async (hub: Hub, invitation: Required<Invite> & { person: string | null }) => {
  const token = newToken()
  const now = hub.now()
  await storeInvitation(hub.sql, {
    ...invitation,
    name: invitation.name ?? '',
    id: crypto.randomUUID(),
    token: tokenHash(token),
    now,
    expires: now + invitationLifetime,
  })
  return linkOf(hub, token)
}

/** The invitation behind a link. Problem `invitation-over` alike whether it was used, taken back, is too old, or never was. */
export const readInvitation = async (hub: Hub, token: string) => {
  const [found] = isToken(token) ? await openInvitation(hub.sql, tokenHash(token), hub.now()) : []
  if (!found) throw new Problem('invitation-over')
  return found
}
