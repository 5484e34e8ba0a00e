/** What centres ask each other. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { RecordId } from '../exchange/entry.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { cursorAt, cursorOf } from '../publications/cursor.ts'
import { question as kind } from '../publications/kinds/question.ts'
import { audienceOf } from '../publications/pages.tsx'
import { ListFilter } from '../publications/reading.ts'
import { WellFormedText } from '../signing/json.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import type { Role } from '../staff/roles.ts'
import { hasRole } from '../staff/visitor.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { isoDateOf } from '../web/texts.ts'
import { AnswersView, Said } from './answers-view.tsx'
import { acceptAnswer, publishAnswered, readQuestion } from './question.ts'
import { listQuestions, type QuestionPlace } from './store.ts'
import { QuestionsView } from './views.tsx'

type App = { Bindings: Hub }

/** So many stand on a page, whichever part of the list they belong to. */
const pageSize = 50

const Place = z
  .tuple([z.boolean(), z.boolean(), WellFormedText.max(40), z.int(), WellFormedText, RecordId])
  .transform(([settled, elsewhere, until, asked, iss, rid]): QuestionPlace => {
    return { settled, elsewhere, until, asked, iss, rid }
  })

const placeOf = ({ settled, elsewhere, until, asked, iss, rid }: QuestionPlace) =>
  cursorOf([settled, elsewhere, until, asked, iss, rid])

const Query = ListFilter.pick({ topic: true, centre: true, region: true }).extend({
  after: cursorAt(Place),
})

export const questionPages = new Hono<App>()
  .get('/fachfragen', async (c) => {
    const { after, ...query } = readQuery(c, Query)
    const post = c.get('visitor')?.post
    const [found, centres] = await Promise.all([
      listQuestions(c.env.sql, audienceOf(c), {
        ...query,
        ...{ after, own: post?.centre, limit: pageSize + 1 },
      }),
      allCentres(c.env.sql),
    ])
    const questions = found.slice(0, pageSize)
    const last = found.length > pageSize ? questions.at(-1) : undefined
    return c.html(
      <QuestionsView
        site={siteOf(c)}
        intro={kind.intro}
        query={query}
        questions={questions}
        first={after === undefined}
        next={last && placeOf(last)}
        centres={centres.map(({ slug, organization_name: name }) => ({ slug, name }))}
        post={post}
        today={isoDateOf(c.env.now() / 1000)}
      />,
    )
  })
  .get('/fachfragen/:slug/:rid/antworten', async (c) => {
    const { slug, rid } = c.req.param()
    const { said } = readQuery(c, z.object({ said: Said.optional() }))
    const read = await readQuestion(c.env, slug, rid)
    return c.html(
      <AnswersView
        site={siteOf(c)}
        {...read}
        post={postOf(c)}
        may={{ accept: mayAt(c, slug, accepting), publish: mayAt(c, slug, publishing) }}
        said={said}
      />,
    )
  })
  .post('/fachfragen/:slug/:rid/antworten/annehmen', async (c) => {
    const fields = await readStaffForm(c)
    const { antwort } = parseInput(z.object({ antwort: z.uuid() }), fields)
    return settle(c, accepting, 'accepted', (question) => acceptAnswer(c.env, question, antwort))
  })
  .post('/fachfragen/:slug/:rid/antworten/veroeffentlichen', async (c) => {
    await readStaffForm(c)
    return settle(c, publishing, 'published', (question) => publishAnswered(c.env, question))
  })

/** Who may say that a question is answered; and who that everybody may read it. */
const accepting: Role[] = ['editor', 'reviewer', 'adviser', 'moderator']
const publishing: Role[] = ['reviewer']

const mayAt = (c: Context<App>, slug: string, roles: Role[]) =>
  postOf(c).centre === slug && hasRole(visitorOf(c), roles)

/** The centre that asked decides, nobody else. */
const settle = async (
  c: Context<App>,
  roles: Role[],
  said: Said,
  act: (question: { slug: string; rid: string }) => Promise<unknown>,
) => {
  const { slug = '', rid = '' } = c.req.param()
  if (postOf(c).centre !== slug) throw new Problem('not-found')
  if (!hasRole(visitorOf(c), roles)) throw new Problem('role-needed')
  await act({ slug, rid })
  return c.redirect(`/fachfragen/${slug}/${rid}/antworten?said=${said}`, 303)
}
