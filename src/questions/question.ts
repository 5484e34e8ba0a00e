/** A question among the centres: read with its answers, settled by the centre that asked. */
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { amend } from '../publications/amend.ts'
import { readOne } from '../publications/reading.ts'
import type { Record } from '../publications/record.ts'
import { answersTo, type GivenAnswer } from './store.ts'

export type Question = Extract<Record, { kind: 'question' }>
export type Answer = Extract<Record, { kind: 'answer' }>

export interface ReadAnswer extends Omit<GivenAnswer, 'content'> {
  answer: Answer
}

/** For the centres: a question, and everything that was answered. Problems: `not-found`, `gone`. */
export const readQuestion = async (hub: Hub, slug: string, rid: string) => {
  const one = await readOne(hub, 'members', slug, rid)
  if (one.state !== 'published') throw new Problem('gone')
  const question = JSON.parse(one.content) as Record
  if (question.kind !== 'question') throw new Problem('not-found')
  const given = await answersTo(hub.sql, { iss: one.found.iss, rid })
  const answers = [...given].map(({ content, ...about }): ReadAnswer => {
    return { ...about, answer: JSON.parse(content) as Answer }
  })
  return { found: one.found, question, answers }
}

interface Settling {
  /** The question. */
  slug: string
  rid: string
}

/** The centre that asked accepts an answer: what it says stands in the question from then on. */
export const acceptAnswer = async (hub: Hub, { slug, rid }: Settling, answerRid: string) => {
  const { found, answers } = await readQuestion(hub, slug, rid)
  const accepted = answers.find((each) => each.rid === answerRid)
  if (!accepted) throw new Problem('not-found')
  const { iss, ver, centre, answer } = accepted
  return amend(hub, {
    iss: found.iss,
    rid,
    after: found.ver,
    change: (question) => ({
      ...question,
      answer: answer.text,
      answeredBy: centre,
      accepted: { iss, rid: answerRid, ver },
    }),
  })
}

/** A question with its answer is for everybody from then on. Problem `conflict` where nothing is accepted yet. */
export const publishAnswered = async (hub: Hub, { slug, rid }: Settling) => {
  const { found, question } = await readQuestion(hub, slug, rid)
  if (!question.answer) throw new Problem('conflict', 'Bitte nehmen Sie zuerst eine Antwort an.')
  return amend(hub, {
    iss: found.iss,
    rid,
    after: found.ver,
    change: (record) => ({ ...record, visibility: 'public' }),
  })
}
