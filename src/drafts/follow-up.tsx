/** Writing that begins at a published record: an answer to a question, what was concluded from a case. */

import type { Kind } from '../publications/kind.ts'
import { findKind, kinds } from '../publications/kinds.ts'
import type { Beside } from '../publications/pages.tsx'
import type { Written } from './draft.ts'

/** The record that one comes from, as an address carries it: `iss rid ver`. */
export const readOrigin = (text: string) => {
  const [iss = '', rid = '', ver = ''] = text.split(' ')
  return { iss, rid, ver }
}

/** What a draft of this kind has from the start: the record it begins at, in the field made for that. */
export const beginningAt = ({ own, follows }: Kind, origin: string): Written => {
  const look = follows && own[follows.field]?.look
  if (!follows || !look || origin === '') return {}
  const { ver, ...named } = readOrigin(origin)
  const group = look.as === 'list' ? look.item : look
  const reference = group.as === 'group' && 'ver' in group.fields ? { ...named, ver } : named
  return { [follows.field]: look.as === 'list' ? [reference] : reference }
}

/** For staff: what they may write about the record that they read. */
export const followUps: Beside = async (_hub, audience, { found }) => {
  const kind = found.kind && findKind(found.kind)
  const offered = kinds.filter(({ follows }) => kind && follows?.kinds.includes(kind.id))
  if (audience !== 'members' || offered.length === 0) return null
  const bezug = `${found.iss} ${found.rid} ${found.ver}`
  return (
    <section class="tn-panel" aria-labelledby="weiter">
      <h2 id="weiter">Für Ihr Zentrum</h2>
      <ul class="tn-list">
        {offered.map(({ id, follows }) => (
          <li>
            <a href={`/entwuerfe/neu?${new URLSearchParams({ art: id, bezug })}`}>
              {follows?.action}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
