import { hasRole } from '../staff/visitor.ts'
import type { Waiting, WaitingSource } from '../staff/waiting.ts'
import { kindOf } from './kinds.ts'
import { overdueRecords } from './store.ts'

/** For the editors of a centre: its own records whose day of review has come. */
export const waitingReviews: WaitingSource = async (hub, visitor) => {
  if (!visitor.post || !hasRole(visitor, ['editor'])) return []
  const today = new Date(hub.now()).toISOString().slice(0, 10)
  const records = await overdueRecords(hub.sql, visitor.post.iss, today)
  return records.map(
    ({ slug, rid, kind, title, reviewBy }): Waiting => ({
      title: `„${title}“ überprüfen`,
      text: 'Stimmt noch alles? Leserinnen und Leser sehen, dass die Überprüfung aussteht.',
      path: `/${kindOf(kind).path}/${slug}/${rid}`,
      action: 'Zum Beitrag',
      due: Date.parse(reviewBy) / 1000,
    }),
  )
}
