import { hasRole } from '../staff/visitor.ts'
import type { Waiting, WaitingSource } from '../staff/waiting.ts'
import { kindOf, kinds } from './kinds.ts'
import { germanDayOf } from './local-time.ts'
import { overdueRecords, shakenRecords } from './store.ts'

/** For the editors of a centre: its own records whose day of review has come. */
export const waitingReviews: WaitingSource = async (hub, visitor) => {
  if (!visitor.post || !hasRole(visitor, ['editor'])) return []
  const today = germanDayOf(hub.now())
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

const rests = kinds.flatMap(({ id, restsOn }) => restsOn.map((field) => ({ kind: id, field })))

/** For the editors of a centre: its own records that rest on something that has changed or is gone. */
export const waitingShaken: WaitingSource = async (hub, visitor) => {
  if (!visitor.post || !hasRole(visitor, ['editor'])) return []
  const records = await shakenRecords(hub.sql, visitor.post.iss, rests)
  return records.map(
    ({ slug, rid, kind, title, gone, newer }): Waiting => ({
      title: `„${title}“: Grundlagen haben sich geändert`,
      text: `${whatChanged(gone, newer)} Gilt noch, was daraus folgt?`,
      path: `/${kindOf(kind).path}/${slug}/${rid}`,
      action: 'Zum Beitrag',
    }),
  )
}

const whatChanged = (gone: number, newer: number) =>
  [
    gone > 0 && `${gone === 1 ? '1 Beitrag wurde' : `${gone} Beiträge wurden`} zurückgenommen.`,
    newer > 0 && `${newer === 1 ? '1 Beitrag hat' : `${newer} Beiträge haben`} eine neue Fassung.`,
  ]
    .filter(Boolean)
    .join(' ')
