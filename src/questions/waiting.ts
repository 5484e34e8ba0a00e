import type { Waiting, WaitingSource } from '../staff/waiting.ts'
import { type ListedQuestion, listQuestions } from './store.ts'

/** Whether a centre is asked, and has said nothing yet. */
export const isAskedOf = ({ slug, askedOf, answered, answeredBy }: ListedQuestion, own: string) =>
  slug !== own &&
  answeredBy === null &&
  (askedOf.length === 0 || askedOf.includes(own)) &&
  !answered.includes(own)

/** For everybody at a centre: what other centres want to know of it by name. */
export const waitingQuestions: WaitingSource = async (hub, { post }) => {
  if (!post) return []
  const questions = [...(await listQuestions(hub.sql, 'members', { open: true, limit: null }))]
  return questions
    .filter(
      (question) => question.askedOf.includes(post.centre) && isAskedOf(question, post.centre),
    )
    .slice(0, 20)
    .map(
      ({ slug, rid, title, centre, due }): Waiting => ({
        title: `Fachfrage: „${title}“`,
        text: `${centre} bittet Ihr Zentrum um eine Antwort.`,
        path: `/fachfragen/${slug}/${rid}/antworten`,
        action: 'Ansehen und antworten',
        ...(due && { due: Date.parse(due) / 1000 }),
      }),
    )
}
