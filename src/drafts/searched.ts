import type { Hub } from '../hub.ts'
import { hasRole, type Visitor } from '../staff/visitor.ts'
import { isOpen, stateLabel } from './draft.ts'
import { pathTo } from './list-view.tsx'
import { listWritten } from './store.ts'
import { textsOf } from './texts.ts'

/** The open drafts of the centre, for the search of those who may read them. */
export const searchedDrafts = async (hub: Hub, visitor: Visitor) => {
  if (!visitor.post || !hasRole(visitor, ['editor', 'reviewer'])) return []
  const written = await listWritten(hub.sql, visitor.post.centre)
  // As in the list of drafts: who only reviews sees what was handed in.
  const drafts = hasRole(visitor, ['editor'])
    ? written
    : written.filter(({ state }) => !isOpen(state))
  return drafts.map((draft) => {
    const texts = textsOf(draft)
    const title = texts.find(({ path }) => path === 'title')?.text.trim()
    return {
      title: title || 'Ohne Titel',
      state: stateLabel(draft.state),
      path: pathTo(draft),
      kind: draft.kind,
      text: texts.map(({ text }) => text).join('\n'),
    }
  })
}
