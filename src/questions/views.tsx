import { CentreSelect, TopicSelect } from '../publications/filter-selects.tsx'
import { More } from '../publications/teaser.tsx'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { Post } from '../staff/visitor.ts'
import { addressOf } from '../web/address.ts'
import { assets } from '../web/assets.ts'
import { Submit } from '../web/fields.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, countOf, dateOf } from '../web/texts.ts'
import type { ListedQuestion, QuestionFilter } from './store.ts'
import { isAskedOf } from './waiting.ts'

interface QuestionsViewProps {
  site: Site
  intro: string
  query: Omit<QuestionFilter, 'open'>
  questions: ListedQuestion[]
  /** Whether this is the first page. */
  first: boolean
  /** Where the next page begins; absent on the last one. */
  next: string | undefined
  centres: { slug: string; name: string }[]
  /** For whom the reader works, if she is signed in. */
  post: Post | undefined
  /** `2026-03-03` */
  today: string
}

/** What was asked; the public reads what was answered for everybody. */
export const QuestionsView = (props: QuestionsViewProps) => {
  const { site, intro, query, questions, post, next } = props
  const open = questions.filter(({ answeredBy }) => answeredBy === null)
  const asked = post ? open.filter((question) => isAskedOf(question, post.centre)) : []
  const others = open.filter((question) => !asked.includes(question))
  const answered = questions.filter(({ answeredBy }) => answeredBy !== null)
  return (
    <Page
      site={site}
      title="Fachfragen"
      json="/api/records?kind=question"
      scripts={post ? [assets.ask] : []}
    >
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/wissen">Wissen</a>
        </p>
        <h1>Fachfragen</h1>
        <p class="tn-lead">{intro}</p>
        {post && <Ask post={post} />}
      </header>
      <div class="tn-columns">
        <div class="tn-questions">
          {post && <Questions {...props} id="an-uns" title="An Ihr Zentrum" questions={asked} />}
          {post && <Questions {...props} id="offen" title="Noch offen" questions={others} />}
          <Questions
            {...props}
            id="beantwortet"
            title={post ? 'Beantwortet' : 'Fragen und Antworten'}
            questions={answered}
          />
          {questions.length === 0 && !props.first && (
            <p class="tn-empty">So weit reicht die Liste nicht.</p>
          )}
          {next && <More href={addressOf('/fachfragen', { ...query, after: next })} />}
          {!props.first && (
            <p>
              <a href={addressOf('/fachfragen', query)}>Von vorn</a>
            </p>
          )}
        </div>
        <aside class="tn-side">
          <FilterForm {...props} />
        </aside>
      </div>
    </Page>
  )
}

/** While one types, what is known already is proposed. Without a script the search does that. */
const Ask = ({ post }: { post: Post }) => (
  <div class="tn-panel tn-ask">
    <h2>Eine Frage stellen</h2>
    <form class="tn-form" method="post" action="/entwuerfe/neu">
      <input type="hidden" name="zentrum" value={post.centre} />
      <input type="hidden" name="art" value="question" />
      <div class="kern-form-input">
        <label class="kern-label" for="frage">
          Was möchten Sie wissen?
        </label>
        <div class="kern-hint" id="frage-hinweis">
          Ein Satz genügt. Bitte so, dass niemand den Betrieb erkennt.
        </div>
        <input
          class="kern-form-input__input"
          id="frage"
          name="titel-question"
          type="text"
          maxlength={160}
          required
          autocomplete="off"
          aria-describedby="frage-hinweis"
          data-ask
        />
      </div>
      <div class="tn-known" data-known aria-live="polite" />
      <p class="tn-actions">
        <Submit label="Frage ausarbeiten" />
        <a class="kern-btn kern-btn--tertiary" href="/suche">
          <span class="kern-label">Erst suchen</span>
        </a>
      </p>
    </form>
  </div>
)

type ListProps = QuestionsViewProps & { id: string; title: string }

/** A part of the list. Of one that has several pages nobody can say here that it is empty. */
const Questions = ({ id, title, questions, post, today, first, next }: ListProps) => {
  if (questions.length === 0 && (!first || next)) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {questions.length === 0 && <p class="tn-muted">Zurzeit keine.</p>}
      <ol class="tn-teasers">
        {questions.map((question) => (
          <li>
            <QuestionItem question={question} post={post} today={today} />
          </li>
        ))}
      </ol>
    </section>
  )
}

type ItemProps = { question: ListedQuestion; post: Post | undefined; today: string }

const QuestionItem = ({ question, post, today }: ItemProps) => {
  const path = `/fachfragen/${question.slug}/${question.rid}`
  return (
    <article class="tn-teaser">
      <h3 class="tn-teaser__title">
        <a href={path}>
          <bdi>{question.question}</bdi>
        </a>
      </h3>
      <p class="tn-teaser__from">
        <span>
          <bdi>{question.centre}</bdi>
        </span>
        <span>{dateOf(question.asked)}</span>
        {question.answeredBy && <span>beantwortet von {question.answeredBy}</span>}
        {question.feed === 'members' && <span>nur für Zentren</span>}
      </p>
      <p class="tn-teaser__summary">{question.summary}</p>
      {post && <Standing question={question} path={path} today={today} />}
      <ul class="tn-tags" aria-label="Themen">
        {question.topics.map((id) => (
          <li>{labelOf(topics, id)}</li>
        ))}
      </ul>
    </article>
  )
}

type StandingProps = { question: ListedQuestion; path: string; today: string }

const Standing = ({ question, path, today }: StandingProps) => {
  const { due, answered, answeredBy } = question
  const isLate = due !== null && due < today && answeredBy === null
  return (
    <p class="tn-about">
      {due && answeredBy === null && (
        <span class={isLate ? 'tn-badge tn-badge--warning' : 'tn-badge'}>
          bis {calendarDateOf(due)}
        </span>
      )}
      <a href={`${path}/antworten`}>
        {answered.length === 0
          ? 'Noch keine Antwort'
          : countOf(answered.length, 'Zentrum hat geantwortet', 'Zentren haben geantwortet')}
        <span class="kern-sr-only">: {question.title}</span>
      </a>
    </p>
  )
}

const FilterForm = ({ query, centres }: QuestionsViewProps) => (
  <FilterPanel title="Liste eingrenzen" action="/fachfragen">
    <TopicSelect chosen={query.topic} />
    <CentreSelect centres={centres} label="Gefragt von" chosen={query.centre} />
  </FilterPanel>
)
