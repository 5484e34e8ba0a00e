/** Syntheses: what was published, and for editors what one may be made of. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { synthesis } from '../publications/kinds/synthesis.ts'
import { showList } from '../publications/pages.tsx'
import { topics } from '../publications/vocabularies/topics.ts'
import { only, postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { type Arrangement, arrange, type Gathering, gather, join } from './gathering.ts'
import { beginSynthesis } from './synthesis.ts'
import { CompilationView } from './synthesis-view.tsx'

type App = { Bindings: Hub }

const place = '/synthesen/zusammenstellen'

const Asked = z.object({
  topic: z.enum(topics.terms.map(({ id }) => id)).optional(),
  frage: z.string().trim().max(300).default(''),
})

const Keys = z.union([z.array(z.string()), z.string().transform((key) => [key])]).default([])

const Chosen = z.object({
  topic: Asked.shape.topic.unwrap(),
  frage: Asked.shape.frage,
  do: z.enum(['ordnen', 'entwurf']),
  empfehlung: Keys,
  vereinbarung: Keys,
})

export const synthesisPages = new Hono<App>()
  .get('/synthesen', (c) => showList(c, synthesis, wayIn(c)))
  .use(place, only('editor'))
  .get(place, async (c) => {
    const { topic, frage: question } = readQuery(c, Asked)
    if (!topic) return c.html(<CompilationView site={siteOf(c)} post={postOf(c)} />)
    const gathering = await gather(c.env, topic)
    const arrangement = arrange(gathering.findings, topic, question)
    return show(c, { topic, question, gathering, arrangement })
  })
  .post(place, async (c) => {
    const fields = await readStaffForm(c)
    const { topic, frage: question, ...chosen } = parseInput(Chosen, fields)
    const gathering = await gather(c.env, topic)
    const arrangement = numbersIn(fields)
    const taken = {
      recommendations: gathering.recommendations.filter(({ key }) =>
        chosen.empfehlung.includes(key),
      ),
      agreements: gathering.agreements.filter(({ key }) => chosen.vereinbarung.includes(key)),
    }
    const state = { topic, question, gathering, arrangement, taken }
    if (chosen.do === 'ordnen') return show(c, state)
    const fault = faultIn(gathering, arrangement)
    if (fault) return show(c, state, fault)
    const writer = { post: postOf(c), person: visitorOf(c).person }
    const joined = join(gathering.findings, arrangement)
    const id = await beginSynthesis(c.env, writer, { topic, question, joined, ...taken })
    return c.redirect(`/entwuerfe/${id}`, 303)
  })

/** For those who may make one. */
const wayIn = (c: Context<App>) => {
  const visitor = c.get('visitor')
  return visitor && hasRole(visitor, ['editor']) ? (
    <p>
      <a href={place}>Erkenntnisse Runder Tische zusammenstellen</a>
    </p>
  ) : undefined
}

const prefix = 'nr '

/** What is no number leaves its finding out. */
const numbersIn = (fields: Record<string, string | string[]>): Arrangement =>
  new Map(
    Object.entries(fields).flatMap(([name, value]) => {
      const number = Number(value)
      const isOne = name.startsWith(prefix) && Number.isInteger(number) && number > 0
      return isOne ? [[name.slice(prefix.length), number] as const] : []
    }),
  )

/** As many as a synthesis holds. */
const mostFindings = 60

const faultIn = ({ findings }: Gathering, arrangement: Arrangement) => {
  const known = new Set(findings.map(({ key }) => key))
  if (arrangement.size === 0) return 'Bitte geben Sie mindestens einer Erkenntnis eine Nummer.'
  if (new Set(arrangement.values()).size > mostFindings)
    return `Eine Synthese fasst höchstens ${mostFindings} Erkenntnisse. Fassen Sie mehr davon zusammen.`
  return [...arrangement.keys()].some((key) => !known.has(key))
    ? 'Inzwischen hat sich ein Ergebnis geändert. Bitte sehen Sie die Auswahl noch einmal durch.'
    : undefined
}

interface State {
  topic: string
  question: string
  gathering: Gathering
  arrangement: Arrangement
  taken?: Pick<Gathering, 'recommendations' | 'agreements'>
}

const show = (c: Context<App>, { taken, ...state }: State, fault?: string) =>
  c.html(
    <CompilationView
      site={siteOf(c)}
      post={postOf(c)}
      found={{ ...state, taken: taken ?? state.gathering }}
      fault={fault}
    />,
    fault ? 400 : 200,
  )
