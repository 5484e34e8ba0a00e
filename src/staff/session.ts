import { ownCentreId, ownCentreIds } from '../config.ts'
import type { Hub } from '../hub.ts'
import type { Role } from './roles.ts'
import { type FoundSession, findSession, type NewSession } from './session-store.ts'
import { isToken, newToken, tokenHash } from './token.ts'
import type { Post, Visitor } from './visitor.ts'

/** A session as the acts that begin one store it, and the token for the cookie. */
export const newSession = (device: string, shown: Date | null) => {
  const token = newToken()
  const stored: NewSession = { id: crypto.randomUUID(), token: tokenHash(token), device, shown }
  return { token, stored }
}

/** Who holds this token, as of now: what was changed or ended a moment ago counts. One query. */
export const readSession = async (hub: Hub, token: string): Promise<Visitor | undefined> => {
  if (!isToken(token)) return undefined
  const centres = ownCentreIds(hub.config)
  const [found] = await findSession(hub.sql, tokenHash(token), hub.now(), centres)
  return found && visitorOf(hub, found)
}

const visitorOf = (hub: Hub, found: FoundSession): Visitor => {
  const posts = hub.config.centres.flatMap((centre): Post[] => {
    const { slug, name } = centre
    const iss = ownCentreId(hub.config, centre)
    const umbrella = found.umbrellas.includes(iss)
    const roles = rolesIn(found.grants[slug] ?? [], umbrella)
    return roles.length > 0 ? [{ centre: slug, name, iss, umbrella, roles }] : []
  })
  return {
    person: found.person,
    name: found.name,
    session: found.id,
    shown: found.shown_at?.getTime(),
    external: found.external,
    unread: found.unread,
    posts,
    post: posts.find(({ centre }) => centre === found.centre) ?? posts[0],
  }
}

/** Only the umbrella has a nationwide shelf; a centre may cease to be it. */
const rolesIn = (granted: Role[], umbrella: boolean) =>
  granted.filter((role) => umbrella || role !== 'curator')
