/** The chore: reminds moderators of agreements, once a week before their day and once when it is past. */
import { ownCentreId } from '../config.ts'
import type { Hub } from '../hub.ts'
import { agreementsOf, dueness } from './agreements.ts'
import { type Reminder, remind } from './agreements-store.ts'

const words = {
  soon: {
    subject: 'Vereinbarungen werden bald fällig',
    text: 'In den nächsten sieben Tagen läuft ab, was bei einem Runden Tisch vereinbart wurde.',
  },
  late: {
    subject: 'Vereinbarungen sind überfällig',
    text: 'Was bei einem Runden Tisch vereinbart wurde, ist über seine Frist und noch offen.',
  },
} as const

export const remindOfAgreements = async (hub: Hub) => {
  for (const own of hub.config.centres) {
    const { iss, centre } = { iss: ownCentreId(hub.config, own), centre: own.slug }
    const agreements = await agreementsOf(hub, iss)
    for (const due of ['soon', 'late'] as const) {
      const named: Reminder['agreements'] = agreements
        .filter((agreement) => dueness(agreement, hub.now()) === due)
        .map(({ rid, dig }) => ({ rid, dig }))
      if (named.length === 0) continue
      const path = '/runden/vereinbarungen'
      const reminder = { centre, iss, agreements: named, due, path, ...words[due] }
      await remind(hub.sql, reminder, new Date(hub.now()))
    }
  }
}
