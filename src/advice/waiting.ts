import { germanDayOf } from '../publications/local-time.ts'
import { hasRole } from '../staff/visitor.ts'
import type { WaitingSource } from '../staff/waiting.ts'
import { ownOffers } from './store.ts'

/** For the editors of a centre: offers whose providers are to be asked. */
export const waitingOffers: WaitingSource = async (hub, visitor) => {
  if (!visitor.post || !hasRole(visitor, ['editor'])) return []
  const today = germanDayOf(hub.now())
  const offers = await ownOffers(hub.sql, visitor.post.iss)
  const overdue = offers.filter(({ reviewBy }) => reviewBy < today)
  if (overdue.length === 0) return []
  return [
    {
      title:
        overdue.length === 1
          ? 'Ein Beratungsangebot ist zu bestätigen'
          : `${overdue.length} Beratungsangebote sind zu bestätigen`,
      text: 'Im Beratungskompass stehen sie weit hinten, bis jemand sagt, dass alles noch stimmt.',
      path: '/angebote/pruefen',
      action: 'Anbieter fragen',
    },
  ]
}
