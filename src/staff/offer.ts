/** Ways in for roles that nobody has taken yet, as a node prints them when it starts. */
import type { Hub } from '../hub.ts'
import { invite, start } from './invite.ts'
import type { Role } from './roles.ts'
import { revokeOffer, rolesTaken } from './store.ts'

export interface Offer {
  role: Role
  link: string
}

/** A link for each of these roles that nobody has. Those that an earlier start printed no longer count. */
export const offerRoles = async (hub: Hub, centre: string, wanted: Role[]): Promise<Offer[]> => {
  const taken = (await rolesTaken(hub.sql, centre)).map(({ role }) => role)
  const offers: Offer[] = []
  for (const role of wanted.filter((each) => !taken.includes(each))) {
    await revokeOffer(hub.sql, { centre, role, by: start, now: hub.now() })
    offers.push({ role, link: await invite(hub, { centre, roles: [role], by: start }) })
  }
  return offers
}

/** The first way in for every centre here that nobody administers. */
export const offerAdministration = async (hub: Hub) => {
  const centres = await Promise.all(
    hub.config.centres.map(async ({ slug, name }) => {
      const offers = await offerRoles(hub, slug, ['administrator'])
      return offers.map(({ link }) => ({ name, link }))
    }),
  )
  return centres.flat()
}
