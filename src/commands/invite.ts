/** Letting somebody in, from the command line. */
import { ConfigError } from '../config.ts'
import { centreById } from '../federation/store.ts'
import { invite, operator } from '../staff/invite.ts'
import { roleBySlug, rolesAt } from '../staff/roles.ts'
import { say } from './say.ts'
import { withCentre } from './with-hub.ts'

type Env = Record<string, string | undefined>

export const inviteSomebody = async (
  env: Env,
  { centre, role, name }: { centre: string; role: string; name?: string },
): Promise<number> => {
  const link = await withCentre(env, centre, async (hub, iss) => {
    const stated = await centreById(hub.sql, iss)
    const roles = readRoles(role, stated?.umbrella === true)
    return invite(hub, { centre, roles, name, by: operator })
  })
  say(link)
  say('Der Link gilt einmal und sieben Tage lang.')
  return 0
}

const readRoles = (text: string, umbrella: boolean) =>
  text.split(',').map((slug) => {
    const role = roleBySlug(slug.trim())
    const possible = rolesAt({ umbrella })
    if (role && possible.some(({ id }) => id === role)) return role
    const known = possible.map((each) => each.slug).join(', ')
    throw new ConfigError(`Die Rolle „${slug.trim()}“ gibt es hier nicht, nur: ${known}.`)
  })
