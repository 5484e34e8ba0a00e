/** From what an editor chose among the findings of many round tables to the draft of a synthesis. */
import { begin, type Writer } from '../drafts/begin.ts'
import type { Written } from '../drafts/draft.ts'
import type { FormValue } from '../drafts/form-value.ts'
import type { Hub } from '../hub.ts'
import { synthesis } from '../publications/kinds/synthesis.ts'
import { lengthOf } from '../publications/strings.ts'
import type { Gathering, Joined, Source } from './gathering.ts'

export interface Choice extends Pick<Gathering, 'recommendations' | 'agreements'> {
  topic: string
  question: string
  joined: Joined[]
}

/** Answers the id of the draft, which names every result that something is taken from. */
export const beginSynthesis = (hub: Hub, writer: Writer, choice: Choice): Promise<string> =>
  begin(hub, writer, synthesis, writtenFrom(choice))

export const writtenFrom = (choice: Choice): Written => {
  const { topic, question, joined, recommendations, agreements } = choice
  const sources = distinct(
    [...joined.flatMap(({ findings }) => findings), ...recommendations, ...agreements].map(
      ({ source }) => source,
    ),
  )
  const lands = [...new Set(joined.flatMap((each) => each.lands))]
  return {
    ...filled('title', titleFrom(question)),
    ...filled('question', question),
    ...filled('findings', joined.map(findingFrom)),
    ...filled('derivedFrom', sources.map(referenceTo)),
    ...filled(
      'recommendations',
      recommendations.map(({ text, to }) => ({ text, to })),
    ),
    ...filled(
      'openAgreements',
      agreements.map(({ what, who, by }) => ({ what, who, ...(by && { by }) })),
    ),
    topics: [topic],
    ...filled(
      'regions',
      lands.map((land) => ({ land })),
    ),
    // What the centres share among themselves is not told to everybody in other words.
    visibility: sources.some(({ feed }) => feed === 'members') ? 'members' : 'public',
  }
}

const filled = (name: string, value: string | FormValue[]): Written =>
  value.length > 0 ? { [name]: value } : {}

/** Until somebody finds a better one. */
const titleFrom = (question: string) => {
  const title = `Synthese: ${question}`
  return question !== '' && lengthOf(title) <= 160 ? title : ''
}

const findingFrom = (joined: Joined): FormValue => ({
  text: joined.findings[0]?.text ?? '',
  consensus: joined.consensus,
  ...filled('dissent', dissentIn(joined)),
  ...filled(
    'centres',
    joined.centres.map(({ slug }) => slug),
  ),
  ...filled('lands', joined.lands),
  sources: distinct(joined.findings.map(({ source }) => source)).map(referenceTo),
})

/** Who did not agree, as far as it is known: for the editor to put into words. */
export const dissentIn = ({ findings, declined }: Joined) => {
  const left = findings.filter(({ consensus }) => consensus === 'open')
  const said = [
    left.length > 0 &&
      left.length < findings.length &&
      `Offen blieb es bei: ${distinct(left.map(({ source }) => source))
        .map(({ title }) => `„${title}“`)
        .join(', ')}.`,
    declined.length > 0 && `Nicht mitgezeichnet: ${declined.join(', ')}.`,
  ].filter(Boolean)
  return said.join(' ')
}

const distinct = (sources: Source[]) => [
  ...new Map(sources.map((source) => [`${source.iss} ${source.rid}`, source])).values(),
]

const referenceTo = ({ iss, rid, ver }: Source): FormValue => ({ iss, rid, ver: String(ver) })
