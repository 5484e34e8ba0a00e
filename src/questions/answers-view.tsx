import { z } from 'zod'
import type { Post } from '../staff/visitor.ts'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { Markdown } from '../web/markdown.tsx'
import { calendarDateOf, countOf, dateOf } from '../web/texts.ts'
import type { Question, ReadAnswer } from './question.ts'

export const Said = z.enum(['accepted', 'published'])
export type Said = z.infer<typeof Said>

const said: Record<Said, string> = {
  accepted: 'Die Antwort ist angenommen und steht jetzt in der Frage.',
  published: 'Frage und Antwort sind jetzt für alle zu lesen.',
}

interface AnswersViewProps {
  site: Site
  found: { slug: string; rid: string; centre: string; iss: string; ver: number }
  question: Question
  answers: ReadAnswer[]
  post: Post
  /** What the reader may do here. */
  may: { accept: boolean; publish: boolean }
  said: Said | undefined
}

/** A question with everything that was answered, for the centres. */
export const AnswersView = (props: AnswersViewProps) => {
  const { site, found, question, answers, post, may } = props
  const path = `/fachfragen/${found.slug}/${found.rid}`
  const isForAll = question.visibility === 'public'
  return (
    <Page site={site} title={`Antworten: ${question.title}`} hidden>
      <div class="tn-narrow">
        <p class="tn-kicker">
          <a href="/fachfragen">Fachfragen</a> · <bdi>{found.centre}</bdi>
        </p>
        <h1>
          <a href={path}>
            <bdi>{question.question}</bdi>
          </a>
        </h1>
        {props.said && <Notice look="success" title={said[props.said]} />}
        {question.context && <Markdown text={question.context} level={2} />}
        {question.due && (
          <p class="tn-muted">Antwort erbeten bis {calendarDateOf(question.due)}.</p>
        )}
        <section aria-labelledby="antworten">
          <h2 id="antworten">{countOf(answers.length, 'Antwort', 'Antworten')}</h2>
          <ol class="tn-offers">
            {answers.map((given) => (
              <li>
                <Given {...props} given={given} path={path} />
              </li>
            ))}
          </ol>
        </section>
        {may.publish && question.accepted && !isForAll && <Publish path={path} post={post} />}
        {found.slug !== post.centre && <Reply {...props} />}
      </div>
    </Page>
  )
}

type GivenProps = AnswersViewProps & { given: ReadAnswer; path: string }

const Given = ({ question, may, post, given, path }: GivenProps) => {
  const isAccepted = question.accepted?.iss === given.iss && question.accepted.rid === given.rid
  return (
    <article class="tn-offer">
      <h3>
        <a href={`/antworten/${given.slug}/${given.rid}`}>
          <bdi>{given.title}</bdi>
        </a>
      </h3>
      <p class="tn-teaser__from">
        <span>
          <bdi>{given.centre}</bdi>
        </span>
        <span>{dateOf(given.at)}</span>
      </p>
      <Markdown text={given.answer.text} level={3} />
      {isAccepted && (
        <p>
          <strong class="tn-badge tn-badge--success">Angenommen</strong>
        </p>
      )}
      {may.accept && !isAccepted && (
        <form method="post" action={`${path}/antworten/annehmen`}>
          <input type="hidden" name="zentrum" value={post.centre} />
          <input type="hidden" name="antwort" value={given.rid} />
          <Submit label="Als Antwort annehmen" about={given.title} look="secondary" />
        </form>
      )}
    </article>
  )
}

const Publish = ({ path, post }: { path: string; post: Post }) => (
  <section class="tn-panel" aria-labelledby="veroeffentlichen">
    <h2 id="veroeffentlichen">Hilft das auch anderen?</h2>
    <p>
      Frage und angenommene Antwort erscheinen dann für alle. Lesen Sie beide noch einmal: Ist
      wirklich kein Betrieb zu erkennen?
    </p>
    <form method="post" action={`${path}/antworten/veroeffentlichen`}>
      <input type="hidden" name="zentrum" value={post.centre} />
      <Submit label="Für alle veröffentlichen" />
    </form>
  </section>
)

/** An answer is a record of the centre that gives it, written as any other. */
const Reply = ({ found }: AnswersViewProps) => (
  <section class="tn-panel" aria-labelledby="antworten-schreiben">
    <h2 id="antworten-schreiben">Wissen Sie etwas dazu?</h2>
    <p>
      <a class="kern-btn kern-btn--primary" href={replyPath(found)}>
        <span class="kern-label">Antwort schreiben</span>
      </a>
    </p>
  </section>
)

const replyPath = ({ iss, rid, ver }: AnswersViewProps['found']) =>
  `/entwuerfe/neu?${new URLSearchParams({ art: 'answer', bezug: `${iss} ${rid} ${ver}` })}`
