/** The chore: tells staff that their centre is asked, that the day comes by which an answer is wanted, and of answers. */
import type { Hub } from '../hub.ts'
import { type ListedQuestion, listQuestions, type QuestionNews, tellOf } from './store.ts'
import { isAskedOf } from './waiting.ts'

/** Milliseconds before the day on which an answer is wanted. */
const ahead = 3 * 24 * 3_600_000

export const tellOfQuestions = async (hub: Hub) => {
  const questions = [...(await listQuestions(hub.sql, 'members', { open: true, limit: null }))]
  for (const { slug: own } of hub.config.centres) {
    const news = questions.flatMap((question) =>
      newsOf(question, own, hub.now()).map((each) => ({ ...each, ...placeOf(question) })),
    )
    if (news.length > 0) await tellOf(hub.sql, own, news, new Date(hub.now()))
  }
}

const placeOf = ({ iss, slug, rid }: ListedQuestion) => ({
  ...{ iss, rid },
  path: `/fachfragen/${slug}/${rid}/antworten`,
})

type News = Pick<QuestionNews, 'what' | 'subject' | 'text'>

/** Without a word of what is asked: an e-mail passes through many hands. */
const newsOf = (question: ListedQuestion, own: string, now: number): News[] => {
  const { slug, askedOf, answered } = question
  if (slug === own) return answered.map(answerFrom)
  if (!askedOf.includes(own) || !isAskedOf(question, own)) return []
  return isNear(question, now) ? [asked, due] : [asked]
}

const asked: News = {
  what: 'asked',
  subject: 'Fachfrage an Ihr Zentrum',
  text: 'Ein anderes Zentrum bittet Ihres um eine Antwort.',
}

const due: News = {
  what: 'due',
  subject: 'Eine Fachfrage wartet auf Antwort',
  text: 'In den nächsten Tagen läuft die Frist ab, bis zu der ein anderes Zentrum Ihres um eine Antwort gebeten hat.',
}

const answerFrom = (centre: string): News => ({
  what: `answered ${centre}`,
  subject: 'Antwort auf Ihre Fachfrage',
  text: 'Ein anderes Zentrum hat geantwortet. Hilft die Antwort, dann nehmen Sie sie an.',
})

/** Not when it is past: then nobody waits for an answer any more. */
const isNear = ({ due: day }: ListedQuestion, now: number) => {
  if (day === null) return false
  const left = Date.parse(day) - now
  return left < ahead && left > -24 * 3_600_000
}
