/** What waits for those who moderate round tables or answer for their centre. */
import { hasRole } from '../staff/visitor.ts'
import type { WaitingSource } from '../staff/waiting.ts'
import { agreementsOf, dueness } from './agreements.ts'
import { askedOf } from './results.ts'

/** Results of other centres that ask this one to sign, and nobody has answered. */
export const waitingParties: WaitingSource = async (hub, visitor) => {
  if (!visitor.post || !hasRole(visitor, ['moderator', 'reviewer'])) return []
  const asked = await askedOf(hub, visitor.post)
  return asked
    .filter(({ answer }) => answer === undefined)
    .map(({ title, centre, slug, rid, before }) => ({
      title: `„${title}“ mitzeichnen`,
      text: before
        ? `${centre} hat eine neue Fassung veröffentlicht und bittet Ihr Zentrum noch einmal um Mitzeichnung.`
        : `${centre} bittet Ihr Zentrum um Mitzeichnung.`,
      path: `/runden/mitzeichnen/${slug}/${rid}`,
      action: 'Lesen und antworten',
    }))
}

/** Agreements whose day comes or is past. */
export const waitingAgreements: WaitingSource = async (hub, visitor) => {
  if (!visitor.post || !hasRole(visitor, ['moderator'])) return []
  const agreements = await agreementsOf(hub, visitor.post.iss)
  return agreements.flatMap((agreement) => {
    const due = dueness(agreement, hub.now())
    if (!due) return []
    const { what, who, by = '' } = agreement
    return {
      title: `Vereinbart: „${what}“`,
      text: due === 'late' ? `Die Frist ist verstrichen. Zuständig: ${who}.` : `Zuständig: ${who}.`,
      path: '/runden/vereinbarungen',
      action: 'Zu den Vereinbarungen',
      due: Date.parse(by) / 1000,
    }
  })
}
