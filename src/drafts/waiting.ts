import { hasRole, type Visitor } from '../staff/visitor.ts'
import type { Waiting, WaitingSource } from '../staff/waiting.ts'
import { type ListedDraft, listDrafts } from './store.ts'

/** What of the drafts waits for somebody: a review, changes that were asked for, a publication. */
export const waitingDrafts: WaitingSource = async (hub, visitor) => {
  if (!visitor.post || !hasRole(visitor, ['editor', 'reviewer'])) return []
  const drafts = await listDrafts(hub.sql, visitor.post.centre, visitor.person, {})
  return drafts.flatMap((draft) => [
    ...toReview(draft, visitor),
    ...toChange(draft, visitor),
    ...toPublish(draft, visitor),
  ])
}

const nameOf = ({ title }: ListedDraft) => `„${title.trim() || 'Ohne Titel'}“`

const toReview = (draft: ListedDraft, visitor: Visitor): Waiting[] => {
  const hers = draft.reviewer === null || draft.reviewer === visitor.person
  if (draft.state !== 'in-review' || draft.own || !hers) return []
  if (!hasRole(visitor, ['reviewer'])) return []
  return [
    {
      title: `${nameOf(draft)} prüfen`,
      text: `${draft.author_name} hat den Beitrag zur Prüfung abgegeben.`,
      path: `/entwuerfe/${draft.id}/pruefen`,
      action: 'Zur Prüfung',
    },
  ]
}

/** Who goes on with a draft: its author, or whoever writes where she does not. */
const goesOn = ({ author, author_writes }: ListedDraft, visitor: Visitor) =>
  author_writes ? author === visitor.person : hasRole(visitor, ['editor'])

const toChange = (draft: ListedDraft, visitor: Visitor): Waiting[] =>
  draft.state !== 'changes-asked' || !goesOn(draft, visitor)
    ? []
    : [
        {
          title: `${nameOf(draft)} ändern`,
          text: `${draft.reviewer_name ?? 'Die Prüfung'} bittet um Änderungen.`,
          path: `/entwuerfe/${draft.id}/pruefen`,
          action: 'Zu den Anmerkungen',
        },
      ]

const toPublish = (draft: ListedDraft, visitor: Visitor): Waiting[] =>
  draft.state !== 'approved' || !goesOn(draft, visitor)
    ? []
    : [
        {
          title: `${nameOf(draft)} veröffentlichen`,
          text: 'Der Beitrag ist freigegeben.',
          path: `/entwuerfe/${draft.id}/pruefen`,
          action: 'Zum Beitrag',
        },
      ]
