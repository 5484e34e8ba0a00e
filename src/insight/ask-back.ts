/** The shelf's editors want to know something of the centre whose record it is. */
import { newDraft, type Writer } from '../drafts/begin.ts'
import { beginDraftAbout } from '../drafts/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { question } from '../publications/kinds/question.ts'
import { readOne } from '../publications/reading.ts'
import type { Record } from '../publications/record.ts'
import { lengthOf } from '../publications/strings.ts'
import { tellRole } from '../staff/message-store.ts'

/** Milliseconds that a centre has to answer, unless the editors say otherwise. */
const patience = 14 * 24 * 3_600_000

export interface Begun {
  /** Id of the draft. */
  id: string
  /** Whether there was none yet. */
  begun: boolean
}

/**
 * Begins a Fachfrage about a record, to its centre; what is to be asked is still to be said. As long as one is being
 * written, it stays with that. Problems: `not-found`, `gone`.
 */
export const askBack = async (
  hub: Hub,
  writer: Writer,
  { slug, rid }: { slug: string; rid: string },
): Promise<Begun> => {
  const one = await readOne(hub, 'members', slug, rid)
  if (one.state !== 'published') throw new Problem('gone')
  const { found, content } = one
  const { title, topics } = JSON.parse(content) as Record
  const about = { iss: found.iss, rid }
  const draft = await newDraft(hub, writer, question, {
    title: titleFor(title),
    context: `Es geht um den Beitrag „${title}“ in Fassung ${found.ver}: Soll er in das bundesweite Regal?`,
    askedOf: [slug],
    due: new Date(hub.now() + patience).toISOString().slice(0, 10),
    related: [{ rel: 'see-also', ...about }],
    topics,
    visibility: 'members',
  })
  const [begun] = await beginDraftAbout(hub.sql, about, draft)
  return begun ?? { id: draft.id, begun: false }
}

/** As much of it as a title holds. */
const titleFor = (title: string) => {
  const whole = `Rückfrage: ${title}`
  return lengthOf(whole) <= 160 ? whole : `${[...whole].slice(0, 159).join('')}…`
}

/** For a curator who does not write: editors hear that there is something to be asked. */
export const handToEditors = ({ sql, now }: Hub, { post, person }: Writer, draft: string) =>
  tellRole(
    sql,
    { centre: post.centre, roles: ['editor'], except: person },
    {
      subject: 'Rückfrage zu einem Beitrag im Entwurf',
      text: 'Für das bundesweite Regal soll ein Zentrum etwas gefragt werden. Schreiben Sie die Frage auf und geben Sie sie zur Prüfung ab.',
      path: `/entwuerfe/${draft}`,
    },
    now(),
  )
