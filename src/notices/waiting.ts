import { hasRole } from '../staff/visitor.ts'
import type { WaitingSource } from '../staff/waiting.ts'
import { openReports } from './store.ts'

/** For the administration of the centre that runs the node: barriers that readers have reported. */
export const waitingReports: WaitingSource = async (hub, visitor) => {
  const runsNode = visitor.post?.centre === hub.config.centres[0]?.slug
  if (!runsNode || !hasRole(visitor, ['administrator'])) return []
  const { length } = await openReports(hub.sql)
  if (length === 0) return []
  return [
    {
      title: length === 1 ? 'Eine Barriere wurde gemeldet' : `${length} Barrieren wurden gemeldet`,
      text: 'Jemand kommt auf diesen Seiten nicht zurecht. Antworten Sie innerhalb von vier Wochen.',
      path: '/verwaltung/rueckmeldungen',
      action: 'Zu den Meldungen',
    },
  ]
}
